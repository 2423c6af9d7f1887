// Finds rates: pure functions of a book and a reading.
#ifndef OUTLAY_SERVICES_FX_RESOLVE_RATE_H_
#define OUTLAY_SERVICES_FX_RESOLVE_RATE_H_

#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/fx/errors.h"
#include "services/fx/rate_answer.h"
#include "services/fx/rate_book.h"
#include "services/fx/rate_path.h"
#include "services/fx/rate_query.h"

namespace outlay::fx {

// A fixing older than this is warned about: no chain of weekend and holidays is longer.
inline constexpr int kStaleAgeDays = 4;

// Of the mean of daily crosses: the share of the provider's fixing days that must be there.
inline constexpr int kCoveragePercent = 90;

// The daily crosses of a mean are rounded half to even at 10^-18.
inline constexpr int kCrossScale = 18;

// The rate that the query asks for. A currency into itself is 1, whatever the spec.
//
//   NOT_FOUND         UNKNOWN_PROVIDER, NO_PATH, UNKNOWN_IMPLIED_RATE
//   OUT_OF_RANGE      DATE_TO_COME, BEFORE_COVERAGE, RATE_TOO_OLD, PERIOD_UNFINISHED,
//                     COVERAGE_INCOMPLETE, AMOUNT_OVERFLOW
//   INVALID_ARGUMENT  FIXED_RATE_PAIR
absl::StatusOr<RateAnswer> ResolveRate(const RateBook& book, const Reading& reading,
                                       const RateQuery& query);

// One method each, for two different currencies.
struct Resolution {
  const RateBook& book;
  const Reading& reading;
  const RateQuery& query;
  Lookup lookup;  // for errors
};
absl::StatusOr<RateAnswer> ResolveDate(const Resolution& at, const DateRate& method);
absl::StatusOr<RateAnswer> ResolveAverage(const Resolution& at, const AverageRate& method);
absl::StatusOr<RateAnswer> ResolvePeriodEnd(const Resolution& at, const PeriodEndRate& method);
absl::StatusOr<RateAnswer> ResolveFixed(const Resolution& at, const FixedRate& method);
absl::StatusOr<RateAnswer> ResolveImplied(const Resolution& at, const ImpliedRate& method);

// The provider's rates. UNKNOWN_PROVIDER with the nearest slugs; NO_PATH where the server knows the
// provider but the reading sees no rate by it.
absl::StatusOr<const ProviderBook*> RequireProvider(const RateBook& book, const Reading& reading,
                                                    const Lookup& lookup);

// An answer with the currencies and the path's derivation, legs and rate in lowest terms, and a
// warning where a leg is flagged.
absl::StatusOr<RateAnswer> AnswerFromPath(const Lookup& lookup, const RatePath& path,
                                          const std::vector<const Fixing*>& fixings,
                                          const Reading& reading);

// The latest fixing from `first` to `last`, both included, that is left out of the paths because it is
// held.
std::optional<HeldFixing> LatestHeld(const std::vector<RatePath>& paths, time::Date first,
                                     time::Date last, const Reading& reading);

// HELD_RATE where a fixing between the answer's day asked for and the one used, or on it, was left
// out.
void WarnIfHeld(const std::vector<RatePath>& paths, const Reading& reading, RateAnswer& answer);

// Whether the last day before `end` is over at the reading.
bool IsFinished(time::Date end, const Reading& reading);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_RESOLVE_RATE_H_
