#include "services/aggregation/answer_plan.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace outlay::aggregation {
namespace {

constexpr char kAfterKey = '\x1f';

bool IsWithin(const ScopedOrganization& organization, const Query& query,
              const std::string& group_id) {
  if (!query.group_by.group) return true;
  if (group_id.empty()) return organization.group_ids.empty();
  return std::find(organization.group_ids.begin(), organization.group_ids.end(), group_id) !=
         organization.group_ids.end();
}

// Whether both figures in one total would count the same money: `a` is of an organization that `b`'s belongs to.
bool Covers(const Query& query, const Figure& a, const Figure& b) {
  if (a.partition != b.partition) return false;
  if (a.period_index == b.period_index) return true;
  return !query.group_by.period && MayOverlap(a.selected->period, b.selected->period);
}

// The figures that count in one group, by organization.
using CountedById = std::map<std::string_view, std::vector<const Figure*>>;

// The figure of an organization above that covers `figure`, or null.
const Figure* FindCover(const Query& query, const Figure& figure, const CountedById& counted) {
  for (const std::string& ancestor : figure.organization->ancestor_ids) {
    const auto found = counted.find(ancestor);
    if (found == counted.end()) continue;
    for (const Figure* const above : found->second) {
      if (Covers(query, *above, figure)) return above;
    }
  }
  return nullptr;
}

}  // namespace

AnswerPlan::AnswerPlan(const Query& query, const std::optional<time::Moment>& published,
                       const Scope& scope)
    : query_(query), scope_(scope) {
  figures_.reserve(scope.organizations.size());
  for (const ScopedOrganization& organization : scope.organizations) {
    figures_.push_back(SelectFigures(query, published, organization));
    for (const OrganizationFigures::Absent& absent : figures_.back().absent) {
      absent_.push_back({organization.organization->organization_id,
                         query.periods[absent.period_index].period, absent.withdrawn});
    }
  }
  PlaceWithin("");
  if (query.group_by.group) {
    const std::set<std::string> group_ids(query.group_ids.begin(), query.group_ids.end());
    for (const std::string& group_id : group_ids) PlaceWithin(group_id);
  }
  std::sort(cells_.begin(), cells_.end(),
            [](const CellPlan& a, const CellPlan& b) { return a.order < b.order; });
}

void AnswerPlan::PlaceWithin(const std::string& group_id) {
  std::vector<size_t> topmost_first;
  for (size_t i = 0; i < figures_.size(); ++i) {
    if (IsWithin(scope_.organizations[i], query_, group_id)) topmost_first.push_back(i);
  }
  std::stable_sort(topmost_first.begin(), topmost_first.end(), [this](size_t a, size_t b) {
    return scope_.organizations[a].ancestor_ids.size() <
           scope_.organizations[b].ancestor_ids.size();
  });
  CountedById counted;
  std::map<const Figure*, std::vector<JudgedStatement>> beside;
  std::vector<std::pair<const Figure*, const Figure*>> covered;
  for (const size_t i : topmost_first) {
    for (const Figure& figure : figures_[i].figures) {
      const Figure* const cover = FindCover(query_, figure, counted);
      if (cover == nullptr) {
        counted[figure.organization->organization->organization_id].push_back(&figure);
      } else {
        beside[cover].push_back({figure.selected, Role::kAlternative});
        covered.emplace_back(&figure, cover);
      }
    }
  }
  std::map<std::string, CellPlan> cells;
  for (const auto& [id, figures] : counted) {
    for (const Figure* const figure : figures) {
      CellKey key = KeyOfCell(query_, *figure, group_id);
      std::string order = OrderOf(key);
      CellPlan& cell = cells[order];
      if (cell.parts.empty()) {
        cell.order = std::move(order);
        cell.key = std::move(key);
      }
      cell.parts.push_back({figure, std::move(beside[figure])});
    }
  }
  for (auto& [order, cell] : cells) cells_.push_back(std::move(cell));
  if (query_.group_by.organization) PlaceCovered(covered, group_id);
}

void AnswerPlan::PlaceCovered(const std::vector<std::pair<const Figure*, const Figure*>>& covered,
                              const std::string& group_id) {
  std::map<std::string, CellPlan> cells;
  for (const auto& [figure, cover] : covered) {
    CellKey key = KeyOfCell(query_, *figure, group_id);
    const std::string& above = cover->organization->organization->organization_id;
    // After the cell that counts under the same key, which has other periods.
    std::string order = OrderOf(key) + kAfterKey + above;
    CellPlan& cell = cells[order];
    if (cell.parts.empty()) {
      cell.order = std::move(order);
      cell.key = std::move(key);
      cell.counted_in = above;
    }
    cell.parts.push_back({figure, {}});
  }
  for (auto& [order, cell] : cells) cells_.push_back(std::move(cell));
}

}  // namespace outlay::aggregation
