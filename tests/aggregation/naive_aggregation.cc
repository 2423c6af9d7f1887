#include "tests/aggregation/naive_aggregation.h"

#include <limits>
#include <set>

namespace outlay::naive {
namespace {

bool SameKey(const Fact& a, const Fact& b) {
  return a.organization == b.organization && a.measure == b.measure &&
         a.definition == b.definition && a.basis == b.basis && a.year == b.year;
}

bool Later(const Fact& a, const Fact& b) {
  if (a.stated_day != b.stated_day) return a.stated_day > b.stated_day;
  if (a.published_day != b.published_day) return a.published_day > b.published_day;
  return a.sequence > b.sequence;
}

bool Meet(const Fact& a, const Fact& b) {
  if (a.withdrawn || b.withdrawn) return false;
  const long least = std::numeric_limits<long>::min();
  const long most = std::numeric_limits<long>::max();
  return a.low.value_or(least) <= b.high.value_or(most) &&
         b.low.value_or(least) <= a.high.value_or(most);
}

std::vector<Fact> Known(const std::vector<Fact>& facts, int published_day) {
  std::vector<Fact> known;
  for (const Fact& fact : facts) {
    if (fact.counts && fact.published_day <= published_day) known.push_back(fact);
  }
  return known;
}

// The statement of the key that stands after all of `left` (which shrinks: its latest is judged against what stood before it).
Fact StandsAmong(std::vector<Fact> left) {
  size_t latest = 0;
  for (size_t i = 1; i < left.size(); ++i) {
    if (Later(left[i], left[latest])) latest = i;
  }
  const Fact last = left[latest];
  left.erase(left.begin() + static_cast<long>(latest));
  if (left.empty()) return last;
  const Fact before = StandsAmong(left);
  if (last.basis == 0) return last.source_class > before.source_class ? before : last;
  return last.source_class > before.source_class && Meet(last, before) ? before : last;
}

bool Preferred(const Fact& a, const Fact& b) {
  if (a.measure != b.measure) return a.measure < b.measure;
  if (a.basis != b.basis) return a.basis < b.basis;
  if (a.source_class != b.source_class) return a.source_class < b.source_class;
  if (a.stated_day != b.stated_day) return a.stated_day > b.stated_day;
  if (a.published_day != b.published_day) return a.published_day > b.published_day;
  return a.definition < b.definition;
}

const Fact* FindById(const std::vector<Fact>& facts, const std::string& id) {
  for (const Fact& fact : facts) {
    if (fact.id == id) return &fact;
  }
  return nullptr;
}

}  // namespace

Standing Select(const std::vector<Fact>& facts, int published_day) {
  const std::vector<Fact> known = Known(facts, published_day);
  Standing standing;
  for (const Fact& one : known) {
    std::vector<Fact> of_key;
    for (const Fact& other : known) {
      if (SameKey(one, other)) of_key.push_back(other);
    }
    const Fact stands = StandsAmong(of_key);
    if (stands.withdrawn) continue;
    std::string& best = standing[{one.organization, one.year}];
    if (best.empty() || Preferred(stands, *FindById(known, best))) best = stands.id;
  }
  return standing;
}

std::map<int, Sum> AddUp(const std::vector<Fact>& facts, int published_day,
                         const std::map<int, int>& parent_of) {
  const Standing standing = Select(facts, published_day);
  std::map<int, Sum> sums;
  for (const auto& [place, id] : standing) {
    const auto& [organization, year] = place;
    bool above = false;
    for (auto up = parent_of.find(organization); up != parent_of.end();
         up = parent_of.find(up->second)) {
      above = above || standing.count({up->second, year}) > 0;
    }
    if (above) continue;
    const Fact& fact = *FindById(facts, id);
    const auto [it, first] = sums.try_emplace(year, Sum{0, 0, 0});
    Sum& sum = it->second;
    sum.low = sum.low && fact.low ? std::optional(*sum.low + *fact.low) : std::nullopt;
    sum.high = sum.high && fact.high ? std::optional(*sum.high + *fact.high) : std::nullopt;
    ++sum.count;
  }
  return sums;
}

std::map<std::string, std::string> RolesBeside(const std::vector<Fact>& facts, int published_day,
                                               const std::string& standing_id) {
  const std::vector<Fact> known = Known(facts, published_day);
  const Fact& stands = *FindById(known, standing_id);
  std::map<std::string, std::string> roles;
  for (const Fact& other : known) {
    if (!SameKey(stands, other) || other.id == stands.id) continue;
    const bool own_voice = other.source_class <= 1;
    const bool both_own = own_voice && stands.source_class <= 1;
    const bool neither_own = !own_voice && stands.source_class > 1;
    const bool same_speaker = both_own || (neither_own && other.source == stands.source);
    if (other.withdrawn || (same_speaker && Later(stands, other))) {
      roles[other.id] = "superseded";
    } else {
      roles[other.id] = Meet(stands, other) ? "corroborates" : "conflicts";
    }
  }
  return roles;
}

}  // namespace outlay::naive
