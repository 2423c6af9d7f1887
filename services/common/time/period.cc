#include "services/common/time/period.h"

#include <cstdlib>
#include <utility>

#include "services/common/status/error.h"
#include "services/common/time/errors.h"

namespace outlay::time {
namespace {

using std::chrono::days;

constexpr int kMonthsPerYear = 12;

// Half-open dates of a label of a year or its parts, in the calendar that it counts in.
void SetDatesOfYears(const PeriodLabel& label, const FiscalCalendar& calendar, Period& period) {
  period.start = calendar.FiscalYearStart(label.year);
  switch (label.kind) {
    case PeriodKind::kHalf:
      if (label.part == 2) period.start = calendar.QuarterEnd(label.year, 2);
      period.end = calendar.QuarterEnd(label.year, 2 * label.part);
      return;
    case PeriodKind::kQuarter:
      period.start = calendar.QuarterStart(label.year, label.part);
      period.end = calendar.QuarterEnd(label.year, label.part);
      return;
    case PeriodKind::kYearToDate:
      period.end = calendar.MonthsEnd(label.year, label.part);
      return;
    case PeriodKind::kSeveralYears:
      period.end = calendar.FiscalYearEnd(label.last_year);
      return;
    default:
      period.end = calendar.FiscalYearEnd(label.year);
  }
}

bool CountsInYears(PeriodKind kind) {
  return kind == PeriodKind::kYear || kind == PeriodKind::kHalf || kind == PeriodKind::kQuarter ||
         kind == PeriodKind::kYearToDate || kind == PeriodKind::kSeveralYears;
}

// The period of a label that was computed; none where that is out of range or lacks a calendar.
std::optional<Period> ResolveComputed(const PeriodLabel& label, const FiscalCalendar* calendar) {
  const bool in_range =
      CountsInYears(label.kind)
          ? IsYearInRange(label.year) && (label.last_year == 0 || IsYearInRange(label.last_year))
          : IsYearInRange(YearOf(label.last_day)) &&
                (label.kind != PeriodKind::kDates || IsYearInRange(YearOf(label.first_day)));
  if (!in_range) return std::nullopt;
  absl::StatusOr<Period> period = ResolvePeriod(label, calendar);
  return period.ok() ? std::optional<Period>(*std::move(period)) : std::nullopt;
}

// A period carries its parts in its label.
std::optional<PeriodLabel> LabelOf(const Period& period) {
  if (!period.HasDates()) return std::nullopt;
  absl::StatusOr<PeriodLabel> label = ParsePeriodLabel(period.label);
  return label.ok() ? std::optional<PeriodLabel>(*label) : std::nullopt;
}

bool AreWholeMonths(const PeriodLabel& label) {
  return DayOf(label.first_day) == 1 && IsLastDayOfMonth(label.last_day);
}

// The neighbour in `direction`, +1 or -1, of the parts of a year: quarter by quarter through the
// years.
void StepParts(int direction, int parts_per_year, PeriodLabel& label) {
  label.part += direction;
  if (label.part > parts_per_year) {
    label.part = 1;
    ++label.year;
  } else if (label.part < 1) {
    label.part = parts_per_year;
    --label.year;
  }
}

void StepSeveralYears(int direction, PeriodLabel& label) {
  const int count = label.last_year - label.year + 1;
  label.year += direction * count;
  label.last_year += direction * count;
}

void StepDates(int direction, PeriodLabel& label) {
  const days length = label.last_day - label.first_day + days(1);
  label.first_day += direction * length;
  label.last_day += direction * length;
}

std::optional<Period> Step(const Period& period, const FiscalCalendar* calendar, int direction) {
  std::optional<PeriodLabel> label = LabelOf(period);
  if (!label) return std::nullopt;
  switch (label->kind) {
    case PeriodKind::kYear:
    case PeriodKind::kYearToDate:
      label->year += direction;
      break;
    case PeriodKind::kHalf:
      StepParts(direction, 2, *label);
      break;
    case PeriodKind::kQuarter:
      StepParts(direction, 4, *label);
      break;
    case PeriodKind::kTrailingTwelveMonths:
      label->last_day = AddMonthsKeepingMonthEnd(label->last_day, direction * kMonthsPerYear);
      break;
    case PeriodKind::kSeveralYears:
      StepSeveralYears(direction, *label);
      break;
    case PeriodKind::kDates:
      StepDates(direction, *label);
      break;
    case PeriodKind::kUndated:
      return std::nullopt;
  }
  return ResolveComputed(*label, calendar);
}

}  // namespace

absl::StatusOr<Period> ParsePeriod(std::string_view label, const FiscalCalendar* calendar) {
  ASSIGN_OR_RETURN(const PeriodLabel parsed, ParsePeriodLabel(label));
  return ResolvePeriod(parsed, calendar);
}

absl::StatusOr<Period> ResolvePeriod(const PeriodLabel& label, const FiscalCalendar* calendar) {
  Period period{.kind = label.kind, .fiscal = label.fiscal, .label = FormatPeriodLabel(label)};
  if (label.fiscal && calendar == nullptr) return FiscalYearUnknown(period.label);
  switch (label.kind) {
    case PeriodKind::kUndated:
      return period;
    case PeriodKind::kDates:
      period.start = label.first_day;
      period.end = label.last_day + days(1);
      return period;
    case PeriodKind::kTrailingTwelveMonths:
      period.start = AddMonthsKeepingMonthEnd(label.last_day, -kMonthsPerYear) + days(1);
      period.end = label.last_day + days(1);
      return period;
    default:
      break;
  }
  if (label.fiscal && label.kind == PeriodKind::kYearToDate && calendar->HasWeekYears() &&
      label.part % 3 != 0) {
    return MalformedPeriod(
        period.label,
        "a fiscal year of 52 or 53 weeks has no months, only 3M, 6M and 9M, its quarters");
  }
  SetDatesOfYears(label, label.fiscal ? *calendar : FiscalCalendar::Calendar(), period);
  return period;
}

absl::StatusOr<PeriodReadings> ParseCalendarOrFiscal(std::string_view label,
                                                     const FiscalCalendar& calendar) {
  ASSIGN_OR_RETURN(PeriodLabel parsed, ParsePeriodLabel(label));
  ASSIGN_OR_RETURN(Period stated, ResolvePeriod(parsed, &calendar));
  PeriodReadings readings{.stated = std::move(stated)};
  if (!CountsInYears(parsed.kind)) return readings;
  parsed.fiscal = !parsed.fiscal;
  absl::StatusOr<Period> other = ResolvePeriod(parsed, &calendar);
  // A year to date of five months has no fiscal reading in a year of weeks: then there is no second
  // reading.
  if (!other.ok()) return readings;
  if (other->start != readings.stated.start || other->end != readings.stated.end)
    readings.other = *std::move(other);
  return readings;
}

Period UndatedPeriod() { return {}; }

Period CalendarYear(int year) {
  const FiscalCalendar calendar = FiscalCalendar::Calendar();
  return {.kind = PeriodKind::kYear,
          .start = calendar.FiscalYearStart(year),
          .end = calendar.FiscalYearEnd(year),
          .label = FormatPeriodLabel({.kind = PeriodKind::kYear, .year = year})};
}

std::optional<Period> PriorYear(const Period& period, const FiscalCalendar* calendar) {
  std::optional<PeriodLabel> label = LabelOf(period);
  if (!label || label->kind == PeriodKind::kSeveralYears) return std::nullopt;
  if (CountsInYears(label->kind)) {
    --label->year;
  } else if (label->kind == PeriodKind::kTrailingTwelveMonths) {
    label->last_day = AddMonthsKeepingMonthEnd(label->last_day, -kMonthsPerYear);
  } else {
    const bool whole_months = AreWholeMonths(*label);
    label->first_day = AddMonths(label->first_day, -kMonthsPerYear);
    label->last_day = whole_months ? AddMonthsKeepingMonthEnd(label->last_day, -kMonthsPerYear)
                                   : AddMonths(label->last_day, -kMonthsPerYear);
  }
  return ResolveComputed(*label, calendar);
}

std::optional<Period> Next(const Period& period, const FiscalCalendar* calendar) {
  return Step(period, calendar, 1);
}

std::optional<Period> Previous(const Period& period, const FiscalCalendar* calendar) {
  return Step(period, calendar, -1);
}

int LengthDays(const Period& period) { return (period.end - period.start).count(); }

bool Overlaps(const Period& a, const Period& b) {
  return a.HasDates() && b.HasDates() && a.start < b.end && b.start < a.end;
}

bool Contains(const Period& outer, const Period& inner) {
  return outer.HasDates() && inner.HasDates() && outer.start <= inner.start &&
         inner.end <= outer.end;
}

bool Contains(const Period& period, Date date) {
  return period.HasDates() && period.start <= date && date < period.end;
}

bool SameLength(const Period& a, const Period& b, int tolerance_days) {
  return a.HasDates() && b.HasDates() && std::abs(LengthDays(a) - LengthDays(b)) <= tolerance_days;
}

}  // namespace outlay::time
