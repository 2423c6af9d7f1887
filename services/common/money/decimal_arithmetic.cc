// Checked arithmetic on Decimals: 128 bits where the intermediates fit, wide integers where not.
#include "services/common/money/decimal.h"
#include "services/common/money/decimal_internal.h"
#include "services/common/money/errors.h"
#include "services/common/money/wide_integer.h"

namespace outlay::money {
namespace {

constexpr char kSum[] = "sum";
constexpr char kProduct[] = "product";
constexpr char kQuotient[] = "quotient";

// a × b × 10^exponent ÷ denominator rounded to an integer; false where an intermediate needs more
// than 128 bits.
bool FastQuotient(bool negative, Magnitude a, Magnitude b, Magnitude denominator, int exponent,
                  Rounding rounding, Magnitude& quotient) {
  if (exponent > Decimal::kMaxScale || exponent < -Decimal::kMaxScale) return false;
  Magnitude numerator;
  if (!MultiplyFits(a, b, numerator)) return false;
  if (exponent > 0 && !MultiplyFits(numerator, kPowersOfTen[exponent], numerator)) return false;
  if (exponent < 0 && !MultiplyFits(denominator, kPowersOfTen[-exponent], denominator))
    return false;
  quotient = RoundedQuotient(negative, numerator, denominator, rounding);
  return true;
}

bool IsQuotientNegative(const Decimal& a, const Decimal& numerator, const Decimal& denominator) {
  return (a.Sign() < 0) != ((numerator.Sign() < 0) != (denominator.Sign() < 0));
}

}  // namespace

absl::StatusOr<Decimal> Add(const Decimal& a, const Decimal& b) {
  if (a.IsZero()) return b;
  if (b.IsZero()) return a;
  const int scale = a.scale() > b.scale() ? a.scale() : b.scale();
  Magnitude left;
  Magnitude right;
  // An aligned operand of 2 × 10^38 or more cannot come back into range: the other one is below
  // 10^38, and their sum ends in the other's last digit, which is not zero.
  if (!MultiplyFits(MagnitudeOf(a.coefficient()), kPowersOfTen[scale - a.scale()], left) ||
      !MultiplyFits(MagnitudeOf(b.coefficient()), kPowersOfTen[scale - b.scale()], right) ||
      left >= 2 * kMagnitudeLimit || right >= 2 * kMagnitudeLimit) {
    return AmountOverflow(kSum);
  }
  const bool negative = a.Sign() < 0;
  if (a.Sign() == b.Sign()) return Canonical(negative, left + right, scale, kSum);
  if (left >= right) return Canonical(negative, left - right, scale, kSum);
  return Canonical(!negative, right - left, scale, kSum);
}

absl::StatusOr<Decimal> Subtract(const Decimal& a, const Decimal& b) { return Add(a, -b); }

absl::StatusOr<Decimal> Multiply(const Decimal& a, const Decimal& b) {
  const bool negative = (a.Sign() < 0) != (b.Sign() < 0);
  const int scale = a.scale() + b.scale();
  const Magnitude left = MagnitudeOf(a.coefficient());
  const Magnitude right = MagnitudeOf(b.coefficient());
  Magnitude product;
  if (MultiplyFits(left, right, product)) return Canonical(negative, product, scale, kProduct);
  // Only trailing zeros can bring it back into range; the wide division by 10^scale rounds nothing.
  return WideQuotient(negative, ToWide(left) * ToWide(right), WidePowerOfTen(scale), scale,
                      Rounding::kDown, kProduct);
}

absl::StatusOr<Decimal> Round(const Decimal& value, int scale, Rounding rounding) {
  if (!IsValidScale(scale)) return InvalidScale(scale);
  if (value.scale() <= scale) return value;
  const bool negative = value.Sign() < 0;
  const Magnitude rounded =
      DropPlaces(negative, MagnitudeOf(value.coefficient()), value.scale() - scale, rounding);
  return Canonical(negative, rounded, scale, "rounded number");
}

absl::StatusOr<Decimal> Divide(const Decimal& a, const Decimal& b, int scale, Rounding rounding) {
  return MultiplyDivide(a, Decimal::FromInt(1), b, scale, rounding);
}

absl::StatusOr<Decimal> MultiplyDivide(const Decimal& a, const Decimal& numerator,
                                       const Decimal& denominator, int scale, Rounding rounding) {
  if (denominator.IsZero()) return DivisionByZero();
  if (!IsValidScale(scale)) return InvalidScale(scale);
  const bool negative = IsQuotientNegative(a, numerator, denominator);
  const int exponent = denominator.scale() - a.scale() - numerator.scale();
  const Magnitude left = MagnitudeOf(a.coefficient());
  const Magnitude right = MagnitudeOf(numerator.coefficient());
  const Magnitude divisor = MagnitudeOf(denominator.coefficient());
  Magnitude quotient;
  if (FastQuotient(negative, left, right, divisor, scale + exponent, rounding, quotient)) {
    return Canonical(negative, quotient, scale, kQuotient);
  }
  WideInteger wide_numerator = ToWide(left) * ToWide(right);
  WideInteger wide_denominator = ToWide(divisor);
  if (exponent > 0) wide_numerator *= WidePowerOfTen(exponent);
  if (exponent < 0) wide_denominator *= WidePowerOfTen(-exponent);
  return WideQuotient(negative, std::move(wide_numerator), std::move(wide_denominator), scale,
                      rounding, kQuotient);
}

absl::StatusOr<Decimal> DivideSignificant(const Decimal& a, const Decimal& b, int digits,
                                          Rounding rounding) {
  return MultiplyDivideSignificant(a, Decimal::FromInt(1), b, digits, rounding);
}

absl::StatusOr<Decimal> MultiplyDivideSignificant(const Decimal& a, const Decimal& numerator,
                                                  const Decimal& denominator, int digits,
                                                  Rounding rounding) {
  if (denominator.IsZero()) return DivisionByZero();
  if (digits < 1 || digits > Decimal::kMaxDigits) return InvalidDigits(digits);
  WideInteger wide_numerator = ToWide(MagnitudeOf(a.coefficient())) *
                               ToWide(MagnitudeOf(numerator.coefficient())) *
                               WidePowerOfTen(denominator.scale());
  WideInteger wide_denominator = ToWide(MagnitudeOf(denominator.coefficient())) *
                                 WidePowerOfTen(a.scale() + numerator.scale());
  return WideQuotientSignificant(IsQuotientNegative(a, numerator, denominator), wide_numerator,
                                 wide_denominator, digits, rounding, kQuotient);
}

}  // namespace outlay::money
