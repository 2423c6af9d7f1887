#include "services/common/time/fiscal_calendar.h"

#include <algorithm>

#include "fmt/format.h"
#include "services/common/time/errors.h"

namespace outlay::time {
namespace {

using std::chrono::days;

constexpr int kWeeksPerQuarter = 13;
constexpr days kLongYear{371};

// The last day of the fiscal year that nominally ends in `nominal_year`.
Date LastDay(const FiscalCalendar& calendar, int nominal_year) {
  const Date month_end = LastDayOfMonth(nominal_year, calendar.end_month);
  switch (calendar.end_rule) {
    case FiscalCalendar::EndRule::kMonthEnd:
      return month_end;
    case FiscalCalendar::EndRule::kFixedDay:
      return month_end - days(DayOf(month_end) - calendar.end_day);
    case FiscalCalendar::EndRule::kLastWeekdayOfMonth:
      return LastWeekdayOfMonth(calendar.weekday, nominal_year, calendar.end_month);
    case FiscalCalendar::EndRule::kNearestWeekdayToMonthEnd:
      return NearestWeekday(calendar.weekday, month_end);
  }
  return month_end;
}

// A year that nominally ends with December starts in the calendar year that it ends in.
bool StartsTheYearBefore(const FiscalCalendar& calendar) {
  return calendar.end_month != 12 || calendar.end_rule == FiscalCalendar::EndRule::kFixedDay;
}

int NominalEndYear(const FiscalCalendar& calendar, int fiscal_year) {
  const bool later = calendar.named_after_start_year && StartsTheYearBefore(calendar);
  return fiscal_year + (later ? 1 : 0);
}

// Exclusive end of the first `months` months of a fiscal year of months: the year's end day in the
// month so many months on, clamped to that month's length.
Date EndOfMonths(const FiscalCalendar& calendar, int fiscal_year, int months) {
  const int month_index =
      (NominalEndYear(calendar, fiscal_year) - 1) * 12 + calendar.end_month - 1 + months;
  const Date month_end = LastDayOfMonth(month_index / 12, month_index % 12 + 1);
  if (calendar.end_rule == FiscalCalendar::EndRule::kMonthEnd) return month_end + days(1);
  return month_end - days(std::max(0, DayOf(month_end) - calendar.end_day)) + days(1);
}

// Exclusive end of the first `quarters` quarters of a fiscal year of weeks.
Date EndOfWeekQuarters(const FiscalCalendar& calendar, int fiscal_year, int quarters) {
  const Date start = calendar.FiscalYearStart(fiscal_year);
  const bool is_long = calendar.FiscalYearEnd(fiscal_year) - start == kLongYear;
  const int extra_weeks = is_long && quarters >= calendar.extra_week_quarter ? 1 : 0;
  return start + std::chrono::weeks(kWeeksPerQuarter * quarters + extra_weeks);
}

absl::Status Unfit(std::string_view problem) {
  return MalformedFiscalCalendar("the calendar given by its fields", problem);
}

}  // namespace

FiscalCalendar FiscalCalendar::MonthEnd(int month) {
  return {.end_rule = EndRule::kMonthEnd, .end_month = month};
}

FiscalCalendar FiscalCalendar::FixedDay(int month, int day) {
  return {.end_rule = EndRule::kFixedDay, .end_month = month, .end_day = day};
}

FiscalCalendar FiscalCalendar::LastWeekday(std::chrono::weekday weekday, int month) {
  return {.end_rule = EndRule::kLastWeekdayOfMonth, .end_month = month, .weekday = weekday};
}

FiscalCalendar FiscalCalendar::NearestWeekday(std::chrono::weekday weekday, int month) {
  return {.end_rule = EndRule::kNearestWeekdayToMonthEnd, .end_month = month, .weekday = weekday};
}

absl::Status FiscalCalendar::Validate() const {
  if (end_month < 1 || end_month > 12) {
    return Unfit(fmt::format("its end month is {}, months are 1 to 12", end_month));
  }
  if (end_rule == EndRule::kFixedDay) {
    constexpr int kLeapYear = 2024;
    const int most = DaysInMonth(kLeapYear, end_month) - 1;
    if (end_day < 1 || end_day > most) {
      return Unfit(fmt::format("its end day is {}, in that month it is 1 to {}, or the month's end",
                               end_day, most));
    }
  }
  if (!weekday.ok()) return Unfit("it has no weekday");
  if (extra_week_quarter < 1 || extra_week_quarter > 4) {
    return Unfit(
        fmt::format("its extra week is in quarter {}, quarters are 1 to 4", extra_week_quarter));
  }
  return absl::OkStatus();
}

bool FiscalCalendar::HasWeekYears() const {
  return end_rule == EndRule::kLastWeekdayOfMonth || end_rule == EndRule::kNearestWeekdayToMonthEnd;
}

bool FiscalCalendar::IsCalendarYear() const {
  return end_rule == EndRule::kMonthEnd && end_month == 12;
}

Date FiscalCalendar::FiscalYearStart(int fiscal_year) const {
  return FiscalYearEnd(fiscal_year - 1);
}

Date FiscalCalendar::FiscalYearEnd(int fiscal_year) const {
  return LastDay(*this, NominalEndYear(*this, fiscal_year)) + days(1);
}

Date FiscalCalendar::QuarterStart(int fiscal_year, int quarter) const {
  return quarter == 1 ? FiscalYearStart(fiscal_year) : QuarterEnd(fiscal_year, quarter - 1);
}

Date FiscalCalendar::QuarterEnd(int fiscal_year, int quarter) const {
  return MonthsEnd(fiscal_year, quarter * 3);
}

Date FiscalCalendar::MonthsEnd(int fiscal_year, int months) const {
  if (months == 12) return FiscalYearEnd(fiscal_year);
  return HasWeekYears() ? EndOfWeekQuarters(*this, fiscal_year, months / 3)
                        : EndOfMonths(*this, fiscal_year, months);
}

int FiscalCalendar::FiscalYearOf(Date date) const {
  // A fiscal year ends at most a year and three days after the calendar year that it is named
  // after, or as much before.
  int fiscal_year = YearOf(date) - 2;
  while (FiscalYearEnd(fiscal_year) <= date) ++fiscal_year;
  return fiscal_year;
}

}  // namespace outlay::time
