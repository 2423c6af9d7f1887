// The view in memory: every disclosure with all its revisions, organizations and groups with their history.
#ifndef OUTLAY_SERVICES_AGGREGATION_VIEW_H_
#define OUTLAY_SERVICES_AGGREGATION_VIEW_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/aggregation/change.h"
#include "services/aggregation/query.h"

namespace outlay::aggregation {

struct ViewCounts {
  uint64_t disclosures = 0;  // voided ones too
  uint64_t organizations = 0;
  uint64_t groups = 0;
  uint64_t unreadable_changes = 0;
};

// One organization of a query with what was said about it, as of one sequence.
struct ScopedOrganization {
  std::shared_ptr<const Organization> organization;
  std::vector<std::string> group_ids;     // those of the query that hold it, in the query's order
  std::vector<std::string> ancestor_ids;  // its parent, that one's parent, and so on
  std::vector<Statement> statements;      // figures alone, not voided, in no particular order
};

// What a query is about. Its statements live as long as the Pinned that it was collected with.
struct Scope {
  std::vector<ScopedOrganization> organizations;  // by id, each once
};

// Safe for concurrent use: one writer, any number of readers. Readers hold the lock while they collect pointers, never
// while they compute.
class View {
  struct State;

 public:
  // A reading of the view at one sequence, which stays as it is whatever becomes of the view.
  class Pinned {
   public:
    uint64_t sequence() const { return sequence_; }

   private:
    friend class View;
    std::shared_ptr<const State> state_;
    uint64_t sequence_ = 0;
  };

  View();
  ~View();

  View(const View&) = delete;
  View& operator=(const View&) = delete;

  // Takes consecutive changes in. Those at or below applied_sequence() are passed over: a replay changes nothing.
  // SEQUENCE_GAP, with the changes before the gap applied.
  absl::Status Apply(std::vector<SequencedChange> changes);

  // Forgets everything. Answers under way keep what they have.
  void Reset();

  uint64_t applied_sequence() const;
  ViewCounts counts() const;

  // Pins the recorded axis of `as_of`, at most what has been applied.
  Pinned Pin(const AsOf& as_of) const;

  // Everything that a completed query is about. Errors have paths within the query: UNKNOWN_ORGANIZATION
  // ("organization_ids[1]"), UNKNOWN_GROUP ("group_ids[0]"), TOO_MANY_FIGURES ("periods"). O(statements of the scope).
  absl::StatusOr<Scope> Collect(const Query& query, const Pinned& pinned) const;

 private:
  mutable std::shared_mutex mutex_;
  std::shared_ptr<State> state_;
};

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_VIEW_H_
