// Plans the answer to one query: which figures stand in which cells.
#ifndef OUTLAY_SERVICES_AGGREGATION_ANSWER_PLAN_H_
#define OUTLAY_SERVICES_AGGREGATION_ANSWER_PLAN_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/aggregation/cell.h"
#include "services/aggregation/query.h"
#include "services/aggregation/view.h"

namespace outlay::aggregation {

// An organization of the query without a figure for a period.
struct AbsentFigure {
  std::string organization_id;
  time::Period period;     // as wanted
  bool withdrawn = false;  // its guidance was taken back
};

// A cell that has been found and not yet added up.
struct CellPlan {
  std::string order;  // OrderOf(key)
  CellKey key;
  std::vector<CellPart> parts;
  std::string
      counted_in;  // the organization above whose figure holds these; empty: they count themselves
};

// The plan of an answer: which figures stand in which cells. Valid as long as the query and the scope.
//
// An organization counts once in a cell. A subsidiary with a figure where an organization above it has one, for the same wanted
// period, in the same partition and within the same group (where GROUP is a dimension; else the whole query), is not added: it is
// listed beside that organization's figure as ALTERNATIVE, and where ORGANIZATION is a dimension, so that it was asked for a cell of its
// own, has one that says in whose figure it counts. With cells of several periods, overlapping ones are enough for that.
class AnswerPlan {
 public:
  AnswerPlan(const Query& query, const std::optional<time::Moment>& published, const Scope& scope);

  AnswerPlan(const AnswerPlan&) = delete;
  AnswerPlan& operator=(const AnswerPlan&) = delete;

  const std::vector<CellPlan>& cells() const { return cells_; }  // by order
  const std::vector<AbsentFigure>& absent() const {
    return absent_;
  }  // by organization, then as wanted

  // Adds one cell up. AMOUNT_OVERFLOW.
  absl::StatusOr<Cell> Make(const CellPlan& plan, bool with_contributors) const {
    return MakeCell(query_, plan.key, plan.parts, with_contributors);
  }

 private:
  void PlaceWithin(const std::string& group_id);
  // Cells of the figures that no sum has, each with the figure that covers it.
  void PlaceCovered(const std::vector<std::pair<const Figure*, const Figure*>>& covered,
                    const std::string& group_id);

  const Query& query_;
  const Scope& scope_;
  std::vector<OrganizationFigures> figures_;  // by organization of the scope
  std::vector<CellPlan> cells_;
  std::vector<AbsentFigure> absent_;
};

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_ANSWER_PLAN_H_
