#include "services/common/money/interval.h"

#include <fmt/format.h>

#include <utility>

#include "services/common/money/errors.h"
#include "services/common/status/error.h"

namespace outlay::money {
namespace {

// One signature for both kinds of number; fractions never fail.
absl::StatusOr<Decimal> Sum(const Decimal& a, const Decimal& b) { return Add(a, b); }
absl::StatusOr<Rational> Sum(const Rational& a, const Rational& b) { return a + b; }
absl::StatusOr<Decimal> Product(const Decimal& a, const Decimal& b) { return Multiply(a, b); }
absl::StatusOr<Rational> Product(const Rational& a, const Rational& b) { return a * b; }

template <typename Number>
absl::StatusOr<BasicIntervalEnd<Number>> SumOfEnds(const BasicIntervalEnd<Number>& a,
                                                   const BasicIntervalEnd<Number>& b) {
  if (a.IsOpen() || b.IsOpen()) return BasicIntervalEnd<Number>{};
  ASSIGN_OR_RETURN(Number sum, Sum(*a.value, *b.value));
  return BasicIntervalEnd<Number>{std::move(sum), a.strict || b.strict, a.implied || b.implied};
}

template <typename Number>
absl::StatusOr<BasicInterval<Number>> SumOfIntervals(const BasicInterval<Number>& a,
                                                     const BasicInterval<Number>& b) {
  BasicInterval<Number> sum;
  ASSIGN_OR_RETURN(sum.low, SumOfEnds(a.low, b.low));
  ASSIGN_OR_RETURN(sum.high, SumOfEnds(a.high, b.high));
  return sum;
}

template <typename Number>
BasicIntervalEnd<Number> NegatedEnd(const BasicIntervalEnd<Number>& end) {
  if (end.IsOpen()) return end;
  return {-*end.value, end.strict, end.implied};
}

template <typename Number>
BasicInterval<Number> Negated(const BasicInterval<Number>& interval) {
  return {NegatedEnd(interval.high), NegatedEnd(interval.low)};
}

template <typename Number>
absl::StatusOr<BasicIntervalEnd<Number>> ScaledEnd(const BasicIntervalEnd<Number>& end,
                                                   const Number& factor) {
  if (end.IsOpen()) return end;
  ASSIGN_OR_RETURN(Number product, Product(*end.value, factor));
  return BasicIntervalEnd<Number>{std::move(product), end.strict, end.implied};
}

template <typename Number>
absl::StatusOr<BasicInterval<Number>> Scaled(const BasicInterval<Number>& interval,
                                             const Number& factor) {
  if (factor.IsZero()) return BasicInterval<Number>::PointAt(Number());
  BasicInterval<Number> scaled;
  ASSIGN_OR_RETURN(scaled.low, ScaledEnd(interval.low, factor));
  ASSIGN_OR_RETURN(scaled.high, ScaledEnd(interval.high, factor));
  if (factor.Sign() < 0) std::swap(scaled.low, scaled.high);
  return scaled;
}

template <typename Number>
bool ContainsValue(const BasicInterval<Number>& interval, const Number& value) {
  const auto& [low, high] = interval;
  if (!low.IsOpen() && (value < *low.value || (low.strict && value == *low.value))) return false;
  if (!high.IsOpen() && (value > *high.value || (high.strict && value == *high.value)))
    return false;
  return true;
}

// Whether everything below `high` is below everything above `low`.
template <typename Number>
bool EndsBefore(const BasicIntervalEnd<Number>& high, const BasicIntervalEnd<Number>& low) {
  if (high.IsOpen() || low.IsOpen()) return false;
  return *high.value < *low.value || (*high.value == *low.value && (high.strict || low.strict));
}

template <typename Number>
bool HaveCommonValue(const BasicInterval<Number>& a, const BasicInterval<Number>& b) {
  return !EndsBefore(a.high, b.low) && !EndsBefore(b.high, a.low);
}

absl::StatusOr<Interval> Widened(const Interval& interval, const Decimal& half_unit) {
  return Add(interval, Interval{{-half_unit}, {half_unit}});
}

RationalIntervalEnd ToRational(const IntervalEnd& end) {
  if (end.IsOpen()) return {};
  return {Rational(*end.value), end.strict, end.implied};
}

// Requires b > 0.
Rational Quotient(const Rational& a, const Rational& b) { return *Divide(a, b); }

// The least of current ÷ prior, where `current` is current's low end and the prior is positive: a
// positive number is least divided by the greatest prior, a negative one by the smallest.
RationalIntervalEnd LeastRatio(const RationalIntervalEnd& current, const RationalInterval& prior) {
  if (current.IsOpen()) return {};
  if (current.value->IsZero()) return current;
  if (current.value->Sign() > 0) {
    if (prior.high.IsOpen()) return {Rational(), true, current.implied};
    return {Quotient(*current.value, *prior.high.value), current.strict || prior.high.strict,
            current.implied || prior.high.implied};
  }
  if (prior.low.IsOpen() || prior.low.value->Sign() <= 0) return {};
  return {Quotient(*current.value, *prior.low.value), current.strict || prior.low.strict,
          current.implied || prior.low.implied};
}

RationalIntervalEnd LeastShare(const RationalIntervalEnd& part, const RationalIntervalEnd& others) {
  if (others.IsOpen()) return {Rational(), part.strict || !part.value->IsZero(), part.implied};
  const bool implied = part.implied || others.implied;
  // Without others, the part is everything.
  if (part.value->IsZero() && others.value->IsZero()) return {Rational(1), false, implied};
  const bool strict = part.strict || (others.strict && !part.value->IsZero());
  return {Quotient(*part.value, *part.value + *others.value), strict, implied};
}

RationalIntervalEnd GreatestShare(const RationalIntervalEnd& part,
                                  const RationalIntervalEnd& others) {
  const bool implied = part.implied || others.implied;
  if (!part.IsOpen() && part.value->IsZero()) return {Rational(), part.strict, implied};
  if (others.value->IsZero()) return {Rational(1), others.strict, implied};
  if (part.IsOpen()) return {Rational(1), true, implied};
  return {Quotient(*part.value, *part.value + *others.value), part.strict || others.strict,
          implied};
}

std::string EndText(const IntervalEnd& end) {
  return fmt::format("{}{}", end.value->ToString(), end.implied ? " implied" : "");
}

}  // namespace

RationalInterval ToRational(const Interval& interval) {
  return {ToRational(interval.low), ToRational(interval.high)};
}

absl::StatusOr<Interval> Add(const Interval& a, const Interval& b) { return SumOfIntervals(a, b); }

absl::StatusOr<Interval> Subtract(const Interval& a, const Interval& b) {
  return SumOfIntervals(a, Negated(b));
}

RationalInterval Add(const RationalInterval& a, const RationalInterval& b) {
  return *SumOfIntervals(a, b);
}

RationalInterval Subtract(const RationalInterval& a, const RationalInterval& b) {
  return *SumOfIntervals(a, Negated(b));
}

Interval Negate(const Interval& interval) { return Negated(interval); }

RationalInterval Negate(const RationalInterval& interval) { return Negated(interval); }

absl::StatusOr<Interval> Scale(const Interval& interval, const Decimal& factor) {
  return Scaled(interval, factor);
}

RationalInterval Scale(const RationalInterval& interval, const Rational& factor) {
  return *Scaled(interval, factor);
}

bool Contains(const Interval& interval, const Decimal& value) {
  return ContainsValue(interval, value);
}

bool Contains(const RationalInterval& interval, const Rational& value) {
  return ContainsValue(interval, value);
}

bool Meets(const Interval& a, const Interval& b) { return HaveCommonValue(a, b); }

bool Meets(const RationalInterval& a, const RationalInterval& b) { return HaveCommonValue(a, b); }

bool MeetsWithin(const Interval& a, const Decimal& half_unit_a, const Interval& b,
                 const Decimal& half_unit_b) {
  const absl::StatusOr<Interval> wide_a = Widened(a, half_unit_a);
  const absl::StatusOr<Interval> wide_b = Widened(b, half_unit_b);
  if (wide_a.ok() && wide_b.ok()) return Meets(*wide_a, *wide_b);
  const auto widened = [](const Interval& interval, const Decimal& half_unit) {
    return Add(ToRational(interval), ToRational(Interval{{-half_unit}, {half_unit}}));
  };
  return Meets(widened(a, half_unit_a), widened(b, half_unit_b));
}

absl::StatusOr<RationalInterval> RatioInterval(const RationalInterval& current,
                                               const RationalInterval& prior) {
  if (!prior.high.IsOpen() && prior.high.value->Sign() <= 0) {
    return NotMeaningful("a ratio to a figure that is not above zero has no meaning");
  }
  // The greatest quotient is the least one of the mirrored interval, mirrored.
  return RationalInterval{LeastRatio(current.low, prior),
                          NegatedEnd(LeastRatio(NegatedEnd(current.high), prior))};
}

absl::StatusOr<RationalInterval> GrowthInterval(const RationalInterval& current,
                                                const RationalInterval& prior) {
  ASSIGN_OR_RETURN(RationalInterval ratio, RatioInterval(current, prior));
  return Add(ratio, RationalInterval::PointAt(Rational(-1)));
}

absl::StatusOr<RationalInterval> ShareInterval(const RationalInterval& part,
                                               const RationalInterval& others) {
  for (const RationalIntervalEnd* low : {&part.low, &others.low}) {
    if (low->IsOpen() || low->value->Sign() < 0) {
      return NotMeaningful("a share of figures that may be negative has no meaning");
    }
  }
  const auto is_zero = [](const RationalIntervalEnd& end) {
    return !end.IsOpen() && end.value->IsZero();
  };
  if (is_zero(part.high) && is_zero(others.high)) {
    return NotMeaningful("a share of a total of zero has no meaning");
  }
  // With others that are zero the part is everything, unless the part is zero itself.
  if (is_zero(part.high)) return RationalInterval::PointAt(Rational());
  return RationalInterval{LeastShare(part.low, others.high), GreatestShare(part.high, others.low)};
}

std::string ToString(const Interval& interval) {
  const auto& [low, high] = interval;
  const std::string left = low.IsOpen() ? "(-∞" : (low.strict ? "(" : "[") + EndText(low);
  const std::string right = high.IsOpen() ? "∞)" : EndText(high) + (high.strict ? ")" : "]");
  return left + ", " + right;
}

}  // namespace outlay::money
