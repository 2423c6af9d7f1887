// What the reader of a cell should know (docs/semantics.md, section 7).
#ifndef OUTLAY_SERVICES_AGGREGATION_CELL_WARNINGS_H_
#define OUTLAY_SERVICES_AGGREGATION_CELL_WARNINGS_H_

#include <vector>

#include "services/aggregation/cell.h"

namespace outlay::aggregation {

// At most so many warnings of one code name their organization; one more counts the rest.
inline constexpr size_t kMaxWarningsOfCode = 20;

// About single figures, in their order: OPEN_INTERVAL, IMPLIED_LOW, MIXED_CALENDARS, PERIOD_AMBIGUOUS, CONFLICTING_SOURCES, PARTIAL
// (a figure that overlaps another of its organization is left out). About the whole: MIXED_MEASURES, MIXED_DEFINITIONS, MIXED_BASES,
// MIXED_CALENDARS (one fiscal label, several stretches of time). By code, in the order of section 7.
// `cell` has its sums and lists.
std::vector<Warning> WarningsOf(const Query& query, const Cell& cell,
                                const std::vector<CellPart>& parts);

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_CELL_WARNINGS_H_
