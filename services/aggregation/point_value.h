// Which number of an amount stands for it in a total.
#ifndef OUTLAY_SERVICES_AGGREGATION_POINT_VALUE_H_
#define OUTLAY_SERVICES_AGGREGATION_POINT_VALUE_H_

#include <optional>

#include "services/aggregation/query.h"
#include "services/common/money/amount.h"

namespace outlay::aggregation {

// kDefault: as money::Point. kLow, kHigh: that end where there is one (an implied zero too), marked as floor or ceiling; a POINT
// is its value either way. None where the end is open.
std::optional<money::PointValue> PointOf(PointRule rule, const money::Amount& amount);

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_POINT_VALUE_H_
