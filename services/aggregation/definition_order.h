// The default order of preference among definitions of one measure (docs/semantics.md, section 9).
#ifndef OUTLAY_SERVICES_AGGREGATION_DEFINITION_ORDER_H_
#define OUTLAY_SERVICES_AGGREGATION_DEFINITION_ORDER_H_

#include <cstddef>
#include <string_view>

namespace outlay::aggregation {

// The less the better: first the figure that names no definition, then the order in which ingest's ListMeasures has them, then those that
// this version does not know, which share the last rank.
size_t DefaultDefinitionRank(std::string_view definition);

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_DEFINITION_ORDER_H_
