// Exact decimal numbers: the only way an amount, a rate or a percentage is held.
//
// A Decimal is coefficient × 10^-scale with |coefficient| < 10^38 and scale 0..38. It is canonical:
// a fraction never ends in zero and there is no negative zero, so equal values are equal in every
// bit and 1.50 prints as "1.5". All functions here are pure and thread-safe.
//
// Arithmetic is exact or fails. A result that does not fit is OUT_OF_RANGE, reason AMOUNT_OVERFLOW;
// a division by zero is INVALID_ARGUMENT, reason DIVISION_BY_ZERO. Nothing wraps or loses a digit
// except where a Rounding is passed.
#ifndef OUTLAY_SERVICES_COMMON_MONEY_DECIMAL_H_
#define OUTLAY_SERVICES_COMMON_MONEY_DECIMAL_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "services/common/money/rounding.h"

namespace outlay::money {

// A signed units + nanos pair as in google.type.Money: signs agree, |nanos| < 10^9.
struct UnitsNanos {
  int64_t units = 0;
  int32_t nanos = 0;

  friend bool operator==(const UnitsNanos&, const UnitsNanos&) = default;
};

class Decimal {
 public:
  static constexpr int kMaxDigits = 38;
  static constexpr int kMaxScale = 38;
  static constexpr size_t kMaxParseLength = 256;  // characters
  static constexpr int kMaxParseExponent = 999;   // of the "e" notation, either sign

  // Zero.
  constexpr Decimal() = default;

  // Reads  ['-'] digits ['.' digits] [('e' | 'E') ['+' | '-'] digits] : no blanks, no leading '+',
  // no grouping, a digit on both sides of the point. Leading zeros and trailing fraction zeros are
  // fine. Errors are INVALID_ARGUMENT with an empty field path (callers put theirs on with Under):
  // MALFORMED_DECIMAL names the character and its position (from 1, in bytes);
  // DECIMAL_OUT_OF_RANGE: more than 38 digits, |value| >= 10^38, more than 38 fraction digits, or
  // an exponent beyond ±999.
  static absl::StatusOr<Decimal> Parse(std::string_view text);

  static constexpr Decimal FromInt(int64_t value) { return Decimal(value, 0); }

  // coefficient × 10^-scale for any scale (a negative one multiplies) as long as the canonical
  // value fits. AMOUNT_OVERFLOW otherwise.
  static absl::StatusOr<Decimal> FromParts(__int128 coefficient, int scale);

  // google.type.Money's parts. INVALID_ARGUMENT, reason MALFORMED_UNITS_NANOS, naming the field
  // "nanos" when the signs differ or |nanos| >= 10^9.
  static absl::StatusOr<Decimal> FromUnitsNanos(int64_t units, int32_t nanos);

  // 10^exponent; requires -38 <= exponent <= 37. For an exponent that comes from outside use
  // FromParts(1, -exponent), which checks it.
  static Decimal PowerOfTen(int exponent);

  constexpr __int128 coefficient() const { return coefficient_; }
  constexpr int scale() const { return scale_; }

  // -1, 0 or 1.
  constexpr int Sign() const { return coefficient_ > 0 ? 1 : coefficient_ < 0 ? -1 : 0; }
  constexpr bool IsZero() const { return coefficient_ == 0; }
  constexpr bool IsInteger() const { return scale_ == 0; }
  constexpr Decimal Abs() const { return coefficient_ < 0 ? -*this : *this; }
  constexpr Decimal operator-() const { return Decimal(-coefficient_, scale_); }

  // True for 1, 10, 0.001, …
  bool IsPowerOfTen() const;

  // Exact. AMOUNT_OVERFLOW when the value needs more than nine decimal places or exceeds int64.
  absl::StatusOr<UnitsNanos> ToUnitsNanos() const;

  // Plain notation without exponent or padding: "-0.05", "1200", "0". Parse reads it back.
  std::string ToString() const;

  // Exactly `scale` fraction digits ("1.50"), rounded where the value has more; a negative scale
  // rounds to 10^-scale and prints an integer ("1200"). -0.001 at two places prints "0.00".
  // Requires scale within ±38; never overflows.
  std::string ToStringFixed(int scale, Rounding rounding) const;

  friend constexpr bool operator==(const Decimal&, const Decimal&) = default;
  // By value, exact for any two scales.
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

  template <typename H>
  friend H AbslHashValue(H state, const Decimal& value) {
    return H::combine(std::move(state), value.LowWord(), value.HighWord(), int{value.scale_});
  }
  size_t Hash() const;

 private:
  friend class DecimalAccess;  // the implementation's way to make a Decimal that is known to be
                               // canonical

  constexpr Decimal(__int128 coefficient, int scale)
      : coefficient_(coefficient), scale_(static_cast<int8_t>(scale)) {}

  constexpr uint64_t LowWord() const { return static_cast<uint64_t>(coefficient_); }
  constexpr uint64_t HighWord() const {
    return static_cast<uint64_t>(static_cast<unsigned __int128>(coefficient_) >> 64);
  }

  __int128 coefficient_ = 0;
  int8_t scale_ = 0;
};

std::ostream& operator<<(std::ostream& out, const Decimal& value);

// Exact.
absl::StatusOr<Decimal> Add(const Decimal& a, const Decimal& b);
absl::StatusOr<Decimal> Subtract(const Decimal& a, const Decimal& b);
absl::StatusOr<Decimal> Multiply(const Decimal& a, const Decimal& b);

// To `scale` decimal places, -38..38 (anything else is INVALID_ARGUMENT, reason INVALID_SCALE); a
// negative scale rounds to a multiple of 10^-scale. Only a negative scale can overflow.
absl::StatusOr<Decimal> Round(const Decimal& value, int scale, Rounding rounding);

// a ÷ b, rounded once to `scale` decimal places (-38..38).
absl::StatusOr<Decimal> Divide(const Decimal& a, const Decimal& b, int scale, Rounding rounding);

// a × numerator ÷ denominator: multiplied first, divided once, rounded once; intermediates are as
// wide as needed, so only the result can overflow. About 30 ns while the intermediates fit 128
// bits.
absl::StatusOr<Decimal> MultiplyDivide(const Decimal& a, const Decimal& numerator,
                                       const Decimal& denominator, int scale, Rounding rounding);

// The same two, rounded once to `digits` significant digits (1..38, else INVALID_ARGUMENT, reason
// INVALID_DIGITS). AMOUNT_OVERFLOW also when the result would need more than 38 decimal places.
absl::StatusOr<Decimal> DivideSignificant(const Decimal& a, const Decimal& b, int digits,
                                          Rounding rounding);
absl::StatusOr<Decimal> MultiplyDivideSignificant(const Decimal& a, const Decimal& numerator,
                                                  const Decimal& denominator, int digits,
                                                  Rounding rounding);

}  // namespace outlay::money

template <>
struct std::hash<outlay::money::Decimal> {
  size_t operator()(const outlay::money::Decimal& value) const noexcept { return value.Hash(); }
};

#endif  // OUTLAY_SERVICES_COMMON_MONEY_DECIMAL_H_
