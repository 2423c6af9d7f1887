#include "services/aggregation/query.h"

#include <algorithm>
#include <string_view>

#include "fmt/format.h"
#include "services/aggregation/errors.h"
#include "services/common/measures/measures.h"
#include "services/common/status/error.h"

namespace outlay::aggregation {
namespace {

constexpr size_t kMaxSlugLength = 64;

// Lower-case words of letters and digits, joined by single underscores.
bool IsSlug(std::string_view text) {
  if (text.empty() || text.size() > kMaxSlugLength || text.back() == '_') return false;
  char previous = '_';
  for (const char c : text) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!word && (c != '_' || previous == '_')) return false;
    previous = c;
  }
  return true;
}

absl::Status CheckSlugs(std::string_view field, const std::vector<std::string>& slugs,
                        bool may_be_empty) {
  for (size_t i = 0; i < slugs.size(); ++i) {
    if (slugs[i].empty() && may_be_empty) continue;
    if (!IsSlug(slugs[i])) return MalformedSlug(fmt::format("{}[{}]", field, i), slugs[i]);
  }
  return absl::OkStatus();
}

absl::Status CheckMeasuresKnown(const std::vector<std::string>& ids) {
  for (size_t i = 0; i < ids.size(); ++i) {
    if (measures::FindMeasure(ids[i]) == nullptr)
      return UnknownMeasure(fmt::format("measures[{}]", i), ids[i]);
  }
  return absl::OkStatus();
}

template <typename T, typename Equal = std::equal_to<T>>
void KeepFirst(std::vector<T>& values, Equal equal = {}) {
  std::vector<T> kept;
  for (T& value : values) {
    const bool repeated =
        std::any_of(kept.begin(), kept.end(), [&](const T& other) { return equal(other, value); });
    if (!repeated) kept.push_back(std::move(value));
  }
  values = std::move(kept);
}

bool IsSamePeriod(const WantedPeriod& a, const WantedPeriod& b) {
  return a.IsFiscal() || b.IsFiscal() ? a.label == b.label : a.period == b.period;
}

}  // namespace

absl::Status CompleteQuery(Query& query) {
  if (query.organization_ids.empty() && query.group_ids.empty()) return EmptyScope();
  if (query.periods.empty()) return NoPeriods();
  if (query.periods.size() > kMaxPeriods) return TooManyPeriods(query.periods.size());
  RETURN_IF_ERROR(CheckSlugs("measures", query.measures, false));
  RETURN_IF_ERROR(CheckMeasuresKnown(query.measures));
  RETURN_IF_ERROR(CheckSlugs("definitions", query.definitions, true));
  if (query.measures.empty()) {
    query.measures = {"capital_expenditure", "ai_investment", "data_center_investment"};
  }
  if (query.bases.empty()) query.bases = {Basis::kActual, Basis::kGuidance, Basis::kEstimate};
  KeepFirst(query.measures);
  KeepFirst(query.definitions);
  KeepFirst(query.bases);
  KeepFirst(query.periods, IsSamePeriod);
  return absl::OkStatus();
}

}  // namespace outlay::aggregation
