// What the parts of the Decimal implementation share. Not for other libraries.
#ifndef OUTLAY_SERVICES_COMMON_MONEY_DECIMAL_INTERNAL_H_
#define OUTLAY_SERVICES_COMMON_MONEY_DECIMAL_INTERNAL_H_

#include <array>
#include <compare>
#include <cstdint>

#include "absl/status/statusor.h"
#include "services/common/money/decimal.h"
#include "services/common/money/rounding.h"

namespace outlay::money {

using Magnitude = unsigned __int128;

inline constexpr std::array<Magnitude, 39> kPowersOfTen = [] {
  std::array<Magnitude, 39> powers{};
  Magnitude power = 1;
  for (Magnitude& entry : powers) {
    entry = power;
    power *= 10;
  }
  return powers;
}();

// Magnitudes of coefficients are below this.
inline constexpr Magnitude kMagnitudeLimit = kPowersOfTen[38];

class DecimalAccess {
 public:
  // `magnitude` and `scale` must be canonical already.
  static constexpr Decimal Make(bool negative, Magnitude magnitude, int scale) {
    const auto coefficient = static_cast<__int128>(magnitude);
    return Decimal(negative ? -coefficient : coefficient, scale);
  }
};

constexpr Magnitude MagnitudeOf(__int128 coefficient) {
  const auto bits = static_cast<Magnitude>(coefficient);
  return coefficient < 0 ? -bits : bits;
}

// False, and `product` undefined, when a × b does not fit 128 bits.
inline bool MultiplyFits(Magnitude a, Magnitude b, Magnitude& product) {
  return !__builtin_mul_overflow(a, b, &product);
}

// a ÷ b truncated. The processor divides 64 bits much faster than the library 128.
inline Magnitude Quotient(Magnitude a, Magnitude b) {
  if ((a | b) >> 64 == 0) return static_cast<uint64_t>(a) / static_cast<uint64_t>(b);
  return a / b;
}

// Takes trailing zeros off `magnitude`, and as many off `scale`, until one runs out. Requires
// magnitude > 0.
void StripZeros(Magnitude& magnitude, int& scale);

// ±magnitude × 10^-scale for any scale, made canonical; AmountOverflow(operation) where it does not
// fit.
absl::StatusOr<Decimal> Canonical(bool negative, Magnitude magnitude, int scale,
                                  const char* operation);

// Whether a quotient truncated toward zero must move one away from zero. `half` compares the
// remainder with half of the divisor; `exact` means that there is no remainder.
constexpr bool RoundsAway(Rounding rounding, bool negative, bool odd, bool exact,
                          std::strong_ordering half) {
  if (exact) return false;
  switch (rounding) {
    case Rounding::kHalfEven:
      return half > 0 || (half == 0 && odd);
    case Rounding::kHalfUp:
      return half >= 0;
    case Rounding::kDown:
      return false;
    case Rounding::kUp:
      return true;
    case Rounding::kFloor:
      return negative;
    case Rounding::kCeiling:
      return !negative;
  }
  return false;
}

// magnitude ÷ divisor rounded to an integer. Requires divisor > 0.
inline Magnitude RoundedQuotient(bool negative, Magnitude magnitude, Magnitude divisor,
                                 Rounding rounding) {
  const Magnitude quotient = Quotient(magnitude, divisor);
  const Magnitude remainder = magnitude - quotient * divisor;
  const bool away = RoundsAway(rounding, negative, (quotient & 1) != 0, remainder == 0,
                               remainder <=> divisor - remainder);
  return away ? quotient + 1 : quotient;
}

// magnitude ÷ 10^places rounded to an integer, for any places >= 0 and magnitude < 10^38.
Magnitude DropPlaces(bool negative, Magnitude magnitude, int places, Rounding rounding);

inline bool IsValidScale(int scale) {
  return scale >= -Decimal::kMaxScale && scale <= Decimal::kMaxScale;
}

}  // namespace outlay::money

#endif  // OUTLAY_SERVICES_COMMON_MONEY_DECIMAL_INTERNAL_H_
