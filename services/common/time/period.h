// Periods: half-open ranges of dates with a label. The labels are listed in period_label.h.
#ifndef OUTLAY_SERVICES_COMMON_TIME_PERIOD_H_
#define OUTLAY_SERVICES_COMMON_TIME_PERIOD_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/common/time/date.h"
#include "services/common/time/fiscal_calendar.h"
#include "services/common/time/period_label.h"

namespace outlay::time {

// A value type. An undated period has start == end == Date{} (1970-01-01); every other has start <
// end.
struct Period {
  PeriodKind kind = PeriodKind::kUndated;
  bool fiscal = false;
  Date start{};
  Date end{};  // exclusive
  std::string label = "undated";

  bool HasDates() const { return kind != PeriodKind::kUndated; }

  // By dates, kind and kind of calendar; the label follows from them and, for fiscal periods, from
  // the calendar.
  friend bool operator==(const Period& a, const Period& b) {
    return a.start == b.start && a.end == b.end && a.kind == b.kind && a.fiscal == b.fiscal;
  }
};

// The period of a label. `calendar` (a valid one, or null where it is not known) is that of the
// organization, and used for fiscal labels only. Errors: those of ParsePeriodLabel;
// FISCAL_YEAR_UNKNOWN for a fiscal label without a calendar; MALFORMED_PERIOD for a fiscal year to
// date of other than 3, 6 or 9 months in a calendar of 52/53-week years.
absl::StatusOr<Period> ParsePeriod(std::string_view label, const FiscalCalendar* calendar);

// The same for a label already taken apart. A label not made by ParsePeriodLabel must keep to its
// ranges.
absl::StatusOr<Period> ResolvePeriod(const PeriodLabel& label, const FiscalCalendar* calendar);

// What "2025" may mean about an organization whose year does not end in December.
struct PeriodReadings {
  Period stated;  // what the label says
  std::optional<Period>
      other;  // the same label read as fiscal, or as calendar, where that has other dates
  bool ambiguous() const { return other.has_value(); }
};

// Both readings of a label: "2025" with Microsoft's calendar is 2025, and might be FY2025. Trailing
// twelve months, dates and undated have one reading. Errors: those of ParsePeriod for the stated
// reading.
absl::StatusOr<PeriodReadings> ParseCalendarOrFiscal(std::string_view label,
                                                     const FiscalCalendar& calendar);

// The period of these dates under its best label: year, half, quarter, year to date, several years,
// trailing twelve months, dates, the first that fits exactly; of each the organization's fiscal one
// before the calendar one, unless its fiscal years are the calendar years. Without a calendar only
// calendar labels are tried. Errors: MALFORMED_PERIOD where end_exclusive <= start or a day of the
// period is out of the years 1900 to 2200.
absl::StatusOr<Period> PeriodFromDates(Date start, Date end_exclusive,
                                       const FiscalCalendar* calendar);

// The period of a fiscal label with these dates where there is a fiscal calendar in which the label
// has them: what an organization's year may have been before its calendar changed. None where no
// calendar has it so, and for other labels.
std::optional<Period> FiscalPeriodOfSomeCalendar(const PeriodLabel& label, Date start,
                                                 Date end_exclusive);

Period UndatedPeriod();
Period CalendarYear(int year);  // year: 1900 to 2200

// The same period a year before: 2024-Q1 for 2025-Q1, FY2024-9M for FY2025-9M, the twelve months or
// the dates a year earlier (whole months stay whole months). None for several years and undated,
// for a fiscal period without a calendar, and before 1900.
std::optional<Period> PriorYear(const Period& period, const FiscalCalendar* calendar);

// The neighbours of the same kind and size: quarter after quarter across years, several years by
// their number, dates by their length in days; year to date and trailing twelve months by a year.
// The next starts where the period ends, except for year to date, and for the twelve months to
// 28 February of a leap year (the next end with the month, and the leap day falls between).
// None for undated, for a fiscal period without a calendar, and beyond the years 1900 to 2200.
std::optional<Period> Next(const Period& period, const FiscalCalendar* calendar);
std::optional<Period> Previous(const Period& period, const FiscalCalendar* calendar);

// Days in the period; 0 for undated.
int LengthDays(const Period& period);

// An undated period overlaps nothing, contains nothing and is contained in nothing.
bool Overlaps(const Period& a, const Period& b);
bool Contains(const Period& outer, const Period& inner);
bool Contains(const Period& period, Date date);

// Lengths that differ by no more than the tolerance; false where either is undated. The default is
// what lets a year of 52 weeks be compared with one of 53, and both with a calendar year.
inline constexpr int kLengthToleranceDays = 7;
bool SameLength(const Period& a, const Period& b, int tolerance_days = kLengthToleranceDays);

}  // namespace outlay::time

#endif  // OUTLAY_SERVICES_COMMON_TIME_PERIOD_H_
