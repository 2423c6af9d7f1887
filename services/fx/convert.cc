#include "services/fx/convert.h"

#include "services/fx/errors.h"

namespace outlay::fx {

absl::StatusOr<money::UnitsNanos> ConvertAmount(const money::Decimal& amount,
                                                const RateAnswer& rate, const money::Currency& to,
                                                const RoundingChoice& rounding) {
  const int scale = rounding.scale.value_or(to.minor_units.value_or(kMaxAmountPlaces));
  const absl::StatusOr<money::Decimal> converted = money::MultiplyDivide(
      amount, rate.rate.numerator, rate.rate.denominator, scale, rounding.mode);
  if (converted.ok()) {
    absl::StatusOr<money::UnitsNanos> parts = converted->ToUnitsNanos();
    if (parts.ok()) return parts;
  }
  return ConvertedAmountOverflow(amount.ToString(), {.provider = rate.provider,
                                                     .from_currency = rate.from_currency,
                                                     .to_currency = rate.to_currency});
}

}  // namespace outlay::fx
