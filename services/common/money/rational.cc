#include "services/common/money/rational.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <utility>

#include "services/common/money/errors.h"
#include "services/common/money/wide_integer.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::money {

struct Rational::Fraction {
  WideInteger numerator = 0;
  WideInteger denominator = 1;
};

namespace {

constexpr char kFraction[] = "rounded fraction";

template <typename Fraction>
void Reduce(Fraction& fraction) {
  if (fraction.denominator < 0) {
    fraction.numerator = -fraction.numerator;
    fraction.denominator = -fraction.denominator;
  }
  const WideInteger divisor = gcd(fraction.numerator, fraction.denominator);
  if (divisor == 1) return;
  fraction.numerator /= divisor;
  fraction.denominator /= divisor;
}

// The greatest common divisor, for b > 0. The greater number is first divided by the smaller one, so that a small number against a long
// one costs time linear in the long one's length.
WideInteger CommonDivisor(const WideInteger& a, const WideInteger& b) {
  const WideInteger magnitude = abs(a);
  if (magnitude == 0) return b;
  return magnitude < b ? gcd(magnitude, Remainder(b, magnitude)) : gcd(b, Remainder(magnitude, b));
}

// Most divisors are 1, and a division of a long number costs as much as any.
WideInteger DividedBy(const WideInteger& divisor, const WideInteger& value) {
  return divisor == 1 ? value : WideInteger(value / divisor);
}

// numerator/denominator times other_numerator/other_denominator, both in lowest terms with positive denominators. Dividing
// crosswise before multiplying leaves lowest terms.
template <typename Fraction>
void SetProduct(const WideInteger& numerator, const WideInteger& denominator,
                const WideInteger& other_numerator, const WideInteger& other_denominator,
                Fraction& product) {
  const WideInteger left = CommonDivisor(numerator, other_denominator);
  const WideInteger right = CommonDivisor(other_numerator, denominator);
  product.numerator = DividedBy(left, numerator) * DividedBy(right, other_numerator);
  product.denominator = DividedBy(right, denominator) * DividedBy(left, other_denominator);
}

absl::StatusOr<WideInteger> ParseInteger(std::string_view field, std::string_view text) {
  std::string_view digits = text;
  if (!digits.empty() && digits.front() == '-') digits.remove_prefix(1);
  if (digits.empty() || digits.size() > Rational::kMaxParseDigits ||
      !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return MalformedFraction(field, fmt::format("{} is not an integer of 1 to {} digits",
                                                Quote(text), Rational::kMaxParseDigits));
  }
  // Boost reads a leading zero as an octal number.
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - 1));
  WideInteger value{std::string(digits)};
  return text.front() == '-' ? WideInteger(-value) : value;
}

}  // namespace

Rational::Rational() = default;
Rational::~Rational() = default;
Rational::Rational(Rational&& other) noexcept = default;
Rational& Rational::operator=(Rational&& other) noexcept = default;
Rational::Rational(std::unique_ptr<Fraction> fraction) : fraction_(std::move(fraction)) {}

Rational::Rational(int64_t value) : Rational(Decimal::FromInt(value)) {}

Rational::Rational(const Decimal& value) : fraction_(std::make_unique<Fraction>()) {
  fraction_->numerator = ToWide(value);
  fraction_->denominator = WidePowerOfTen(value.scale());
  if (value.scale() > 0) Reduce(*fraction_);
}

Rational::Rational(const Rational& other)
    : fraction_(other.fraction_ ? std::make_unique<Fraction>(*other.fraction_) : nullptr) {}

Rational& Rational::operator=(const Rational& other) {
  if (this != &other) *this = Rational(other);
  return *this;
}

absl::StatusOr<Rational> Rational::FromFraction(const Decimal& numerator,
                                                const Decimal& denominator) {
  return Divide(Rational(numerator), Rational(denominator));
}

absl::StatusOr<Rational> Rational::Parse(std::string_view numerator, std::string_view denominator) {
  auto fraction = std::make_unique<Fraction>();
  ASSIGN_OR_RETURN(fraction->numerator, ParseInteger("numerator", numerator));
  ASSIGN_OR_RETURN(fraction->denominator, ParseInteger("denominator", denominator));
  if (fraction->denominator == 0) {
    return InvalidField("DIVISION_BY_ZERO", "denominator", "must not be zero");
  }
  Reduce(*fraction);
  return Rational(std::move(fraction));
}

const Rational::Fraction& Rational::fraction() const {
  static const Fraction kZero;
  return fraction_ ? *fraction_ : kZero;
}

int Rational::Sign() const { return fraction().numerator.sign(); }

Rational Rational::Abs() const { return Sign() < 0 ? -*this : *this; }

Rational Rational::operator-() const {
  Rational result(*this);
  if (result.fraction_) result.fraction_->numerator = -result.fraction_->numerator;
  return result;
}

Rational& Rational::operator+=(const Rational& other) {
  const Fraction& a = fraction();
  const Fraction& b = other.fraction();
  auto sum = std::make_unique<Fraction>();
  if (a.denominator == b.denominator) {
    sum->numerator = a.numerator + b.numerator;
    sum->denominator = a.denominator;
    Reduce(*sum);
  } else {
    // Only a factor of both denominators can be one of the sum's two parts: no divisor of the long sum itself is looked for
    // (Knuth, The Art of Computer Programming, 4.5.1).
    const WideInteger common = CommonDivisor(a.denominator, b.denominator);
    const WideInteger a_rest = DividedBy(common, a.denominator);
    sum->numerator = a.numerator * DividedBy(common, b.denominator) + b.numerator * a_rest;
    const WideInteger divisor = common == 1 ? common : CommonDivisor(sum->numerator, common);
    sum->numerator = DividedBy(divisor, sum->numerator);
    sum->denominator = a_rest * DividedBy(divisor, b.denominator);
  }
  fraction_ = std::move(sum);
  return *this;
}

Rational& Rational::operator-=(const Rational& other) { return *this += -other; }

Rational& Rational::operator*=(const Rational& other) {
  const Fraction& a = fraction();
  const Fraction& b = other.fraction();
  auto product = std::make_unique<Fraction>();
  SetProduct(a.numerator, a.denominator, b.numerator, b.denominator, *product);
  fraction_ = std::move(product);
  return *this;
}

absl::StatusOr<Rational> Divide(const Rational& a, const Rational& b) {
  if (b.IsZero()) return DivisionByZero();
  const bool negative = b.Sign() < 0;
  auto quotient = std::make_unique<Rational::Fraction>();
  SetProduct(a.fraction().numerator, a.fraction().denominator, b.fraction().denominator,
             WideInteger(abs(b.fraction().numerator)), *quotient);
  if (negative) quotient->numerator = -quotient->numerator;
  return Rational(std::move(quotient));
}

bool operator==(const Rational& a, const Rational& b) {
  return a.fraction().numerator == b.fraction().numerator &&
         a.fraction().denominator == b.fraction().denominator;
}

std::strong_ordering operator<=>(const Rational& a, const Rational& b) {
  const WideInteger left = a.fraction().numerator * b.fraction().denominator;
  const WideInteger right = b.fraction().numerator * a.fraction().denominator;
  return left.compare(right) <=> 0;
}

absl::StatusOr<Decimal> Rational::ToDecimal(int scale, Rounding rounding) const {
  if (!IsValidScale(scale)) return InvalidScale(scale);
  return WideQuotient(Sign() < 0, abs(fraction().numerator), fraction().denominator, scale,
                      rounding, kFraction);
}

absl::StatusOr<Decimal> Rational::ToDecimalSignificant(int digits, Rounding rounding) const {
  if (digits < 1 || digits > Decimal::kMaxDigits) return InvalidDigits(digits);
  return WideQuotientSignificant(Sign() < 0, abs(fraction().numerator), fraction().denominator,
                                 digits, rounding, kFraction);
}

std::optional<Decimal> Rational::ToExactDecimal() const {
  const absl::StatusOr<Decimal> value = ToDecimal(Decimal::kMaxScale, Rounding::kDown);
  if (!value.ok() || Rational(*value) != *this) return std::nullopt;
  return *value;
}

bool Rational::CanBeParsed() const {
  static const WideInteger kBeyond = WidePowerOfTen(static_cast<int>(kMaxParseDigits));
  return abs(fraction().numerator) < kBeyond && fraction().denominator < kBeyond;
}

std::string Rational::NumeratorString() const { return fraction().numerator.str(); }

std::string Rational::DenominatorString() const { return fraction().denominator.str(); }

std::string Rational::ToString() const {
  if (fraction().denominator == 1) return NumeratorString();
  return NumeratorString() + "/" + DenominatorString();
}

std::ostream& operator<<(std::ostream& out, const Rational& value) {
  return out << value.ToString();
}

}  // namespace outlay::money
