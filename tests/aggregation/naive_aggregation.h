// The rules of selection and addition once more, for small histories, as plainly as they can be written: by pairwise comparison over
// whole lists, in integers. Shares nothing with the code under test.
#ifndef OUTLAY_TESTS_AGGREGATION_NAIVE_AGGREGATION_H_
#define OUTLAY_TESTS_AGGREGATION_NAIVE_AGGREGATION_H_

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace outlay::naive {

// Whole dollars, days as numbers, years as periods.
struct Fact {
  std::string id;
  int organization = 0;
  int measure = 0;     // 0 is preferred
  int definition = 0;  // slug order
  int basis = 0;       // 0 actual, 1 guidance, 2 estimate
  int year = 2025;
  bool withdrawn = false;
  std::optional<long> low;
  std::optional<long> high;
  int stated_day = 0;
  int published_day = 0;
  int source_class = 0;  // 0 outranks the rest
  int source = 0;
  long sequence = 0;
  bool counts = true;  // no claim, no part, not voided
};

struct Sum {
  std::optional<long> low;
  std::optional<long> high;
  int count = 0;

  friend bool operator==(const Sum&, const Sum&) = default;
};

// What stands for each organization and year, by id; those without a figure are left out.
using Standing = std::map<std::pair<int, int>, std::string>;
Standing Select(const std::vector<Fact>& facts, int published_day);

// The sum of each year over what stands; `parent_of` maps a subsidiary to its parent.
std::map<int, Sum> AddUp(const std::vector<Fact>& facts, int published_day,
                         const std::map<int, int>& parent_of);

// "corroborates", "conflicts" or "superseded" for the other statements of the standing key of an organization and year, by id.
std::map<std::string, std::string> RolesBeside(const std::vector<Fact>& facts, int published_day,
                                               const std::string& standing_id);

}  // namespace outlay::naive

#endif  // OUTLAY_TESTS_AGGREGATION_NAIVE_AGGREGATION_H_
