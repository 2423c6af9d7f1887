// The use case: several queries answered at one stamp, in pages.
#ifndef OUTLAY_SERVICES_AGGREGATION_AGGREGATE_H_
#define OUTLAY_SERVICES_AGGREGATION_AGGREGATE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/aggregation/answer_plan.h"
#include "services/aggregation/page_position.h"
#include "services/aggregation/query.h"
#include "services/aggregation/view.h"

namespace outlay::aggregation {

// The version of the rules of docs/semantics.md that this code follows.
inline constexpr std::string_view kRulesVersion = "1";

struct Question {
  std::vector<Query> queries;  // completed
  AsOf as_of;
  uint64_t minimum_sequence = 0;
  bool include_contributors = false;
  size_t page_size = kDefaultPageSize;
  std::optional<PagePosition> page;  // from the page before

  // What the view must have reached before this can be answered.
  uint64_t NeededSequence() const;
  // The field of the request that asks for it.
  std::string_view NeededField() const;
  // Whether the recorded axis is placed beyond `head`, and the caller does not ask to wait until it has been reached.
  bool IsAheadOf(uint64_t head) const;
};

struct CoveredCell {
  Cell cell;
  std::string counted_in_organization_id;
};

struct QueryResult {
  std::string query_id;
  std::vector<Cell> cells;           // by key
  std::vector<CoveredCell> covered;  // by key
  std::vector<AbsentFigure> absent;  // on the first page
};

struct Answer {
  View::Pinned pinned;               // keeps the contributors of the cells alive
  std::vector<QueryResult> results;  // one a query
  std::optional<PagePosition> next;

  uint64_t sequence() const { return pinned.sequence(); }
};

// Answers from the view, which has reached NeededSequence(). A page ends at page_size cells, or earlier where they list so much that a
// message would grow too large. `check` is asked now and then and ends the work with its error. Errors: those of
// View::Collect below "queries[i]", AMOUNT_OVERFLOW.
absl::StatusOr<Answer> Aggregate(const View& view, const Question& question,
                                 const std::function<absl::Status()>& check);

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_AGGREGATE_H_
