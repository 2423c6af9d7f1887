// From what a client asks for to a filter.
#include <utility>

#include "fmt/format.h"
#include "services/common/status/text.h"
#include "services/common/status/violations.h"
#include "services/ingest/disclosure_validator.h"
#include "services/ingest/measures.h"
#include "services/ingest/reader.h"
#include "services/ingest/suggestions.h"
#include "services/ingest/text_rules.h"

namespace outlay::ingest {
namespace {

template <typename Value>
void CheckCount(std::string_view field, const std::vector<Value>& values, Violations& violations) {
  if (values.size() > kFilterValuesMax) {
    violations.Add("TOO_MANY", field,
                   fmt::format("has {} values, at most {}", values.size(), kFilterValuesMax));
  }
}

template <typename Enum>
void CheckEnumValues(std::string_view field, const std::vector<Enum>& values,
                     Violations& violations) {
  for (size_t i = 0; i < values.size(); ++i) {
    if (!NameOf(values[i]).empty()) continue;
    violations.Add(
        "UNKNOWN_VALUE", fmt::format("{}[{}]", field, i),
        fmt::format("{} is not a value of this enum to ask for", static_cast<int>(values[i])));
  }
}

void CheckMeasures(const std::vector<std::string>& measures, Violations& violations) {
  for (size_t i = 0; i < measures.size(); ++i) {
    if (FindMeasure(measures[i]) != nullptr) continue;
    violations.Add(
        "UNKNOWN_MEASURE", fmt::format("measures[{}]", i),
        fmt::format("there is no measure {}{}; there are {}", Quote(measures[i]),
                    DidYouMean(measures[i], MeasureIds()), fmt::join(MeasureIds(), ", ")));
  }
}

void CheckOrganizationsKnown(const std::vector<std::string>& ids, const Ledger& ledger,
                             Violations& violations) {
  Suggestions suggestions(ledger);
  for (size_t i = 0; i < ids.size(); ++i) {
    if (ledger.FindOrganization(ids[i]) != nullptr) continue;
    violations.Add("UNKNOWN_ORGANIZATION", fmt::format("organization_ids[{}]", i),
                   fmt::format("there is no organization {}{}", Quote(ids[i]),
                               suggestions.ForOrganization(ids[i])));
  }
}

std::optional<time::Date> TakeDate(std::string_view field, const std::string& text,
                                   Violations& violations) {
  if (text.empty()) return std::nullopt;
  return violations.Take(field, time::ParseDate(text));
}

}  // namespace

absl::StatusOr<DisclosureFilter> Reader::MakeFilter(const DisclosureQuery& query) const {
  Violations violations;
  CheckCount("organization_ids", query.organization_ids, violations);
  CheckCount("measures", query.measures, violations);
  CheckCount("bases", query.bases, violations);
  CheckCount("source_classes", query.source_classes, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  CheckOrganizationsKnown(query.organization_ids, ledger_, violations);
  CheckMeasures(query.measures, violations);
  CheckEnumValues("bases", query.bases, violations);
  CheckEnumValues("source_classes", query.source_classes, violations);
  if (!query.source_id.empty() && !IsSlug(query.source_id, kSourceIdBytesMax)) {
    violations.Add(
        "MALFORMED_SLUG", "source_id",
        fmt::format("{} is not the id of a source, as in brunch-2025-02-10: a slug of at "
                    "most {} characters",
                    Quote(query.source_id), kSourceIdBytesMax));
  }
  DisclosureFilter filter{
      .organization_ids = {query.organization_ids.begin(), query.organization_ids.end()},
      .measures = {query.measures.begin(), query.measures.end()},
      .bases = {query.bases.begin(), query.bases.end()},
      .source_classes = {query.source_classes.begin(), query.source_classes.end()},
      .source_id = query.source_id,
      .period_start = TakeDate("period_start_date", query.period_start_date, violations),
      .period_end = TakeDate("period_end_date", query.period_end_date, violations),
      .include_voided = query.include_voided};
  if (filter.period_start && filter.period_end && *filter.period_end <= *filter.period_start) {
    violations.Add("EMPTY_RANGE", "period_end_date",
                   fmt::format("{} is not after {}: it is the day after the range's last",
                               query.period_end_date, query.period_start_date));
  }
  RETURN_IF_ERROR(violations.ToStatus());
  return filter;
}

}  // namespace outlay::ingest
