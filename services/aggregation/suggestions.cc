#include "services/aggregation/suggestions.h"

#include <algorithm>

#include "services/common/status/text.h"

namespace outlay::aggregation {
namespace {

constexpr size_t kMaxIds = 3;
constexpr size_t kMaxNames = 12;  // several names may belong to one id

}  // namespace

std::vector<std::string> NearestIds(std::string_view word, const std::vector<KnownName>& names) {
  std::vector<std::string> candidates;
  candidates.reserve(names.size());
  for (const KnownName& known : names) candidates.push_back(known.name);
  std::vector<std::string> ids;
  for (const std::string& near : Nearest(word, candidates, kMaxNames)) {
    for (const KnownName& known : names) {
      const bool listed = std::find(ids.begin(), ids.end(), known.id) != ids.end();
      if (known.name == near && !listed && ids.size() < kMaxIds) ids.push_back(known.id);
    }
  }
  return ids;
}

}  // namespace outlay::aggregation
