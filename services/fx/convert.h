#ifndef OUTLAY_SERVICES_FX_CONVERT_H_
#define OUTLAY_SERVICES_FX_CONVERT_H_

#include <optional>

#include "absl/status/statusor.h"
#include "services/common/money/currency.h"
#include "services/common/money/decimal.h"
#include "services/fx/rate_answer.h"

namespace outlay::fx {

inline constexpr int kMaxAmountPlaces = 9;

// How a converted amount is rounded. Without a scale: to the target currency's minor units, or to
// nine places where it has none (gold).
struct RoundingChoice {
  money::Rounding mode = money::Rounding::kHalfEven;
  std::optional<int> scale;  // 0 to 9
};

// The amount at the answer's rate: multiplied first, divided once, rounded once. OUT_OF_RANGE,
// AMOUNT_OVERFLOW.
absl::StatusOr<money::UnitsNanos> ConvertAmount(const money::Decimal& amount,
                                                const RateAnswer& rate, const money::Currency& to,
                                                const RoundingChoice& rounding);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_CONVERT_H_
