#include "services/aggregation/aggregate.h"

#include <algorithm>
#include <utility>

#include "fmt/format.h"
#include "services/common/status/error.h"

namespace outlay::aggregation {
namespace {

// Rough sizes on the wire: a page must stay well below the message limit of 16 MiB.
constexpr size_t kPageBytes = 6 * 1024 * 1024;
constexpr size_t kCellBytes = 512;
constexpr size_t kContributorBytes = 400;
constexpr size_t kWarningBytes = 200;

size_t EstimateBytes(const Cell& cell) {
  return kCellBytes + kContributorBytes * cell.contributors.size() +
         kWarningBytes * cell.warnings.size();
}

// Fills one page after another query until it is full.
class Page {
 public:
  Page(const Question& question, Answer& answer) : question_(question), answer_(answer) {}

  bool full() const { return answer_.next.has_value(); }

  absl::Status Add(size_t query_index, const AnswerPlan& plan,
                   const std::function<absl::Status()>& check) {
    for (const CellPlan& cell_plan : plan.cells()) {
      if (IsBeforePage(query_index, cell_plan)) continue;
      if (cells_ == question_.page_size || bytes_ >= kPageBytes) {
        answer_.next = PagePosition{answer_.sequence(), last_query_, last_order_};
        return absl::OkStatus();
      }
      RETURN_IF_ERROR(check());
      ASSIGN_OR_RETURN(Cell cell, plan.Make(cell_plan, question_.include_contributors));
      ++cells_;
      bytes_ += EstimateBytes(cell);
      last_query_ = static_cast<uint32_t>(query_index);
      last_order_ = cell_plan.order;
      QueryResult& result = answer_.results[query_index];
      if (cell_plan.counted_in.empty()) {
        result.cells.push_back(std::move(cell));
      } else {
        result.covered.push_back({std::move(cell), cell_plan.counted_in});
      }
    }
    return absl::OkStatus();
  }

 private:
  bool IsBeforePage(size_t query_index, const CellPlan& cell) const {
    if (!question_.page) return false;
    const PagePosition& page = *question_.page;
    return query_index < page.query_index ||
           (query_index == page.query_index && cell.order <= page.after);
  }

  const Question& question_;
  Answer& answer_;
  size_t cells_ = 0;
  size_t bytes_ = 0;
  uint32_t last_query_ = 0;
  std::string last_order_;
};

}  // namespace

uint64_t Question::NeededSequence() const {
  return std::max(
      {minimum_sequence, as_of.recorded_sequence.value_or(0), page ? page->sequence : uint64_t{0}});
}

std::string_view Question::NeededField() const {
  const uint64_t needed = NeededSequence();
  if (minimum_sequence == needed) return "minimum_sequence";
  return as_of.recorded_sequence == needed ? "as_of.recorded_sequence" : "page_token";
}

bool Question::IsAheadOf(uint64_t head) const {
  const uint64_t recorded = as_of.recorded_sequence.value_or(0);
  return recorded > head && recorded > minimum_sequence;
}

absl::StatusOr<Answer> Aggregate(const View& view, const Question& question,
                                 const std::function<absl::Status()>& check) {
  AsOf as_of = question.as_of;
  if (question.page) {
    as_of.recorded_time.reset();
    as_of.recorded_sequence = question.page->sequence;
  }
  Answer answer{.pinned = view.Pin(as_of)};
  answer.results.resize(question.queries.size());
  Page page(question, answer);
  for (size_t i = 0; i < question.queries.size(); ++i) {
    const Query& query = question.queries[i];
    answer.results[i].query_id = query.query_id;
    const bool on_earlier_page = question.page && i < question.page->query_index;
    // A query on a later page has no cells here, but its scope is checked and its absent figures are told on the first page.
    if (on_earlier_page || (question.page && page.full())) continue;
    RETURN_IF_ERROR(check());
    const absl::StatusOr<Scope> scope = view.Collect(query, answer.pinned);
    if (!scope.ok()) return Under(fmt::format("queries[{}]", i), scope.status());
    const AnswerPlan plan(query, as_of.published, *scope);
    if (!question.page) answer.results[i].absent = plan.absent();
    if (!page.full()) RETURN_IF_ERROR(page.Add(i, plan, check));
  }
  return answer;
}

}  // namespace outlay::aggregation
