#include "services/common/money/decimal.h"

#include <fmt/format.h>

#include <bit>
#include <cstdlib>
#include <limits>
#include <ostream>

#include "services/common/money/decimal_internal.h"
#include "services/common/money/errors.h"

namespace outlay::money {
namespace {

constexpr int kNanosScale = 9;
constexpr int64_t kNanosPerUnit = 1'000'000'000;

int TrailingZeroBits(Magnitude magnitude) {
  const auto low = static_cast<uint64_t>(magnitude);
  if (low != 0) return std::countr_zero(low);
  return 64 + std::countr_zero(static_cast<uint64_t>(magnitude >> 64));
}

// 2^64 leaves 1 when divided by 5, so the two words' remainders add up; this spares a 128-bit
// division.
bool IsMultipleOfFive(Magnitude magnitude) {
  return (static_cast<uint64_t>(magnitude) % 5 + static_cast<uint64_t>(magnitude >> 64) % 5) % 5 ==
         0;
}

}  // namespace

void StripZeros(Magnitude& magnitude, int& scale) {
  // Most numbers have nothing to strip, and the low bits or the test by five say so at once.
  for (int step = 32; step > 0; step /= 2) {
    if ((magnitude & 1) != 0 || !IsMultipleOfFive(magnitude)) return;
    if (scale < step || TrailingZeroBits(magnitude) < step) continue;
    const Magnitude quotient = Quotient(magnitude, kPowersOfTen[step]);
    if (quotient * kPowersOfTen[step] != magnitude) continue;
    magnitude = quotient;
    scale -= step;
  }
}

absl::StatusOr<Decimal> Canonical(bool negative, Magnitude magnitude, int scale,
                                  const char* operation) {
  if (magnitude == 0) return Decimal();
  if (scale > 0) StripZeros(magnitude, scale);
  if (scale < 0) {
    if (scale < -Decimal::kMaxScale || !MultiplyFits(magnitude, kPowersOfTen[-scale], magnitude)) {
      return AmountOverflow(operation);
    }
    scale = 0;
  }
  if (scale > Decimal::kMaxScale || magnitude >= kMagnitudeLimit) return AmountOverflow(operation);
  return DecimalAccess::Make(negative, magnitude, scale);
}

Magnitude DropPlaces(bool negative, Magnitude magnitude, int places, Rounding rounding) {
  if (places <= Decimal::kMaxScale) {
    return RoundedQuotient(negative, magnitude, kPowersOfTen[places], rounding);
  }
  // Less than 10^38 is below half of 10^39.
  return RoundsAway(rounding, negative, false, magnitude == 0, std::strong_ordering::less) ? 1 : 0;
}

absl::StatusOr<Decimal> Decimal::FromParts(__int128 coefficient, int scale) {
  return Canonical(coefficient < 0, MagnitudeOf(coefficient), scale, "number");
}

absl::StatusOr<Decimal> Decimal::FromUnitsNanos(int64_t units, int32_t nanos) {
  if (nanos <= -kNanosPerUnit || nanos >= kNanosPerUnit) {
    return MalformedUnitsNanos(fmt::format("{} is not between -999999999 and 999999999", nanos));
  }
  if ((units > 0 && nanos < 0) || (units < 0 && nanos > 0)) {
    return MalformedUnitsNanos(
        fmt::format("{} has another sign than the units, {}; both must agree", nanos, units));
  }
  return FromParts(static_cast<__int128>(units) * kNanosPerUnit + nanos, kNanosScale);
}

Decimal Decimal::PowerOfTen(int exponent) {
  // A programming error, as an index out of bounds is.
  if (exponent < -kMaxScale || exponent >= kMaxDigits) std::abort();
  if (exponent < 0) return DecimalAccess::Make(false, 1, -exponent);
  return DecimalAccess::Make(false, kPowersOfTen[exponent], 0);
}

bool Decimal::IsPowerOfTen() const {
  if (coefficient_ <= 0) return false;
  if (scale_ > 0) return coefficient_ == 1;
  Magnitude magnitude = MagnitudeOf(coefficient_);
  int room = kMaxDigits;
  StripZeros(magnitude, room);
  return magnitude == 1;
}

absl::StatusOr<UnitsNanos> Decimal::ToUnitsNanos() const {
  if (scale_ > kNanosScale) return AmountOverflow("conversion to units and nanos");
  const auto power = static_cast<__int128>(kPowersOfTen[scale_]);
  const __int128 units = coefficient_ / power;
  if (units > std::numeric_limits<int64_t>::max() || units < std::numeric_limits<int64_t>::min()) {
    return AmountOverflow("conversion to units and nanos");
  }
  const __int128 rest = coefficient_ % power;
  const __int128 nanos = rest * static_cast<__int128>(kPowersOfTen[kNanosScale - scale_]);
  return UnitsNanos{static_cast<int64_t>(units), static_cast<int32_t>(nanos)};
}

size_t Decimal::Hash() const {
  // A multiplicative mix per word; the constants are odd and have well spread bits.
  uint64_t hash = LowWord() * 0x9E3779B97F4A7C15u;
  hash = (hash ^ (hash >> 32)) + HighWord() * 0xC2B2AE3D27D4EB4Fu;
  hash = (hash ^ (hash >> 29)) + static_cast<uint64_t>(scale_);
  hash *= 0x165667B19E3779F9u;
  return hash ^ (hash >> 32);
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (a.scale_ == b.scale_) return a.coefficient_ <=> b.coefficient_;
  if (a.Sign() != b.Sign()) return a.Sign() <=> b.Sign();
  Magnitude left = MagnitudeOf(a.coefficient_);
  Magnitude right = MagnitudeOf(b.coefficient_);
  std::strong_ordering order = std::strong_ordering::equal;
  // What no longer fits 128 bits is beyond every coefficient.
  if (a.scale_ < b.scale_) {
    const bool fits = MultiplyFits(left, kPowersOfTen[b.scale_ - a.scale_], left);
    order = fits ? left <=> right : std::strong_ordering::greater;
  } else {
    const bool fits = MultiplyFits(right, kPowersOfTen[a.scale_ - b.scale_], right);
    order = fits ? left <=> right : std::strong_ordering::less;
  }
  return a.Sign() < 0 ? 0 <=> order : order;
}

std::ostream& operator<<(std::ostream& out, const Decimal& value) {
  return out << value.ToString();
}

}  // namespace outlay::money
