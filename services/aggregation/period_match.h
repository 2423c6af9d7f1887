// Which stated periods answer a wanted one, as stated (docs/semantics.md, section 3).
#ifndef OUTLAY_SERVICES_AGGREGATION_PERIOD_MATCH_H_
#define OUTLAY_SERVICES_AGGREGATION_PERIOD_MATCH_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/common/time/fiscal_calendar.h"
#include "services/common/time/period.h"
#include "services/common/time/period_label.h"

namespace outlay::aggregation {

// How a stated period answers the wanted one; the first of this list is preferred.
enum class Exactness : uint8_t {
  kDates,  // it has the wanted dates
  kName,   // it is the fiscal period of the wanted name: FY2025 under 2025
};

// A period that a query asks for.
struct WantedPeriod {
  time::PeriodLabel label;
  // What the label says by itself. A fiscal one has no dates: each organization's calendar gives them (start == end).
  time::Period period;

  bool IsFiscal() const { return label.fiscal; }
};

// Reads a wanted period from a label, from dates (end exclusive), or from a calendar label with its own dates.
// INVALID_ARGUMENT, field "label": MALFORMED_PERIOD; fields "label", "start_date", "end_date": MISSING_PERIOD where neither is
// whole, PERIOD_DISAGREES where label and dates disagree or a fiscal label comes with dates; the errors of dates.
absl::StatusOr<WantedPeriod> ParseWantedPeriod(std::string_view label, std::string_view start_date,
                                               std::string_view end_date);

// The wanted period in one organization's own calendar. None where the calendar has no such period (four months of a
// year of 52 weeks).
std::optional<time::Period> ResolveWanted(const WantedPeriod& wanted,
                                          const time::FiscalCalendar& calendar);

// Whether `stated` answers `wanted`, whose reading in the organization's calendar is `resolved`, and how.
//  * Equal dates do, whatever the labels: the fiscal year of a calendar-year company is the calendar year.
//  * Else the fiscal year, half, quarter or year to date of the same number does.
//  * Trailing twelve months never answer a year; a year that ends on the day answers trailing twelve months.
//  * Several years and undated answer only themselves.
std::optional<Exactness> MatchPeriod(const WantedPeriod& wanted,
                                     const std::optional<time::Period>& resolved,
                                     const time::Period& stated);

// The two may count the same money: their dates overlap, or one has no dates.
bool MayOverlap(const time::Period& a, const time::Period& b);

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_PERIOD_MATCH_H_
