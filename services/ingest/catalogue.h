// The catalogue with its history: organizations and groups as of any sequence.
#ifndef OUTLAY_SERVICES_INGEST_CATALOGUE_H_
#define OUTLAY_SERVICES_INGEST_CATALOGUE_H_

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/ingest/organization.h"

namespace outlay::ingest {

inline constexpr uint64_t kLatest = std::numeric_limits<uint64_t>::max();

// All revisions of all entries of one kind. Revisions are never removed, so pointers stay valid as long as the object.
template <typename Entry>
class Histories {
 public:
  // The last revision made at or before `sequence`; null where there is none.
  const Entry* Find(std::string_view id, uint64_t sequence = kLatest) const {
    const auto found = entries_.find(id);
    return found == entries_.end() ? nullptr : AsOf(found->second, sequence);
  }

  // Those after `after_id` in order of id, at most `limit`.
  std::vector<const Entry*> List(std::string_view after_id, size_t limit, uint64_t sequence) const {
    std::vector<const Entry*> page;
    for (auto it = entries_.upper_bound(after_id); it != entries_.end() && page.size() < limit;
         ++it) {
      if (const Entry* const entry = AsOf(it->second, sequence)) page.push_back(entry);
    }
    return page;
  }

  void Add(std::string_view id, Entry entry) {
    entries_[std::string(id)].push_back(std::make_unique<const Entry>(std::move(entry)));
  }

  template <typename Visit>
  void ForEachLatest(Visit visit) const {
    for (const auto& [id, revisions] : entries_) visit(*revisions.back());
  }

 private:
  using Revisions = std::vector<std::unique_ptr<const Entry>>;

  static const Entry* AsOf(const Revisions& revisions, uint64_t sequence) {
    for (auto it = revisions.rbegin(); it != revisions.rend(); ++it) {
      if ((*it)->sequence <= sequence) return it->get();
    }
    return nullptr;
  }

  std::map<std::string, Revisions, std::less<>> entries_;
};

// Not thread safe; see Ledger.
class Catalogue {
 public:
  const Histories<Organization>& organizations() const { return organizations_; }
  const Histories<Group>& groups() const { return groups_; }

  // The organization that has this key now; null where none has.
  const Organization* FindByCik(std::string_view cik) const;

  std::vector<std::string> OrganizationsLike(std::string_view word) const;
  std::vector<std::string> GroupsLike(std::string_view word) const;

  void Add(Organization organization);
  void Add(Group group);

 private:
  Histories<Organization> organizations_;
  Histories<Group> groups_;
  absl::flat_hash_map<std::string, std::string> ids_by_cik_;
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_CATALOGUE_H_
