#include "services/aggregation/cell.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "services/aggregation/cell_warnings.h"
#include "services/aggregation/errors.h"
#include "services/aggregation/point_value.h"
#include "services/common/status/error.h"

namespace outlay::aggregation {
namespace {

absl::Status AddTo(std::optional<money::Decimal>& sum, const money::Decimal& value) {
  if (!sum) {
    sum = value;
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(sum, money::Add(*sum, value));
  return absl::OkStatus();
}

absl::Status AddToComposition(Composition& composition, const money::PointValue& point) {
  switch (point.source) {
    case money::PointSource::kStated:
      return AddTo(composition.stated, point.value);
    case money::PointSource::kFloor:
      return AddTo(composition.floors, point.value);
    case money::PointSource::kCeiling:
      return AddTo(composition.ceilings, point.value);
    case money::PointSource::kMidpoint:
      return AddTo(composition.midpoints, point.value);
  }
  return absl::OkStatus();
}

absl::Status AddUp(PointRule rule, const std::vector<CellPart>& parts, Cell& cell) {
  cell.interval = money::Interval::PointAt(money::Decimal());
  bool every_part_has_point = true;
  for (const CellPart& part : parts) {
    const money::Amount& amount = *part.figure->selected->amount;
    ASSIGN_OR_RETURN(cell.interval, money::Add(cell.interval, money::ToInterval(amount)));
    cell.approximate = cell.approximate || amount.approximate;
    const std::optional<money::PointValue> point = PointOf(rule, amount);
    if (!point) {
      every_part_has_point = false;
      continue;
    }
    RETURN_IF_ERROR(AddTo(cell.point, point->value));
    RETURN_IF_ERROR(AddToComposition(cell.composition, *point));
  }
  if (!every_part_has_point) {
    cell.point.reset();
    cell.composition = {};
  }
  return absl::OkStatus();
}

template <typename T>
void AddDistinct(std::vector<T>& values, const T& value) {
  if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
}

bool HasSameDates(const time::Period& a, const time::Period& b) {
  return a.HasDates() == b.HasDates() && a.start == b.start && a.end == b.end;
}

void ListWhatIsMixed(const std::vector<CellPart>& parts, Cell& cell) {
  for (const CellPart& part : parts) {
    const Disclosure& figure = *part.figure->selected;
    AddDistinct(cell.measures, figure.measure);
    AddDistinct(cell.definitions, figure.definition);
    AddDistinct(cell.bases, figure.basis);
    if (!cell.key.period || !HasSameDates(*cell.key.period, figure.period)) {
      AddDistinct(cell.periods, figure.period);
    }
  }
}

bool IsListedBefore(const JudgedStatement& a, const JudgedStatement& b) {
  const auto order = [](const JudgedStatement& judged) {
    const Disclosure& disclosure = *judged.statement;
    return std::make_tuple(judged.role, std::string_view(disclosure.organization_id),
                           -StatedAt(disclosure).instant.time_since_epoch(),
                           -disclosure.published_at.instant.time_since_epoch(),
                           std::string_view(disclosure.disclosure_id));
  };
  return order(a) < order(b);
}

Contributor ContributorOf(const Query& query, const JudgedStatement& judged) {
  Contributor contributor{judged};
  contributor.rate_date = RateDateFor(query, *judged.statement);
  if (!judged.statement->amount) return contributor;
  if (const auto point = PointOf(query.point_rule, *judged.statement->amount))
    contributor.point = point->value;
  return contributor;
}

void ListContributors(const Query& query, const std::vector<CellPart>& parts, Cell& cell) {
  std::vector<JudgedStatement> all;
  for (const CellPart& part : parts) {
    all.push_back({part.figure->selected, Role::kSelected});
    all.insert(all.end(), part.figure->others.begin(), part.figure->others.end());
    all.insert(all.end(), part.beside.begin(), part.beside.end());
  }
  const size_t kept = std::min(all.size(), kMaxContributors);
  cell.contributors_left_out = static_cast<int32_t>(all.size() - kept);
  std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept), all.end(),
                    IsListedBefore);
  for (size_t i = 0; i < kept; ++i) cell.contributors.push_back(ContributorOf(query, all[i]));
}

}  // namespace

absl::StatusOr<Cell> MakeCell(const Query& query, CellKey key, const std::vector<CellPart>& parts,
                              bool with_contributors) {
  Cell cell{.key = std::move(key)};
  if (!AddUp(query.point_rule, parts, cell).ok()) return SumOverflow(DescribeKey(cell.key));
  cell.figure_count = static_cast<int32_t>(parts.size());
  ListWhatIsMixed(parts, cell);
  cell.warnings = WarningsOf(query, cell, parts);
  if (with_contributors) ListContributors(query, parts, cell);
  return cell;
}

}  // namespace outlay::aggregation
