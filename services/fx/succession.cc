#include "services/fx/succession.h"

#include <map>
#include <string_view>
#include <utility>

namespace outlay::fx {
namespace {

constexpr time::Date kEarliest = time::Date::min();
constexpr time::Date kLatest = time::Date::max();

using Predecessors = std::map<std::string_view, const money::Currency*>;

// By what they became; null where more than one became it.
Predecessors FindPredecessors() {
  Predecessors found;
  for (const money::Currency& currency : money::AllCurrencies()) {
    if (!currency.IsHistoric()) continue;
    const auto [successor, is_first] = found.emplace(currency.successor, &currency);
    if (!is_first) successor->second = nullptr;
  }
  return found;
}

// The one currency that became `currency`; null where there is none or more than one. Every look-up of a rate asks.
const money::Currency* OnlyPredecessor(const money::Currency& currency) {
  static const Predecessors kPredecessors = FindPredecessors();
  const auto found = kPredecessors.find(currency.code);
  return found == kPredecessors.end() ? nullptr : found->second;
}

void AddPredecessors(Equivalent from, std::vector<Equivalent>& found) {
  const money::Currency* const predecessor = OnlyPredecessor(*from.currency);
  if (predecessor == nullptr) return;
  const std::optional<Join> join = JoinOf(*predecessor);
  if (!join) return;
  from.currency = predecessor;
  from.steps.push_back({*join, false});
  from.until = join->joining_date;
  found.push_back(from);
  AddPredecessors(std::move(from), found);
}

}  // namespace

std::optional<Join> JoinOf(const money::Currency& currency) {
  if (currency.successor.empty() || currency.ratio.empty()) return std::nullopt;
  const money::Currency* const successor = money::FindCurrency(currency.successor);
  const absl::StatusOr<money::Decimal> ratio = money::Decimal::Parse(currency.ratio);
  const absl::StatusOr<time::Date> date = time::ParseDate(currency.replaced_on);
  if (successor == nullptr || !ratio.ok() || !date.ok()) return std::nullopt;
  return Join{&currency, successor, *ratio, *date};
}

Equivalent CurrentOn(const money::Currency& currency, time::Date day) {
  Equivalent current{.currency = &currency, .steps = {}, .from = kEarliest, .until = kLatest};
  for (std::optional<Join> join = JoinOf(currency); join && join->joining_date <= day;
       join = JoinOf(*current.currency)) {
    current.currency = join->successor;
    current.steps.push_back({*join, true});
  }
  return current;
}

std::vector<Equivalent> Equivalents(const money::Currency& currency) {
  std::vector<Equivalent> found;
  Equivalent current{.currency = &currency, .steps = {}, .from = kEarliest, .until = kLatest};
  for (std::optional<Join> join = JoinOf(currency); join; join = JoinOf(*current.currency)) {
    current.until = join->joining_date;
    found.push_back(current);
    current.currency = join->successor;
    current.steps.push_back({*join, true});
    current.from = join->joining_date;
    current.until = kLatest;
  }
  found.push_back(current);
  AddPredecessors({.currency = &currency, .steps = {}, .from = kEarliest, .until = kLatest}, found);
  return found;
}

}  // namespace outlay::fx
