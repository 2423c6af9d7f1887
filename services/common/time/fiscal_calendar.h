// Fiscal calendars: when an organization's fiscal years and their quarters begin and end.
//
// Text form, for catalogue files and protos:
//
//   calendar  = rule *( "," option )
//   rule      = month-end / fixed-day
//             / "last-" weekday "-of-" month / "nearest-" weekday "-to-" month-end
//   month-end = MM-DD, DD the month's last day ("12-31"); February "02-end"; any month as "MM-end"
//   fixed-day = MM-DD, DD an earlier day ("04-05"; "02-28" is the 28th in leap years too)
//   weekday   = "monday" … "sunday"
//   month     = "january" … "december"
//   option    = "named-after-start-year"
//             / "extra-week-in-q1" / "extra-week-in-q2" / "extra-week-in-q3"
//
// Examples: "12-31"; "06-30" (Microsoft); "last-saturday-of-september,extra-week-in-q1" (Apple);
// "last-sunday-of-january" (Nvidia); "nearest-saturday-to-01-31,named-after-start-year" (Target).
#ifndef OUTLAY_SERVICES_COMMON_TIME_FISCAL_CALENDAR_H_
#define OUTLAY_SERVICES_COMMON_TIME_FISCAL_CALENDAR_H_

#include <chrono>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/time/date.h"

namespace outlay::time {

// A value type; make it with the named constructors or ParseFiscalCalendar, which leave unused
// fields at their defaults, so that equality of fields is equality of calendars.
//
// Naming. A fiscal year is named after the calendar year in which it nominally ends: that of the
// month `end_month`, even where the Saturday nearest to 31 December falls on 2 January. With
// `named_after_start_year` it is named after the year in which it nominally starts, one earlier
// (the same for a year that starts in January).
//
// Quarters. kMonthEnd and kFixedDay: three months each, ending on the year's end day (clamped to
// the month's length). The other rules have years of 52 or 53 weeks: quarters of 13 weeks, and one
// of 14 in a year of 53. Issuers differ in where they put the extra week: most in the fourth
// quarter, Apple in the first; `extra_week_quarter` says.
struct FiscalCalendar {
  enum class EndRule {
    kMonthEnd,                  // the last day of end_month
    kFixedDay,                  // end_day of end_month
    kLastWeekdayOfMonth,        // the last `weekday` of end_month
    kNearestWeekdayToMonthEnd,  // the `weekday` at most three days from the last day of end_month
  };

  EndRule end_rule = EndRule::kMonthEnd;
  int end_month = 12;  // 1 to 12
  int end_day = 0;     // kFixedDay only: 1 to the month's last day but one; February: to 28
  std::chrono::weekday weekday = std::chrono::Saturday;  // the two weekday rules only
  bool named_after_start_year = false;
  int extra_week_quarter = 4;  // 1 to 4; the two weekday rules only

  static FiscalCalendar Calendar() { return {}; }  // the calendar year: ends on 31 December
  static FiscalCalendar MonthEnd(int month);
  static FiscalCalendar FixedDay(int month, int day);
  static FiscalCalendar LastWeekday(std::chrono::weekday weekday, int month);
  static FiscalCalendar NearestWeekday(std::chrono::weekday weekday, int month);

  // MALFORMED_FISCAL_CALENDAR where a field is out of its range. The functions below need a valid
  // calendar.
  absl::Status Validate() const;

  // Years of 52 or 53 weeks.
  bool HasWeekYears() const;
  // Its fiscal years are the calendar years, name and all.
  bool IsCalendarYear() const;

  // Half-open: a fiscal year is [FiscalYearStart, FiscalYearEnd), and starts where the one before
  // ends. `fiscal_year` is kMinYear - 2 to kMaxYear + 2 in all of these; no fiscal year out of this
  // range is meaningful.
  Date FiscalYearStart(int fiscal_year) const;
  Date FiscalYearEnd(int fiscal_year) const;

  // quarter: 1 to 4. QuarterEnd is exclusive.
  Date QuarterStart(int fiscal_year, int quarter) const;
  Date QuarterEnd(int fiscal_year, int quarter) const;

  // Exclusive end of the fiscal year's first `months` months, 1 to 12. Calendars with week years
  // have no months: there `months` must be 3, 6, 9 or 12, which end with the quarters.
  Date MonthsEnd(int fiscal_year, int months) const;

  // The fiscal year that holds `date`, a date of the years kMinYear to kMaxYear.
  int FiscalYearOf(Date date) const;

  friend bool operator==(const FiscalCalendar&, const FiscalCalendar&) = default;
};

// Errors: MALFORMED_FISCAL_CALENDAR, saying which forms are right.
absl::StatusOr<FiscalCalendar> ParseFiscalCalendar(std::string_view text);

// The one text of a calendar; ParseFiscalCalendar reads it back.
std::string FormatFiscalCalendar(const FiscalCalendar& calendar);

}  // namespace outlay::time

#endif  // OUTLAY_SERVICES_COMMON_TIME_FISCAL_CALENDAR_H_
