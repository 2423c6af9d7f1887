#include "services/aggregation/definition_order.h"

#include <algorithm>
#include <iterator>

namespace outlay::aggregation {
namespace {

// No definition belongs to two measures, so that one list serves all. tests/end_to_end checks it against ListMeasures.
constexpr std::string_view kOrder[] = {
    "",
    "purchases_of_property_and_equipment",
    "purchases_net_of_proceeds_and_incentives",
    "purchases_and_finance_lease_principal",
    "purchases_and_noncash_leases",
    "accrual_basis_additions",
    "original_budget",
    "final_budget",
    "supplementary_budget",
};

}  // namespace

size_t DefaultDefinitionRank(std::string_view definition) {
  return static_cast<size_t>(std::find(std::begin(kOrder), std::end(kOrder), definition) -
                             std::begin(kOrder));
}

}  // namespace outlay::aggregation
