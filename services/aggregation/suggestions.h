// Which ids a caller may have meant.
#ifndef OUTLAY_SERVICES_AGGREGATION_SUGGESTIONS_H_
#define OUTLAY_SERVICES_AGGREGATION_SUGGESTIONS_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace outlay::aggregation {

// An id with one of the names under which it is known, itself among them.
struct KnownName {
  std::string name;
  std::string id;
};

// The ids of the names nearest to `word`, best first, at most three. O(names × length²): for error paths only.
std::vector<std::string> NearestIds(std::string_view word, const std::vector<KnownName>& names);

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_SUGGESTIONS_H_
