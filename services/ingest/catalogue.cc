#include "services/ingest/catalogue.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "services/common/status/text.h"

namespace outlay::ingest {
namespace {

constexpr size_t kSuggestionsMax = 3;

// Finds ids by what they are called.
class NameSearch {
 public:
  explicit NameSearch(std::string_view word) : word_(word) {}

  void Offer(const std::string& id, const std::string& name) {
    if (absl::EqualsIgnoreCase(ToAbsl(name), ToAbsl(word_))) AddOnce(id, exact_);
    ids_by_name_.emplace(name, id);
    names_.push_back(name);
  }
  void Offer(const std::string& id, const std::vector<LocalizedName>& names) {
    for (const LocalizedName& name : names) Offer(id, name.name);
  }

  std::vector<std::string> Best() {
    if (!exact_.empty()) {
      exact_.resize(std::min(exact_.size(), kSuggestionsMax));
      return std::move(exact_);
    }
    std::vector<std::string> ids;
    for (const std::string& name : Nearest(word_, names_, kSuggestionsMax)) {
      AddOnce(ids_by_name_.find(name)->second, ids);
    }
    return ids;
  }

 private:
  static void AddOnce(const std::string& id, std::vector<std::string>& ids) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  }

  const std::string_view word_;
  std::vector<std::string> exact_;
  std::vector<std::string> names_;
  std::map<std::string, std::string> ids_by_name_;
};

}  // namespace

const Organization* Catalogue::FindByCik(std::string_view cik) const {
  const auto found = ids_by_cik_.find(ToAbsl(cik));
  return found == ids_by_cik_.end() ? nullptr : organizations_.Find(found->second);
}

std::vector<std::string> Catalogue::OrganizationsLike(std::string_view word) const {
  NameSearch search(word);
  organizations_.ForEachLatest([&](const Organization& organization) {
    const OrganizationContent& content = organization.content;
    search.Offer(content.organization_id, content.organization_id);
    search.Offer(content.organization_id, content.names);
    search.Offer(content.organization_id, content.aliases);
    if (!content.ticker.empty()) search.Offer(content.organization_id, content.ticker);
  });
  return search.Best();
}

std::vector<std::string> Catalogue::GroupsLike(std::string_view word) const {
  NameSearch search(word);
  groups_.ForEachLatest([&](const Group& group) {
    search.Offer(group.content.group_id, group.content.group_id);
    search.Offer(group.content.group_id, group.content.names);
  });
  return search.Best();
}

void Catalogue::Add(Organization organization) {
  const std::string id = organization.content.organization_id;
  if (const Organization* const before = organizations_.Find(id)) {
    const auto held = ids_by_cik_.find(before->content.cik);
    if (held != ids_by_cik_.end() && held->second == id) ids_by_cik_.erase(held);
  }
  if (!organization.content.cik.empty()) ids_by_cik_[organization.content.cik] = id;
  organizations_.Add(id, std::move(organization));
}

void Catalogue::Add(Group group) {
  const std::string id = group.content.group_id;
  groups_.Add(id, std::move(group));
}

}  // namespace outlay::ingest
