// Period labels: the text that names a period, taken apart without a calendar.
//
//   2025  2025-H1  2025-Q1  2025-9M   calendar year, half, quarter, first 1 to 11 months
//   FY2025  FY2025-H1  FY2025-Q1  …   the same of a fiscal year
//   TTM-2025-06-30                    the twelve months that end on that day
//   2025..2028  FY2025..FY2028        several years, the last one included
//   2025-01-15..2025-04-14            dates, the last one included
//   undated                           a pledge without any dates
//
// A label has one spelling, the one above: no spaces, no other case. Years are 1900 to 2200.
#ifndef OUTLAY_SERVICES_COMMON_TIME_PERIOD_LABEL_H_
#define OUTLAY_SERVICES_COMMON_TIME_PERIOD_LABEL_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/common/time/date.h"

namespace outlay::time {

enum class PeriodKind {
  kYear,
  kHalf,
  kQuarter,
  kYearToDate,
  kTrailingTwelveMonths,
  kSeveralYears,
  kDates,
  kUndated,
};

// The parts of a label; those that its kind does not have are left at their defaults.
struct PeriodLabel {
  PeriodKind kind = PeriodKind::kUndated;
  bool fiscal = false;  // kYear, kHalf, kQuarter, kYearToDate, kSeveralYears only
  int year = 0;         // the year, or the first of several
  int last_year = 0;    // kSeveralYears: greater than `year`
  int part = 0;         // kHalf: 1 or 2; kQuarter: 1 to 4; kYearToDate: months, 1 to 11
  Date first_day{};     // kDates
  Date last_day{};      // kDates, kTrailingTwelveMonths; inclusive

  friend bool operator==(const PeriodLabel&, const PeriodLabel&) = default;
};

// Errors: MALFORMED_PERIOD, saying which labels are right; for dates in it IMPOSSIBLE_DATE or
// MALFORMED_DATE.
absl::StatusOr<PeriodLabel> ParsePeriodLabel(std::string_view text);

// ParsePeriodLabel reads it back.
std::string FormatPeriodLabel(const PeriodLabel& label);

}  // namespace outlay::time

#endif  // OUTLAY_SERVICES_COMMON_TIME_PERIOD_LABEL_H_
