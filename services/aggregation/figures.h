// The figures of one organization that answer a query: one a wanted period, by the query's preferences.
#ifndef OUTLAY_SERVICES_AGGREGATION_FIGURES_H_
#define OUTLAY_SERVICES_AGGREGATION_FIGURES_H_

#include <cstddef>
#include <optional>
#include <string_view>
#include <tuple>
#include <vector>

#include "services/aggregation/period_match.h"
#include "services/aggregation/query.h"
#include "services/aggregation/selection.h"
#include "services/aggregation/view.h"

namespace outlay::aggregation {

// What separates the figures of one organization and period: those of measure, definition and basis that are dimensions
// of the query; the others are empty.
struct Partition {
  std::string_view measure;
  std::string_view definition;
  std::optional<Basis> basis;

  friend auto operator<=>(const Partition&, const Partition&) = default;
};

// A figure that counts. Valid as long as the scope and the query.
struct Figure {
  const ScopedOrganization* organization = nullptr;
  size_t period_index = 0;  // in the query's periods
  Partition partition;
  Statement selected;
  Exactness exactness = Exactness::kDates;
  std::vector<JudgedStatement>
      others;  // of its key, then ALTERNATIVE: the other keys' selected figures
  std::vector<time::Period>
      not_counted;  // periods of the same organization that overlap with its own
};

struct OrganizationFigures {
  std::vector<Figure> figures;  // by period, then partition
  // Wanted periods without a figure, by index.
  struct Absent {
    size_t period_index = 0;
    bool withdrawn = false;
  };
  std::vector<Absent> absent;
};

// Selects in every key, then prefers one key in each partition of each wanted period: by the query's order of measures,
// then of definitions, then of bases, then by exactness of the period. A query without a list of definitions prefers none: what
// is equal in all that takes the better source class, then the later statement, then the definitions' default order, then the currency.
//
// Where the query's cells hold several periods, figures of the organization whose periods overlap do not both count: that
// of the period named first in the query does. `published` bounds the published axis. O(n log n + periods × keys).
OrganizationFigures SelectFigures(const Query& query, const std::optional<time::Moment>& published,
                                  const ScopedOrganization& organization);

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_FIGURES_H_
