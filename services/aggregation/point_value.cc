#include "services/aggregation/point_value.h"

namespace outlay::aggregation {

std::optional<money::PointValue> PointOf(PointRule rule, const money::Amount& amount) {
  if (rule == PointRule::kDefault || amount.bound == money::Bound::kPoint) {
    return money::Point(amount);
  }
  const bool low = rule == PointRule::kLow;
  const std::optional<money::Decimal>& end = low ? amount.low : amount.high;
  if (!end) return std::nullopt;
  return money::PointValue{*end, low ? money::PointSource::kFloor : money::PointSource::kCeiling};
}

}  // namespace outlay::aggregation
