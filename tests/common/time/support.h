// Helpers of the time library's tests.
#ifndef OUTLAY_TESTS_COMMON_TIME_SUPPORT_H_
#define OUTLAY_TESTS_COMMON_TIME_SUPPORT_H_

#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "services/common/status/error.h"
#include "services/common/time/date.h"
#include "services/common/time/fiscal_calendar.h"
#include "services/common/time/period.h"

namespace outlay::time {

inline Date D(std::string_view text) { return ParseDate(text).value(); }

inline FiscalCalendar Microsoft() { return FiscalCalendar::MonthEnd(6); }
inline FiscalCalendar Walmart() { return FiscalCalendar::MonthEnd(1); }
inline FiscalCalendar Nvidia() { return FiscalCalendar::LastWeekday(std::chrono::Sunday, 1); }

inline FiscalCalendar Apple() {
  FiscalCalendar calendar = FiscalCalendar::LastWeekday(std::chrono::Saturday, 9);
  calendar.extra_week_quarter = 1;
  return calendar;
}

inline FiscalCalendar Target() {
  FiscalCalendar calendar = FiscalCalendar::NearestWeekday(std::chrono::Saturday, 1);
  calendar.named_after_start_year = true;
  return calendar;
}

// "[2024-07-01, 2025-07-01)": half-open dates, for messages that show what came instead.
inline std::string Range(Date start, Date end) {
  return "[" + FormatDate(start) + ", " + FormatDate(end) + ")";
}
inline std::string Range(const Period& period) { return Range(period.start, period.end); }
inline std::string FiscalYear(const FiscalCalendar& calendar, int fiscal_year) {
  return Range(calendar.FiscalYearStart(fiscal_year), calendar.FiscalYearEnd(fiscal_year));
}

inline std::string ReasonOf(const absl::Status& status) { return GetErrorDetail(status).reason; }
inline std::string MessageOf(const absl::Status& status) { return std::string(status.message()); }

}  // namespace outlay::time

#endif  // OUTLAY_TESTS_COMMON_TIME_SUPPORT_H_
