#include "services/common/money/wide_integer.h"

#include <utility>

#include "services/common/money/errors.h"

namespace outlay::money {
namespace {

Magnitude ToMagnitude(const WideInteger& value) {
  const WideInteger high = value >> 64;
  const WideInteger low = value & WideInteger(~uint64_t{0});
  return Magnitude{high.convert_to<uint64_t>()} << 64 | low.convert_to<uint64_t>();
}

// How many digits stand before the decimal point of numerator ÷ denominator: k with
// 10^(k-1) <= quotient < 10^k; zero or negative for quotients below 1.
int IntegerDigits(const WideInteger& numerator, const WideInteger& denominator) {
  const auto at_least = [&](int exponent) {
    return exponent >= 0 ? numerator >= denominator * WidePowerOfTen(exponent)
                         : numerator * WidePowerOfTen(-exponent) >= denominator;
  };
  const int64_t bits =
      static_cast<int64_t>(msb(numerator)) - static_cast<int64_t>(msb(denominator));
  int digits = static_cast<int>(bits * 30103 / 100000);  // log10 of 2
  while (at_least(digits)) ++digits;
  while (!at_least(digits - 1)) --digits;
  return digits;
}

}  // namespace

WideInteger ToWide(Magnitude magnitude) {
  WideInteger wide = static_cast<uint64_t>(magnitude >> 64);
  wide <<= 64;
  wide |= static_cast<uint64_t>(magnitude);
  return wide;
}

WideInteger ToWide(const Decimal& value) {
  WideInteger wide = ToWide(MagnitudeOf(value.coefficient()));
  return value.Sign() < 0 ? WideInteger(-wide) : wide;
}

WideInteger WidePowerOfTen(int exponent) {
  if (exponent < static_cast<int>(kPowersOfTen.size())) return ToWide(kPowersOfTen[exponent]);
  return pow(WideInteger(10), static_cast<unsigned>(exponent));
}

WideInteger Remainder(const WideInteger& value, const WideInteger& divisor) {
  constexpr size_t kWordBits = 8 * sizeof(boost::multiprecision::limb_type);
  constexpr size_t kPieceWords =
      6;  // with a short remainder before it, a piece stays within the inner bits
  const auto& words = value.backend();
  if (divisor.backend().size() == 1 || divisor.backend().size() > 2 ||
      words.size() <= 2 * kPieceWords) {
    return value % divisor;
  }
  WideInteger remainder = 0;
  // Piece by piece from the most significant one, as by hand.
  for (size_t end = words.size(); end > 0;) {
    const size_t begin = end > kPieceWords ? end - kPieceWords : 0;
    WideInteger piece;
    import_bits(piece, words.limbs() + begin, words.limbs() + end, 0, false);
    remainder <<= kWordBits * (end - begin);
    remainder |= piece;
    remainder %= divisor;
    end = begin;
  }
  return remainder;
}

absl::StatusOr<Decimal> WideQuotient(bool negative, WideInteger numerator, WideInteger denominator,
                                     int scale, Rounding rounding, const char* operation) {
  if (scale > 0) numerator *= WidePowerOfTen(scale);
  if (scale < 0) denominator *= WidePowerOfTen(-scale);
  WideInteger quotient;
  WideInteger remainder;
  divide_qr(numerator, denominator, quotient, remainder);
  const int half = remainder.compare(WideInteger(denominator - remainder));
  if (RoundsAway(rounding, negative, bit_test(quotient, 0), remainder.is_zero(), half <=> 0)) {
    ++quotient;
  }
  const WideInteger limit = ToWide(kMagnitudeLimit);
  while (scale > 0 && (quotient >= limit || scale > Decimal::kMaxScale)) {
    if (quotient % 10 != 0) return AmountOverflow(operation);
    quotient /= 10;
    --scale;
  }
  if (quotient >= limit) return AmountOverflow(operation);
  return Canonical(negative, ToMagnitude(quotient), scale, operation);
}

absl::StatusOr<Decimal> WideQuotientSignificant(bool negative, const WideInteger& numerator,
                                                const WideInteger& denominator, int digits,
                                                Rounding rounding, const char* operation) {
  if (numerator.is_zero()) return Decimal();
  const int integer_digits = IntegerDigits(numerator, denominator);
  // Outside of what any rounding could bring back into range; this also bounds the work below.
  if (integer_digits > Decimal::kMaxDigits || integer_digits < -Decimal::kMaxScale) {
    return AmountOverflow(operation);
  }
  return WideQuotient(negative, numerator, denominator, digits - integer_digits, rounding,
                      operation);
}

}  // namespace outlay::money
