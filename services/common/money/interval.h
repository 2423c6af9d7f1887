// Intervals of amounts: what a disclosure that says "at least", "up to" or "about" leaves open.
//
// An end without a value is open: unbounded on that side. `strict` excludes the end itself
// (MORE_THAN, LESS_THAN); `implied` says that no source gave it (the zero below "up to 65" of a
// measure that cannot be negative). An open end has neither flag.
#ifndef OUTLAY_SERVICES_COMMON_MONEY_INTERVAL_H_
#define OUTLAY_SERVICES_COMMON_MONEY_INTERVAL_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "services/common/money/decimal.h"
#include "services/common/money/rational.h"

namespace outlay::money {

template <typename Number>
struct BasicIntervalEnd {
  std::optional<Number> value;
  bool strict = false;
  bool implied = false;

  bool IsOpen() const { return !value.has_value(); }

  friend bool operator==(const BasicIntervalEnd&, const BasicIntervalEnd&) = default;
};

template <typename Number>
struct BasicInterval {
  BasicIntervalEnd<Number> low;
  BasicIntervalEnd<Number> high;

  // The interval that holds one value. The sum of no parts is PointAt(zero).
  static BasicInterval PointAt(const Number& value) { return {{value}, {value}}; }

  friend bool operator==(const BasicInterval&, const BasicInterval&) = default;
};

using IntervalEnd = BasicIntervalEnd<Decimal>;
using Interval = BasicInterval<Decimal>;
using RationalIntervalEnd = BasicIntervalEnd<Rational>;
using RationalInterval = BasicInterval<Rational>;

RationalInterval ToRational(const Interval& interval);

// The interval of x + y (x - y) for x in a and y in b. An end is open only where a part's is;
// strict and implied carry over. AMOUNT_OVERFLOW as for Decimal; fractions cannot overflow.
absl::StatusOr<Interval> Add(const Interval& a, const Interval& b);
absl::StatusOr<Interval> Subtract(const Interval& a, const Interval& b);
RationalInterval Add(const RationalInterval& a, const RationalInterval& b);
RationalInterval Subtract(const RationalInterval& a, const RationalInterval& b);

Interval Negate(const Interval& interval);
RationalInterval Negate(const RationalInterval& interval);

// Times a factor; a negative one swaps the ends, zero gives the point zero.
absl::StatusOr<Interval> Scale(const Interval& interval, const Decimal& factor);
RationalInterval Scale(const RationalInterval& interval, const Rational& factor);

// A strict end excludes its value.
bool Contains(const Interval& interval, const Decimal& value);
bool Contains(const RationalInterval& interval, const Rational& value);

// Whether the two have a value in common.
bool Meets(const Interval& a, const Interval& b);
bool Meets(const RationalInterval& a, const RationalInterval& b);

// Whether they meet once each is widened on both sides by its half unit (half of the unit that the
// figure was written in, not negative): 83 ± 0.5 and 82.999 do. Exact, cannot overflow.
bool MeetsWithin(const Interval& a, const Decimal& half_unit_a, const Interval& b,
                 const Decimal& half_unit_b);

// current ÷ prior for positive priors: [low₁ / high₀, high₁ / low₀] when nothing is negative. Where
// the prior's low is open or not above zero the quotient has no upper end (only positive priors are
// considered). FAILED_PRECONDITION, reason NOT_MEANINGFUL, when the prior cannot be positive.
absl::StatusOr<RationalInterval> RatioInterval(const RationalInterval& current,
                                               const RationalInterval& prior);

// Growth from prior to current: RatioInterval - 1. 0.2 is +20 %.
absl::StatusOr<RationalInterval> GrowthInterval(const RationalInterval& current,
                                                const RationalInterval& prior);

// The part's share in part + others, where `others` is the sum of all the other parts:
// [low / (low + others' high), high / (high + others' low)], within [0, 1]. FAILED_PRECONDITION,
// reason NOT_MEANINGFUL, when a low is open or negative, or everything is zero.
absl::StatusOr<RationalInterval> ShareInterval(const RationalInterval& part,
                                               const RationalInterval& others);

// "[60, 65]", "(100, ∞)", "[0 implied, 65]". For messages and logs.
std::string ToString(const Interval& interval);

}  // namespace outlay::money

#endif  // OUTLAY_SERVICES_COMMON_MONEY_INTERVAL_H_
