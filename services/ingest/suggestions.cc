#include "services/ingest/suggestions.h"

#include <utility>
#include <vector>

#include "fmt/format.h"
#include "services/common/status/text.h"

namespace outlay::ingest {
namespace {

std::string Phrase(const std::vector<std::string>& ids) {
  if (ids.empty()) return "";
  std::vector<std::string> quoted;
  for (const std::string& id : ids) quoted.push_back(Quote(id));
  return fmt::format(" (did you mean {}?)", fmt::join(quoted, " or "));
}

}  // namespace

template <typename Search>
std::string Suggestions::Remembered(std::string key, Search search) {
  const auto known = found_.find(key);
  if (known != found_.end()) return known->second;
  if (searches_ >= kSearchesMax) return "";
  ++searches_;
  return found_.emplace(std::move(key), Phrase(search())).first->second;
}

std::string Suggestions::ForOrganization(std::string_view word) {
  return Remembered(fmt::format("organization {}", word),
                    [&] { return catalogue_.OrganizationsLike(word); });
}

std::string Suggestions::ForGroup(std::string_view word) {
  return Remembered(fmt::format("group {}", word), [&] { return catalogue_.GroupsLike(word); });
}

}  // namespace outlay::ingest
