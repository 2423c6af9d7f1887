#include "services/aggregation/view.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <utility>

#include "fmt/format.h"
#include "services/aggregation/errors.h"
#include "services/aggregation/ledger.h"
#include "services/aggregation/suggestions.h"
#include "services/common/status/error.h"

namespace outlay::aggregation {
namespace {

template <typename T>
std::shared_ptr<const T> FindAsOf(const HistoryById<T>& histories, std::string_view id,
                                  uint64_t sequence) {
  const auto found = histories.find(id);
  if (found == histories.end()) return nullptr;
  const std::shared_ptr<const T>* const reading = found->second.AsOf(sequence);
  return reading == nullptr ? nullptr : *reading;
}

template <typename T>
std::vector<std::string> NearestAsOf(const HistoryById<T>& histories, std::string_view word,
                                     uint64_t sequence) {
  std::vector<KnownName> names;
  for (const auto& [id, history] : histories) {
    const std::shared_ptr<const T>* const reading = history.AsOf(sequence);
    if (reading == nullptr) continue;
    names.push_back({id, id});
    for (const std::string& name : (*reading)->known_as) names.push_back({name, id});
  }
  return NearestIds(word, names);
}

std::vector<std::string> AncestorsOf(const Ledger& ledger, const Organization& organization,
                                     uint64_t sequence) {
  std::vector<std::string> ancestors;
  std::string parent_id = organization.parent_id;
  // The catalogue has no cycles; a damaged one must not hang the reader.
  while (!parent_id.empty() &&
         std::find(ancestors.begin(), ancestors.end(), parent_id) == ancestors.end()) {
    ancestors.push_back(parent_id);
    const std::shared_ptr<const Organization> parent =
        FindAsOf(ledger.organizations(), parent_id, sequence);
    parent_id = parent == nullptr ? "" : parent->parent_id;
  }
  return ancestors;
}

std::vector<Statement> StatementsOf(const Ledger& ledger, std::string_view organization_id,
                                    uint64_t sequence) {
  std::vector<Statement> statements;
  for (const DisclosureHistory* const history : ledger.AboutOrganization(organization_id)) {
    const DisclosureReading* const reading = history->AsOf(sequence);
    if (reading == nullptr || reading->voided || !reading->content->IsFigure() ||
        reading->content->organization_id != organization_id) {
      continue;
    }
    statements.push_back({reading->content.get(), reading->revision, history->first_sequence()});
  }
  return statements;
}

// The organizations of a query, each with the query's groups that hold it.
using Members = std::map<std::string, std::vector<std::string>>;

absl::StatusOr<Members> MembersOf(const Ledger& ledger, const Query& query, uint64_t sequence) {
  Members members;
  for (size_t i = 0; i < query.organization_ids.size(); ++i) {
    const std::string& id = query.organization_ids[i];
    if (FindAsOf(ledger.organizations(), id, sequence) == nullptr) {
      return UnknownOrganization(fmt::format("organization_ids[{}]", i), id,
                                 NearestAsOf(ledger.organizations(), id, sequence));
    }
    members[id];
  }
  std::set<std::string_view> seen;
  for (size_t i = 0; i < query.group_ids.size(); ++i) {
    const std::string& id = query.group_ids[i];
    const std::shared_ptr<const Group> group = FindAsOf(ledger.groups(), id, sequence);
    if (group == nullptr) {
      return UnknownGroup(fmt::format("group_ids[{}]", i), id,
                          NearestAsOf(ledger.groups(), id, sequence));
    }
    if (!seen.insert(id).second) continue;
    const std::set<std::string> distinct(group->organization_ids.begin(),
                                         group->organization_ids.end());
    for (const std::string& member : distinct) members[member].push_back(id);
  }
  return members;
}

}  // namespace

struct View::State {
  Ledger ledger;
};

View::View() : state_(std::make_shared<State>()) {}
View::~View() = default;

absl::Status View::Apply(std::vector<SequencedChange> changes) {
  const std::unique_lock lock(mutex_);
  Ledger& ledger = state_->ledger;
  for (SequencedChange& change : changes) {
    if (change.sequence <= ledger.applied_sequence()) continue;
    if (change.sequence != ledger.applied_sequence() + 1) {
      return SequenceGap(ledger.applied_sequence(), change.sequence);
    }
    ledger.Apply(std::move(change));
  }
  return absl::OkStatus();
}

void View::Reset() {
  std::shared_ptr<State> old = std::make_shared<State>();
  const std::unique_lock lock(mutex_);
  std::swap(state_, old);
}

uint64_t View::applied_sequence() const {
  const std::shared_lock lock(mutex_);
  return state_->ledger.applied_sequence();
}

ViewCounts View::counts() const {
  const std::shared_lock lock(mutex_);
  const Ledger& ledger = state_->ledger;
  return {ledger.disclosure_count(), ledger.organizations().size(), ledger.groups().size(),
          ledger.unreadable_count()};
}

View::Pinned View::Pin(const AsOf& as_of) const {
  const std::shared_lock lock(mutex_);
  const Ledger& ledger = state_->ledger;
  Pinned pinned;
  pinned.state_ = state_;
  pinned.sequence_ = as_of.recorded_time
                         ? ledger.SequenceAt(*as_of.recorded_time)
                         : std::min(as_of.recorded_sequence.value_or(ledger.applied_sequence()),
                                    ledger.applied_sequence());
  return pinned;
}

absl::StatusOr<Scope> View::Collect(const Query& query, const Pinned& pinned) const {
  const std::shared_lock lock(mutex_);
  const Ledger& ledger = pinned.state_->ledger;
  const uint64_t sequence = pinned.sequence_;
  ASSIGN_OR_RETURN(const Members members, MembersOf(ledger, query, sequence));
  if (members.size() * query.periods.size() > kMaxFigures) {
    return TooManyFigures(members.size(), query.periods.size());
  }
  Scope scope;
  scope.organizations.reserve(members.size());
  for (const auto& [id, group_ids] : members) {
    std::shared_ptr<const Organization> organization =
        FindAsOf(ledger.organizations(), id, sequence);
    if (organization == nullptr) continue;
    std::vector<std::string> ancestors = AncestorsOf(ledger, *organization, sequence);
    scope.organizations.push_back({std::move(organization), group_ids, std::move(ancestors),
                                   StatementsOf(ledger, id, sequence)});
  }
  return scope;
}

}  // namespace outlay::aggregation
