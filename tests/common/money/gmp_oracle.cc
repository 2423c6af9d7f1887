#include "tests/common/money/gmp_oracle.h"

#include <fmt/format.h>

#include <string>

#include "tests/common/money/money_testing.h"

namespace outlay::money {

mpq_class GmpPowerOfTen(int exponent) {
  mpz_class power;
  mpz_ui_pow_ui(power.get_mpz_t(), 10, static_cast<unsigned>(std::abs(exponent)));
  return exponent < 0 ? mpq_class(1, power) : mpq_class(power);
}

mpq_class ToGmp(const Decimal& value) {
  std::string digits = value.ToString();
  int scale = 0;
  if (const size_t point = digits.find('.'); point != std::string::npos) {
    scale = static_cast<int>(digits.size() - point - 1);
    digits.erase(point, 1);
  }
  return mpq_class(mpz_class(digits, 10)) * GmpPowerOfTen(-scale);
}

mpq_class ToGmp(const Rational& value) {
  return mpq_class(mpz_class(value.NumeratorString(), 10),
                   mpz_class(value.DenominatorString(), 10));
}

mpq_class GmpRound(const mpq_class& value, int scale, Rounding rounding) {
  const mpq_class shifted = value * GmpPowerOfTen(scale);
  mpz_class floor;
  mpz_fdiv_q(floor.get_mpz_t(), shifted.get_num_mpz_t(), shifted.get_den_mpz_t());
  const mpq_class rest = shifted - floor;  // in [0, 1)
  const mpz_class ceiling = rest == 0 ? floor : mpz_class(floor + 1);
  const mpz_class toward_zero = sgn(shifted) < 0 ? ceiling : floor;
  const mpz_class from_zero = sgn(shifted) < 0 ? floor : ceiling;
  const mpq_class half(1, 2);
  mpz_class rounded;
  switch (rounding) {
    case Rounding::kFloor:
      rounded = floor;
      break;
    case Rounding::kCeiling:
      rounded = ceiling;
      break;
    case Rounding::kDown:
      rounded = toward_zero;
      break;
    case Rounding::kUp:
      rounded = from_zero;
      break;
    case Rounding::kHalfUp:
      rounded = rest == half ? from_zero : rest < half ? floor : ceiling;
      break;
    case Rounding::kHalfEven:
      rounded = rest == half  ? (mpz_even_p(floor.get_mpz_t()) ? floor : ceiling)
                : rest < half ? floor
                              : ceiling;
      break;
  }
  return rounded * GmpPowerOfTen(-scale);
}

mpq_class GmpRoundSignificant(const mpq_class& value, int digits, Rounding rounding) {
  if (value == 0) return value;
  int exponent = 0;  // 10^exponent <= |value| < 10^(exponent + 1)
  while (abs(value) >= GmpPowerOfTen(exponent + 1)) ++exponent;
  while (abs(value) < GmpPowerOfTen(exponent)) --exponent;
  return GmpRound(value, digits - 1 - exponent, rounding);
}

bool FitsDecimal(const mpq_class& value) {
  for (int scale = 0; scale <= Decimal::kMaxScale; ++scale) {
    const mpq_class shifted = value * GmpPowerOfTen(scale);
    if (shifted.get_den() == 1) return abs(shifted) < GmpPowerOfTen(38);
  }
  return false;
}

testing::AssertionResult IsExactly(const absl::StatusOr<Decimal>& result,
                                   const mpq_class& expected) {
  const bool fits = FitsDecimal(expected);
  if (!result.ok()) {
    if (!fits && Reason(result.status()) == "AMOUNT_OVERFLOW") return testing::AssertionSuccess();
    return testing::AssertionFailure() << result.status().ToString() << ", expected " << expected;
  }
  if (fits && ToGmp(*result) == expected) return testing::AssertionSuccess();
  return testing::AssertionFailure()
         << result->ToString() << ", expected " << expected << (fits ? "" : ", which does not fit");
}

int DecimalGenerator::Int(int low, int high) {
  return std::uniform_int_distribution<int>(low, high)(random_);
}

Decimal DecimalGenerator::WithDigits(int digits, int scale) {
  // Runs of one digit make nines that carry, zeros that are stripped, and ties.
  std::string text;
  while (static_cast<int>(text.size()) < digits) {
    const bool run = Int(0, 3) == 0;
    text.append(run ? static_cast<size_t>(Int(1, 12)) : 1, "0123456789059"[Int(0, run ? 12 : 9)]);
  }
  text.resize(static_cast<size_t>(digits));
  if (Int(0, 1) == 0) text.insert(0, 1, '-');
  const absl::StatusOr<Decimal> value = Decimal::Parse(fmt::format("{}e-{}", text, scale));
  return value.ok() ? *value : WithDigits(digits, Int(0, Decimal::kMaxScale));
}

Decimal DecimalGenerator::Any() {
  if (Int(0, 9) == 0) return Decimal::FromInt(Int(-12, 12));
  return WithDigits(Int(1, Decimal::kMaxDigits), Int(0, Decimal::kMaxScale));
}

Decimal DecimalGenerator::Money() { return WithDigits(Int(1, 18), Int(0, 9)); }

Decimal DecimalGenerator::NonZero() {
  for (;;) {
    const Decimal value = Int(0, 1) == 0 ? Any() : Money();
    if (!value.IsZero()) return value;
  }
}

Rational DecimalGenerator::Fraction() { return *Rational::FromFraction(Any(), NonZero()); }

Interval DecimalGenerator::AnyInterval() {
  Decimal low = Money();
  Decimal high = Money();
  if (high < low) std::swap(low, high);
  if (low == high) return Interval::PointAt(low);
  Interval interval{{low, Int(0, 3) == 0, Int(0, 3) == 0}, {high, Int(0, 3) == 0, Int(0, 3) == 0}};
  if (Int(0, 5) == 0) interval.low = {};
  if (Int(0, 5) == 0) interval.high = {};
  return interval;
}

Decimal DecimalGenerator::Member(const Interval& interval) {
  const Decimal unit = Decimal::FromInt(1);
  if (interval.low.IsOpen() && interval.high.IsOpen()) return Money();
  if (interval.low.IsOpen()) return *Subtract(*interval.high.value, unit);
  if (interval.high.IsOpen()) return *Add(*interval.low.value, unit);
  if (!interval.low.strict && Int(0, 3) == 0) return *interval.low.value;
  if (!interval.high.strict && Int(0, 3) == 0) return *interval.high.value;
  const Decimal weight = *Decimal::FromParts(Int(1, 9), 1);
  const Decimal width = *Subtract(*interval.high.value, *interval.low.value);
  return *Add(*interval.low.value, *Multiply(width, weight));
}

}  // namespace outlay::money
