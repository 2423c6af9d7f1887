// Finding the label of a range of dates.
#include <optional>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/time/errors.h"
#include "services/common/time/period.h"

namespace outlay::time {
namespace {

using std::chrono::days;

// The one or two ways of counting that are tried for each kind, the preferred one first.
struct Counting {
  bool fiscal;
  FiscalCalendar calendar;
};

std::vector<Counting> CountingsOf(const FiscalCalendar* calendar) {
  std::vector<Counting> countings;
  if (calendar != nullptr && !calendar->IsCalendarYear()) countings.push_back({true, *calendar});
  countings.push_back({false, FiscalCalendar::Calendar()});
  return countings;
}

std::optional<Period> IfExact(const PeriodLabel& label, const Counting& counting, Date start,
                              Date end) {
  absl::StatusOr<Period> period = ResolvePeriod(label, &counting.calendar);
  if (!period.ok() || period->start != start || period->end != end) return std::nullopt;
  return *std::move(period);
}

// The period of this kind and counting with exactly these dates, if there is one.
std::optional<Period> Find(PeriodKind kind, const Counting& counting, Date start, Date end) {
  const int year = counting.calendar.FiscalYearOf(start);
  const int last_year = counting.calendar.FiscalYearOf(end - days(1));
  if (!IsYearInRange(year) || !IsYearInRange(last_year)) return std::nullopt;
  PeriodLabel label{.kind = kind, .fiscal = counting.fiscal, .year = year};
  if (kind == PeriodKind::kSeveralYears) {
    label.last_year = last_year;
    return last_year > year ? IfExact(label, counting, start, end) : std::nullopt;
  }
  if (last_year != year) return std::nullopt;
  const int parts = kind == PeriodKind::kHalf         ? 2
                    : kind == PeriodKind::kQuarter    ? 4
                    : kind == PeriodKind::kYearToDate ? 11
                                                      : 0;
  if (parts == 0) return IfExact(label, counting, start, end);
  for (label.part = 1; label.part <= parts; ++label.part) {
    if (std::optional<Period> period = IfExact(label, counting, start, end)) return period;
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<Period> PeriodFromDates(Date start, Date end_exclusive,
                                       const FiscalCalendar* calendar) {
  const Date last_day = end_exclusive - days(1);
  const PeriodLabel dates{.kind = PeriodKind::kDates, .first_day = start, .last_day = last_day};
  if (last_day < start)
    return MalformedPeriod(FormatPeriodLabel(dates), "it ends before it starts");
  if (!IsYearInRange(YearOf(start)) || !IsYearInRange(YearOf(last_day))) {
    return MalformedPeriod(FormatPeriodLabel(dates),
                           fmt::format("years are {} to {}", kMinYear, kMaxYear));
  }
  const std::vector<Counting> countings = CountingsOf(calendar);
  for (const PeriodKind kind : {PeriodKind::kYear, PeriodKind::kHalf, PeriodKind::kQuarter,
                                PeriodKind::kYearToDate, PeriodKind::kSeveralYears}) {
    for (const Counting& counting : countings) {
      if (std::optional<Period> period = Find(kind, counting, start, end_exclusive))
        return *std::move(period);
    }
  }
  const PeriodLabel trailing{.kind = PeriodKind::kTrailingTwelveMonths, .last_day = last_day};
  if (std::optional<Period> period = IfExact(trailing, countings.front(), start, end_exclusive))
    return *std::move(period);
  return ResolvePeriod(dates, calendar);
}

}  // namespace outlay::time
