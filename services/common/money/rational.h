// Exact fractions of any size, for sums of converted amounts, shares and growth: everything stays
// exact until the one rounding at the end.
#ifndef OUTLAY_SERVICES_COMMON_MONEY_RATIONAL_H_
#define OUTLAY_SERVICES_COMMON_MONEY_RATIONAL_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/common/money/decimal.h"
#include "services/common/money/rounding.h"

namespace outlay::money {

// A value type in lowest terms with a positive denominator. Each operation allocates and costs one or
// two gcds, about a microsecond on small numbers: for figures, not for inner loops over records. Where
// one operand is short the cost is linear in the length of the other, so that a long sum over many
// denominators grows by short terms cheaply; two long operands cost the square of their length.
class Rational {
 public:
  static constexpr size_t kMaxParseDigits = 4096;  // of either part

  // Zero.
  Rational();
  explicit Rational(int64_t value);
  explicit Rational(const Decimal& value);
  ~Rational();
  Rational(const Rational& other);
  Rational& operator=(const Rational& other);
  // A moved-from Rational is zero.
  Rational(Rational&& other) noexcept;
  Rational& operator=(Rational&& other) noexcept;

  // numerator ÷ denominator. INVALID_ARGUMENT, reason DIVISION_BY_ZERO.
  static absl::StatusOr<Rational> FromFraction(const Decimal& numerator,
                                               const Decimal& denominator);

  // The inverse of NumeratorString and DenominatorString: optional '-' and digits each, not
  // necessarily in lowest terms. MALFORMED_FRACTION or DIVISION_BY_ZERO, naming "numerator" or
  // "denominator".
  static absl::StatusOr<Rational> Parse(std::string_view numerator, std::string_view denominator);

  int Sign() const;
  bool IsZero() const { return Sign() == 0; }
  Rational Abs() const;
  Rational operator-() const;

  Rational& operator+=(const Rational& other);
  Rational& operator-=(const Rational& other);
  Rational& operator*=(const Rational& other);

  friend Rational operator+(Rational a, const Rational& b) { return a += b; }
  friend Rational operator-(Rational a, const Rational& b) { return a -= b; }
  friend Rational operator*(Rational a, const Rational& b) { return a *= b; }

  friend bool operator==(const Rational& a, const Rational& b);
  friend std::strong_ordering operator<=>(const Rational& a, const Rational& b);

  // Rounded once, to `scale` decimal places (-38..38, else INVALID_SCALE), a negative one to a
  // multiple of 10^-scale. AMOUNT_OVERFLOW when the result does not fit a Decimal.
  absl::StatusOr<Decimal> ToDecimal(int scale, Rounding rounding) const;

  // Rounded once, to `digits` significant digits (1..38, else INVALID_DIGITS).
  absl::StatusOr<Decimal> ToDecimalSignificant(int digits, Rounding rounding) const;

  // The value itself where a Decimal can hold it.
  std::optional<Decimal> ToExactDecimal() const;

  // Whether both parts have at most kMaxParseDigits digits. Cheap, where writing them is not: the cost
  // of a text is the square of its length.
  bool CanBeParsed() const;

  std::string NumeratorString() const;    // signed
  std::string DenominatorString() const;  // positive
  // "3/4", "-7", "0".
  std::string ToString() const;

 private:
  struct Fraction;
  friend absl::StatusOr<Rational> Divide(const Rational& a, const Rational& b);

  explicit Rational(std::unique_ptr<Fraction> fraction);
  const Fraction& fraction() const;

  std::unique_ptr<Fraction> fraction_;  // null means zero
};

// INVALID_ARGUMENT, reason DIVISION_BY_ZERO.
absl::StatusOr<Rational> Divide(const Rational& a, const Rational& b);

std::ostream& operator<<(std::ostream& out, const Rational& value);

}  // namespace outlay::money

#endif  // OUTLAY_SERVICES_COMMON_MONEY_RATIONAL_H_
