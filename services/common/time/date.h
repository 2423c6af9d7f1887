// Calendar dates: the day alone, proleptic Gregorian, without a time zone.
//
// Text is ISO 8601, YYYY-MM-DD and nothing else. Years that come from outside are 1900 to 2200;
// dates that are computed (the exclusive end of a period, a shifted month) may lie a few years
// beyond.
#ifndef OUTLAY_SERVICES_COMMON_TIME_DATE_H_
#define OUTLAY_SERVICES_COMMON_TIME_DATE_H_

#include <chrono>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace outlay::time {

using Date = std::chrono::sys_days;

inline constexpr int kMinYear = 1900;
inline constexpr int kMaxYear = 2200;

constexpr bool IsYearInRange(int year) { return year >= kMinYear && year <= kMaxYear; }

// 2025-02-07 and only that form. Errors: IMPOSSIBLE_DATE where the month has no such day
// (2025-02-30), MALFORMED_DATE for every other text and for years out of range.
absl::StatusOr<Date> ParseDate(std::string_view text);

// YYYY-MM-DD. Any date of the years 0 to 9999; ParseComputedDate reads it back.
std::string FormatDate(Date date);

// As ParseDate, for dates that were computed before they were written, such as the exclusive end of
// the last year: any of the years 0 to 9999.
absl::StatusOr<Date> ParseComputedDate(std::string_view text);

// The date from its numbers, as untrusted as text. Errors: as ParseDate.
absl::StatusOr<Date> MakeDate(int year, int month, int day);

// Parts of a date; month 1 to 12, day 1 to 31.
int YearOf(Date date);
int MonthOf(Date date);
int DayOf(Date date);

// Number of days of the month: 28 to 31. Month 1 to 12.
int DaysInMonth(int year, int month);

// The last day of the month that holds `date`.
Date LastDayOfMonth(Date date);
Date LastDayOfMonth(int year, int month);
bool IsLastDayOfMonth(Date date);

// The same day of the month, `months` later (or earlier, when negative); the month's last day where
// it has no such day: 2025-01-31 and one month give 2025-02-28. |months| is at most 12 × 400.
Date AddMonths(Date date, int months);

// As AddMonths, and the last day of a month stays the last day: 2025-02-28 and -12 months give
// 2024-02-29.
Date AddMonthsKeepingMonthEnd(Date date, int months);

std::chrono::weekday WeekdayOf(Date date);
bool IsWeekend(Date date);  // Saturday or Sunday

// The last such weekday of the month: the last Saturday of September 2024 is 2024-09-28.
Date LastWeekdayOfMonth(std::chrono::weekday weekday, int year, int month);

// The day of that weekday at most three days from `date`, on either side: the Saturday nearest to
// 2025-01-31 (a Friday) is 2025-02-01.
Date NearestWeekday(std::chrono::weekday weekday, Date date);

// "saturday"; lower case, as in the text of fiscal calendars.
std::string_view WeekdayName(std::chrono::weekday weekday);
// "september"; month 1 to 12.
std::string_view MonthName(int month);

}  // namespace outlay::time

#endif  // OUTLAY_SERVICES_COMMON_TIME_DATE_H_
