#include "services/ingest/catalogue_validator.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "fmt/format.h"
#include "services/common/status/text.h"
#include "services/common/status/violations.h"
#include "services/ingest/suggestions.h"
#include "services/ingest/text_rules.h"

namespace outlay::ingest {
namespace {

constexpr std::string_view kSlugRule =
    "lower-case letters, digits and single hyphens between them, at most 64 bytes";
constexpr size_t kTickerBytesMax = 16;
constexpr size_t kCikDigits = 10;

void CheckId(const std::string& path, std::string_view id, std::set<std::string_view>& seen,
             Violations& violations) {
  if (!IsSlug(id)) {
    violations.Add(id.empty() ? "REQUIRED" : "MALFORMED_SLUG", path,
                   fmt::format("{} must be a slug: {}", Quote(id), kSlugRule));
  } else if (!seen.insert(id).second) {
    violations.Add("DUPLICATE_ENTRY", path,
                   fmt::format("{} stands in this request before: send each entry once", id));
  }
}

void CheckName(const std::string& path, const LocalizedName& name, Violations& violations) {
  if (!IsLanguageTag(name.language)) {
    violations.Add(
        name.language.empty() ? "REQUIRED" : "MALFORMED_LANGUAGE", path + ".language",
        fmt::format("{} is not a language tag of BCP 47, as in en or ko", Quote(name.language)));
  }
  if (name.name.empty()) {
    violations.Add("REQUIRED", path + ".name", "is required");
  } else if (name.name.size() > kNameBytesMax) {
    violations.Add(
        "TOO_LONG", path + ".name",
        fmt::format("has {} bytes, at most {} are kept", name.name.size(), kNameBytesMax));
  } else if (!IsOneLine(name.name)) {
    violations.Add("MALFORMED_TEXT", path + ".name",
                   fmt::format("{} must be UTF-8 without control characters", Quote(name.name)));
  }
}

void CheckCount(const std::string& path, size_t found, size_t max, Violations& violations) {
  if (found > max) {
    violations.Add("TOO_MANY", path, fmt::format("has {} entries, at most {}", found, max));
  }
}

// Names: one a language, one of them English.
void CheckNames(const std::string& path, const std::vector<LocalizedName>& names,
                Violations& violations) {
  CheckCount(path, names.size(), kNamesMax, violations);
  std::set<std::string_view> languages;
  for (size_t i = 0; i < names.size(); ++i) {
    CheckName(fmt::format("{}[{}]", path, i), names[i], violations);
    if (!languages.insert(names[i].language).second) {
      violations.Add(
          "DUPLICATE_NAME", fmt::format("{}[{}]", path, i),
          fmt::format("{} has a name already: other names are aliases", Quote(names[i].language)));
    }
  }
  if (!languages.contains("en")) {
    violations.Add("REQUIRED", path, "must have one in English, of language \"en\"");
  }
}

void CheckAliases(const std::string& path, const std::vector<LocalizedName>& aliases,
                  Violations& violations) {
  CheckCount(path, aliases.size(), kAliasesMax, violations);
  for (size_t i = 0; i < aliases.size(); ++i) {
    CheckName(fmt::format("{}[{}]", path, i), aliases[i], violations);
    if (std::find(aliases.begin(), aliases.begin() + i, aliases[i]) != aliases.begin() + i) {
      violations.Add("DUPLICATE_NAME", fmt::format("{}[{}]", path, i),
                     fmt::format("{} stands in the list before", Quote(aliases[i].name)));
    }
  }
}

bool IsTicker(std::string_view text) {
  return text.size() <= kTickerBytesMax && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
         });
}

bool IsCountryCode(std::string_view text) {
  return text.size() == 2 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

void CheckCodes(const std::string& path, const OrganizationInput& input, Violations& violations) {
  if (!input.parent_id.empty() && !IsSlug(input.parent_id)) {
    violations.Add("MALFORMED_SLUG", path + ".parent_id",
                   fmt::format("{} must be a slug: {}", Quote(input.parent_id), kSlugRule));
  }
  if (!input.cik.empty() && !IsDigits(input.cik, kCikDigits)) {
    violations.Add("MALFORMED_CIK", path + ".cik",
                   fmt::format("{} must be ten digits with leading zeros, as in 0001018724",
                               Quote(input.cik)));
  }
  if (!IsTicker(input.ticker)) {
    violations.Add("MALFORMED_TICKER", path + ".ticker",
                   fmt::format("{} must be capital letters, digits, dots and hyphens, at most {}, "
                               "as in GOOGL",
                               Quote(input.ticker), kTickerBytesMax));
  }
  if (!input.country_code.empty() && !IsCountryCode(input.country_code)) {
    violations.Add("MALFORMED_COUNTRY", path + ".country_code",
                   fmt::format("{} must be the two capital letters of ISO 3166-1, as in US",
                               Quote(input.country_code)));
  }
}

OrganizationContent CheckOrganization(const std::string& path, const OrganizationInput& input,
                                      Violations& violations) {
  if (input.kind != OrganizationKind::kCompany && input.kind != OrganizationKind::kGovernment) {
    violations.Add(input.kind == OrganizationKind::kUnspecified ? "REQUIRED" : "UNKNOWN_VALUE",
                   path + ".kind",
                   "must be ORGANIZATION_KIND_COMPANY or ORGANIZATION_KIND_GOVERNMENT");
  }
  CheckNames(path + ".names", input.names, violations);
  CheckAliases(path + ".aliases", input.aliases, violations);
  CheckCodes(path, input, violations);
  const std::optional<time::FiscalCalendar> calendar =
      input.fiscal_year_end.empty()
          ? time::FiscalCalendar::Calendar()
          : violations.Take(path + ".fiscal_year_end",
                            time::ParseFiscalCalendar(input.fiscal_year_end));
  return {.organization_id = input.organization_id,
          .kind = input.kind,
          .names = input.names,
          .aliases = input.aliases,
          .parent_id = input.parent_id,
          .fiscal_calendar = calendar.value_or(time::FiscalCalendar::Calendar()),
          .cik = input.cik,
          .ticker = input.ticker,
          .country_code = input.country_code};
}

// The catalogue as it would be with the request's entries in it.
class FutureCatalogue {
 public:
  FutureCatalogue(const std::vector<OrganizationContent>& entries, const CatalogueView& catalogue)
      : catalogue_(catalogue) {
    for (const OrganizationContent& entry : entries) changed_[entry.organization_id] = &entry;
  }

  const OrganizationContent* Find(std::string_view id) const {
    const auto changed = changed_.find(id);
    if (changed != changed_.end()) return changed->second;
    const Organization* const stored = catalogue_.FindOrganization(id);
    return stored == nullptr ? nullptr : &stored->content;
  }

  bool IsAncestorOfItself(const OrganizationContent& entry) const {
    std::set<std::string_view> seen;
    for (const OrganizationContent* at = &entry; at != nullptr && !at->parent_id.empty();
         at = Find(at->parent_id)) {
      if (at->parent_id == entry.organization_id) return true;
      // A cycle further up that this entry is no part of.
      if (!seen.insert(at->parent_id).second) return false;
    }
    return false;
  }

  // Another organization that would have the same key; empty where none has.
  std::string OtherHolderOfCik(const OrganizationContent& entry) const {
    for (const auto& [id, other] : changed_) {
      if (other->cik == entry.cik && id != entry.organization_id) return std::string(id);
    }
    const Organization* const stored = catalogue_.FindOrganizationByCik(entry.cik);
    if (stored == nullptr) return "";
    const std::string& id = stored->content.organization_id;
    return id == entry.organization_id || changed_.contains(id) ? "" : id;
  }

 private:
  const CatalogueView& catalogue_;
  std::map<std::string_view, const OrganizationContent*> changed_;
};

absl::Status CheckTogether(const std::vector<OrganizationContent>& entries,
                           const CatalogueView& catalogue) {
  const FutureCatalogue future(entries, catalogue);
  Suggestions suggestions(catalogue);
  Violations violations;
  for (size_t i = 0; i < entries.size(); ++i) {
    const OrganizationContent& entry = entries[i];
    const std::string path = fmt::format("organizations[{}]", i);
    if (!entry.parent_id.empty() && future.Find(entry.parent_id) == nullptr) {
      violations.Add(
          "UNKNOWN_PARENT", path + ".parent_id",
          fmt::format("there is no organization {}{}: send it in the same request or "
                      "before",
                      Quote(entry.parent_id), suggestions.ForOrganization(entry.parent_id)));
    } else if (future.IsAncestorOfItself(entry)) {
      violations.Add("PARENT_CYCLE", path + ".parent_id",
                     fmt::format("{} would belong to itself by way of {}", entry.organization_id,
                                 entry.parent_id));
    }
    if (entry.cik.empty()) continue;
    if (const std::string other = future.OtherHolderOfCik(entry); !other.empty()) {
      violations.Add("DUPLICATE_CIK", path + ".cik",
                     fmt::format("{} is the key of {}: one organization has one key", entry.cik,
                                 Quote(other)));
    }
  }
  return violations.ToStatus(absl::StatusCode::kFailedPrecondition);
}

void CheckMembers(const std::string& path, const GroupContent& group, Violations& violations) {
  if (group.organization_ids.empty()) {
    violations.Add("REQUIRED", path, "must name at least one organization");
  }
  CheckCount(path, group.organization_ids.size(), kMembersMax, violations);
  std::set<std::string_view> seen;
  for (size_t i = 0; i < group.organization_ids.size(); ++i) {
    CheckId(fmt::format("{}[{}]", path, i), group.organization_ids[i], seen, violations);
  }
}

}  // namespace

absl::StatusOr<std::vector<OrganizationContent>> CheckOrganizations(
    const std::vector<OrganizationInput>& inputs, const CatalogueView& catalogue) {
  Violations violations;
  std::set<std::string_view> seen;
  std::vector<OrganizationContent> entries;
  entries.reserve(inputs.size());
  for (size_t i = 0; i < inputs.size(); ++i) {
    const std::string path = fmt::format("organizations[{}]", i);
    CheckId(path + ".organization_id", inputs[i].organization_id, seen, violations);
    entries.push_back(CheckOrganization(path, inputs[i], violations));
  }
  RETURN_IF_ERROR(violations.ToStatus());
  RETURN_IF_ERROR(CheckTogether(entries, catalogue));
  return entries;
}

absl::Status CheckGroups(const std::vector<GroupContent>& groups, const CatalogueView& catalogue,
                         const std::set<std::string_view>& arriving) {
  Violations violations;
  std::set<std::string_view> seen;
  for (size_t i = 0; i < groups.size(); ++i) {
    const std::string path = fmt::format("groups[{}]", i);
    CheckId(path + ".group_id", groups[i].group_id, seen, violations);
    CheckNames(path + ".names", groups[i].names, violations);
    CheckMembers(path + ".organization_ids", groups[i], violations);
  }
  RETURN_IF_ERROR(violations.ToStatus());

  Suggestions suggestions(catalogue);
  for (size_t i = 0; i < groups.size(); ++i) {
    for (size_t m = 0; m < groups[i].organization_ids.size(); ++m) {
      const std::string& id = groups[i].organization_ids[m];
      if (arriving.contains(id) || catalogue.FindOrganization(id) != nullptr) continue;
      violations.Add("UNKNOWN_ORGANIZATION", fmt::format("groups[{}].organization_ids[{}]", i, m),
                     fmt::format("there is no organization {}{}: send it in the same request or "
                                 "before, with UpsertOrganizations",
                                 Quote(id), suggestions.ForOrganization(id)));
    }
  }
  return violations.ToStatus(absl::StatusCode::kFailedPrecondition);
}

}  // namespace outlay::ingest
