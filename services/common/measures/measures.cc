#include "services/common/measures/measures.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "services/common/status/text.h"

namespace outlay::measures {
namespace {

constexpr Definition kCapitalExpenditure[] = {
    {"purchases_of_property_and_equipment",
     "Cash paid for property and equipment, as the cash-flow statement shows it."},
    {"purchases_net_of_proceeds_and_incentives",
     "Cash paid for property and equipment, net of proceeds from sales and of incentives.", true},
    {"purchases_and_finance_lease_principal",
     "Cash paid for property and equipment, and principal payments on finance leases."},
    {"purchases_and_noncash_leases",
     "Cash paid for property and equipment, and assets acquired under finance leases without "
     "cash."},
    {"accrual_basis_additions",
     "Property and equipment added in the period, whether or not it was paid for."},
};

constexpr Definition kGovernmentBudget[] = {
    {"original_budget", "The budget as first enacted."},
    {"final_budget", "The budget with all its supplements."},
    {"supplementary_budget", "A supplement alone: what it adds or takes away.", true},
};

constexpr Measure kMeasures[] = {
    {"ai_investment", "AI investment", "AI 투자", true, {}},
    {"capital_expenditure", "Capital expenditure", "자본 지출", true, kCapitalExpenditure},
    {"data_center_investment", "Data center investment", "데이터센터 투자", true, {}},
    {"government_budget", "Government budget", "정부 예산", true, kGovernmentBudget},
    {"operating_expense", "Operating expense", "영업 비용", true, {}},
    {"research_and_development", "Research and development", "연구 개발비", true, {}},
    {"revenue", "Revenue", "매출", true, {}},
};

}  // namespace

const Definition* Measure::Find(std::string_view definition_id) const {
  const auto found = std::find_if(definitions.begin(), definitions.end(),
                                  [&](const Definition& d) { return d.id == definition_id; });
  return found == definitions.end() ? nullptr : &*found;
}

std::span<const Measure> AllMeasures() { return kMeasures; }

const Measure* FindMeasure(std::string_view id) {
  const Measure* const found = std::find_if(std::begin(kMeasures), std::end(kMeasures),
                                            [&](const Measure& m) { return m.id == id; });
  return found == std::end(kMeasures) ? nullptr : found;
}

std::vector<std::string> MeasureIds() {
  std::vector<std::string> ids;
  for (const Measure& measure : kMeasures) ids.emplace_back(measure.id);
  return ids;
}

std::vector<std::string> DefinitionIds(const Measure& measure) {
  std::vector<std::string> ids;
  for (const Definition& definition : measure.definitions) ids.emplace_back(definition.id);
  return ids;
}

std::string NoSuchMeasure(std::string_view id) {
  const std::vector<std::string> known = MeasureIds();
  return fmt::format("there is no measure {}{}; there are {}", Quote(id), DidYouMean(id, known),
                     fmt::join(known, ", "));
}

}  // namespace outlay::measures
