#include "services/fx/fraction.h"

#include <algorithm>
#include <optional>

#include "services/common/money/rational.h"
#include "services/common/status/error.h"

namespace outlay::fx {
namespace {

using money::Decimal;
using Integer = unsigned __int128;

// The value × 10^places as an integer.
std::optional<Integer> Scaled(const Decimal& value, int places) {
  Integer integer = static_cast<Integer>(value.coefficient());
  for (int i = value.scale(); i < places; ++i) {
    if (__builtin_mul_overflow(integer, Integer{10}, &integer)) return std::nullopt;
  }
  return integer;
}

Integer GreatestCommonDivisor(Integer a, Integer b) {
  while (b != 0) {
    const Integer rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

std::optional<Decimal> ToDecimal(Integer integer) {
  if (integer >> 127 != 0) return std::nullopt;
  const absl::StatusOr<Decimal> value = Decimal::FromParts(static_cast<__int128>(integer), 0);
  return value.ok() ? std::optional<Decimal>(*value) : std::nullopt;
}

}  // namespace

absl::StatusOr<Fraction> Times(const Fraction& fraction, const Decimal& factor) {
  ASSIGN_OR_RETURN(const Decimal numerator, money::Multiply(fraction.numerator, factor));
  return Fraction{numerator, fraction.denominator};
}

absl::StatusOr<Fraction> Over(const Fraction& fraction, const Decimal& factor) {
  ASSIGN_OR_RETURN(const Decimal denominator, money::Multiply(fraction.denominator, factor));
  return Fraction{fraction.numerator, denominator};
}

absl::StatusOr<Fraction> Times(const Fraction& fraction, const Fraction& other) {
  ASSIGN_OR_RETURN(const Fraction product, Times(fraction, other.numerator));
  return Over(product, other.denominator);
}

Fraction InLowestTerms(const Fraction& fraction) {
  const int places = std::max(fraction.numerator.scale(), fraction.denominator.scale());
  const std::optional<Integer> numerator = Scaled(fraction.numerator, places);
  const std::optional<Integer> denominator = Scaled(fraction.denominator, places);
  if (!numerator || !denominator) return fraction;
  const Integer divisor = GreatestCommonDivisor(*numerator, *denominator);
  const std::optional<Decimal> reduced_numerator = ToDecimal(*numerator / divisor);
  const std::optional<Decimal> reduced_denominator = ToDecimal(*denominator / divisor);
  if (!reduced_numerator || !reduced_denominator) return fraction;
  return {*reduced_numerator, *reduced_denominator};
}

Fraction OverOneIfExact(const Fraction& fraction) {
  const absl::StatusOr<money::Rational> value =
      money::Rational::FromFraction(fraction.numerator, fraction.denominator);
  if (!value.ok()) return fraction;
  const std::optional<Decimal> exact = value->ToExactDecimal();
  return exact ? Fraction{*exact, Decimal::FromInt(1)} : fraction;
}

}  // namespace outlay::fx
