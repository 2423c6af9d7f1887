// Finding the label of a range of dates, and whether a label can have them.
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

constexpr int kMonthsPerYear = 12;
constexpr int kQuarters = 4;
constexpr int kLongestMonthDays = 31;

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

// The calendars in which a period can end on this day, as far as the day itself tells: their years
// end in any month.
std::vector<FiscalCalendar> CalendarsWithEnd(Date last_day) {
  std::vector<FiscalCalendar> calendars;
  const auto add = [&](const FiscalCalendar& calendar) {
    if (calendar.Validate().ok()) calendars.push_back(calendar);
  };
  // A later day of the month is the last one where the month is shorter.
  const int last_end_day = IsLastDayOfMonth(last_day) ? kLongestMonthDays : DayOf(last_day);
  for (int month = 1; month <= kMonthsPerYear; ++month) {
    add(FiscalCalendar::MonthEnd(month));
    for (int day = DayOf(last_day); day <= last_end_day; ++day) {
      add(FiscalCalendar::FixedDay(month, day));
    }
    for (FiscalCalendar weeks : {FiscalCalendar::LastWeekday(WeekdayOf(last_day), month),
                                 FiscalCalendar::NearestWeekday(WeekdayOf(last_day), month)}) {
      for (weeks.extra_week_quarter = 1; weeks.extra_week_quarter <= kQuarters;
           ++weeks.extra_week_quarter) {
        add(weeks);
      }
    }
  }
  const size_t count = calendars.size();
  for (size_t i = 0; i < count; ++i) {
    calendars.push_back(calendars[i]);
    calendars.back().named_after_start_year = true;
  }
  return calendars;
}

}  // namespace

std::optional<Period> FiscalPeriodOfSomeCalendar(const PeriodLabel& label, Date start,
                                                 Date end_exclusive) {
  if (!label.fiscal) return std::nullopt;
  for (const FiscalCalendar& calendar : CalendarsWithEnd(end_exclusive - days(1))) {
    const Counting counting{.fiscal = true, .calendar = calendar};
    std::optional<Period> period = IfExact(label, counting, start, end_exclusive);
    if (period) return period;
  }
  return std::nullopt;
}

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
