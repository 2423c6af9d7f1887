#ifndef OUTLAY_SERVICES_FX_FRACTION_H_
#define OUTLAY_SERVICES_FX_FRACTION_H_

#include "absl/status/statusor.h"
#include "services/common/money/decimal.h"

namespace outlay::fx {

// A positive fraction of two decimals: the exact form of every rate. Built of the published
// figures, so that nothing is divided before the one division at the end.
struct Fraction {
  money::Decimal numerator = money::Decimal::FromInt(1);
  money::Decimal denominator = money::Decimal::FromInt(1);

  friend bool operator==(const Fraction&, const Fraction&) = default;
};

// fraction × factor, fraction ÷ factor, fraction × other; factors are positive. AMOUNT_OVERFLOW
// where a part outgrows 38 digits.
absl::StatusOr<Fraction> Times(const Fraction& fraction, const money::Decimal& factor);
absl::StatusOr<Fraction> Over(const Fraction& fraction, const money::Decimal& factor);
absl::StatusOr<Fraction> Times(const Fraction& fraction, const Fraction& other);

inline Fraction Reciprocal(const Fraction& fraction) {
  return {fraction.denominator, fraction.numerator};
}

// The same value as integers without a common divisor; the fraction itself where these do not fit.
Fraction InLowestTerms(const Fraction& fraction);

// The same value over 1 where a decimal can hold it, otherwise the fraction itself.
Fraction OverOneIfExact(const Fraction& fraction);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_FRACTION_H_
