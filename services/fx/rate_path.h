// How a provider's series link two currencies.
#ifndef OUTLAY_SERVICES_FX_RATE_PATH_H_
#define OUTLAY_SERVICES_FX_RATE_PATH_H_

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/time/date.h"
#include "services/fx/fraction.h"
#include "services/fx/rate_answer.h"
#include "services/fx/rate_book.h"
#include "services/fx/succession.h"

namespace outlay::fx {

// One factor of a rate: the fixing of a series, or an irrevocable ratio.
struct PathFactor {
  const Series* series = nullptr;  // null: `join`
  Join join;
  bool inverted = false;  // divided by rather than multiplied with
};

// One way from a currency to another. It holds for fixing dates from `from` until before `until`.
struct RatePath {
  std::vector<PathFactor> factors;
  time::Date from;
  time::Date until;

  // False where irrevocable ratios alone make it: it then holds on every day of its range.
  bool HasSeries() const;
  Derivation derivation() const;

  bool Covers(time::Date date) const { return from <= date && date < until; }

  // The fixing of every series on that date, in the factors' order; absent unless all have one.
  std::optional<std::vector<const Fixing*>> On(time::Date date, const Reading& reading) const;

  // The latest (earliest) date until (from) `date` on which all of its series have a fixing.
  std::optional<time::Date> LatestUntil(time::Date date, const Reading& reading) const;
  std::optional<time::Date> EarliestFrom(time::Date date, const Reading& reading) const;

  // The exact rate from the fixings of On, not reduced. AMOUNT_OVERFLOW.
  absl::StatusOr<Fraction> Multiply(const std::vector<const Fixing*>& fixings) const;

  // The same rate as the quotient of two legs: what is multiplied with and what is divided by, each
  // with the ratios of its own currency, so that legs of one path's days and another's can be added.
  struct Legs {
    Fraction to;
    Fraction from;
  };
  absl::StatusOr<Legs> Split(const std::vector<const Fixing*>& fixings) const;
};

// All ways from one currency to the other by preference: published pair, its inverse, a cross
// through the provider's base; each for the currencies that stand for the two at different times.
// What has no entry the reading knows of is left out.
std::vector<RatePath> FindPaths(const ProviderBook& provider, const Equivalent& from,
                                const Equivalent& to, const Reading& reading);

// The path with the latest fixing until `date` (the earliest from it on), and that fixing's date; of
// several such paths the first.
struct PathOnDate {
  const RatePath* path = nullptr;
  time::Date date;
};
std::optional<PathOnDate> LatestUntil(const std::vector<RatePath>& paths, time::Date date,
                                      const Reading& reading);
std::optional<PathOnDate> EarliestFrom(const std::vector<RatePath>& paths, time::Date date,
                                       const Reading& reading);

// The ratios alone, where both are in one currency.
RatePath JoinedPath(const Equivalent& from, const Equivalent& to);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_RATE_PATH_H_
