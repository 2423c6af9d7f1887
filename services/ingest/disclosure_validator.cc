#include "services/ingest/disclosure_validator.h"

#include <utility>

#include "fmt/format.h"
#include "services/common/status/text.h"
#include "services/ingest/measures.h"
#include "services/ingest/text_rules.h"

namespace outlay::ingest {
namespace {

constexpr std::string_view kSlugRule =
    "lower-case letters, digits and single hyphens between them, at most {} bytes";

void CheckOptionalText(std::string_view field, std::string_view text, size_t bytes_max,
                       Violations& violations) {
  if (text.size() > bytes_max) {
    violations.Add("TOO_LONG", field,
                   fmt::format("has {} bytes, at most {} are kept", text.size(), bytes_max));
  } else if (!IsOneLine(text)) {
    violations.Add("MALFORMED_TEXT", field,
                   fmt::format("{} must be UTF-8 without line breaks or other control characters",
                               Quote(text)));
  }
}

}  // namespace

namespace rules {

void CheckMeasure(const DisclosureInput& input, Violations& violations) {
  if (input.measure.empty()) {
    violations.Add("REQUIRED", "measure",
                   fmt::format("is required: one of {}", fmt::join(MeasureIds(), ", ")));
    return;
  }
  const Measure* const measure = FindMeasure(input.measure);
  if (measure == nullptr) {
    violations.Add(
        "UNKNOWN_MEASURE", "measure",
        fmt::format("there is no measure {}{}; there are {}", Quote(input.measure),
                    DidYouMean(input.measure, MeasureIds()), fmt::join(MeasureIds(), ", ")));
    return;
  }
  if (input.definition.empty() || measure->Find(input.definition) != nullptr) return;
  const std::vector<std::string> ids = DefinitionIds(*measure);
  violations.Add(
      "UNKNOWN_DEFINITION", "definition",
      ids.empty()
          ? fmt::format("{} has no definitions: leave it empty", measure->id)
          : fmt::format("{} is no definition of {}{}; there are {}, or leave it empty where "
                        "the source does not say",
                        Quote(input.definition), measure->id, DidYouMean(input.definition, ids),
                        fmt::join(ids, ", ")));
}

void CheckEnums(const DisclosureInput& input, Violations& violations) {
  if (NameOf(input.basis).empty()) {
    violations.Add(input.basis == Basis::kUnspecified ? "REQUIRED" : "UNKNOWN_VALUE", "basis",
                   "must be BASIS_ACTUAL, BASIS_GUIDANCE or BASIS_ESTIMATE");
  }
  if (input.action != StatementAction::kUnspecified && NameOf(input.action).empty()) {
    violations.Add("UNKNOWN_VALUE", "action",
                   fmt::format("{} is no StatementAction: use STATED, REAFFIRMED, WITHDRAWN, "
                               "RESTATED or DEFINITION_CHANGE",
                               static_cast<int>(input.action)));
  }
  if (input.claim_kind != ClaimKind::kNone && NameOf(input.claim_kind).empty()) {
    violations.Add("UNKNOWN_VALUE", "claim_kind",
                   fmt::format("{} is no ClaimKind: use TOTAL, EQUIVALENT or CHANGE, or leave it "
                               "out for an ordinary figure",
                               static_cast<int>(input.claim_kind)));
  }
}

void CheckSource(const std::optional<Source>& source, Violations& violations) {
  if (!source) {
    violations.Add("REQUIRED", "source", "is required: where the statement was made");
    return;
  }
  if (!IsSlug(source->source_id, kSourceIdBytesMax)) {
    violations.Add(
        source->source_id.empty() ? "REQUIRED" : "MALFORMED_SLUG", "source.source_id",
        fmt::format("{} must be a slug ({}), as in brunch-2025-02-10", Quote(source->source_id),
                    fmt::format(fmt::runtime(kSlugRule), kSourceIdBytesMax)));
  }
  if (NameOf(source->source_class).empty()) {
    violations.Add(source->source_class == SourceClass::kUnspecified ? "REQUIRED" : "UNKNOWN_VALUE",
                   "source.source_class",
                   "must be SOURCE_CLASS_FILING, SOURCE_CLASS_ORGANIZATION, SOURCE_CLASS_PRESS or "
                   "SOURCE_CLASS_OTHER");
  }
  CheckOptionalText("source.title", source->title, kTitleBytesMax, violations);
  CheckOptionalText("source.publisher", source->publisher, kPublisherBytesMax, violations);
  CheckOptionalText("source.form", source->form, kFormBytesMax, violations);
  if (!source->url.empty() && !IsHttpUrl(source->url)) {
    violations.Add("MALFORMED_URL", "source.url",
                   fmt::format("{} must begin with http:// or https:// and a host, without blanks, "
                               "at most 2,000 bytes",
                               Quote(source->url)));
  }
  if (!source->language.empty() && !IsLanguageTag(source->language)) {
    violations.Add(
        "MALFORMED_LANGUAGE", "source.language",
        fmt::format("{} is not a language tag of BCP 47, as in en or ko", Quote(source->language)));
  }
  if (!source->accession.empty() && !IsAccession(source->accession)) {
    violations.Add("MALFORMED_ACCESSION", "source.accession",
                   fmt::format("{} is not an accession number, as in 0001018724-25-000004",
                               Quote(source->accession)));
  }
}

void CheckQuote(std::string_view quote, Violations& violations) {
  if (quote.size() > kQuoteBytesMax) {
    violations.Add("TOO_LONG", "quote",
                   fmt::format("has {} bytes: quote the words of the amount, at most {} bytes",
                               quote.size(), kQuoteBytesMax));
  } else if (!IsValidUtf8(quote) || quote.find('\0') != std::string_view::npos) {
    violations.Add("MALFORMED_TEXT", "quote", "must be UTF-8 without NUL");
  }
}

}  // namespace rules

const Organization* DisclosureValidator::FindOrganization(std::string_view id) {
  if (id.empty()) return nullptr;
  const Organization* const* const last = organization_.Find(id);
  return last != nullptr ? *last : organization_.Keep(id, catalogue_.FindOrganization(id));
}

void DisclosureValidator::CheckSubject(const DisclosureInput& input,
                                       const Organization* organization, Violations& violations) {
  const bool claim = input.claim_kind != ClaimKind::kNone;
  if (!input.group_id.empty()) {
    if (!claim) {
      violations.Add("CLAIM_SUBJECT", "group_id",
                     "only a claim speaks of a group: set claim_kind, or name the organization");
    } else if (!input.organization_id.empty()) {
      violations.Add("CLAIM_SUBJECT", "group_id",
                     "a claim speaks of a group or of an organization, not of both");
    }
    if (catalogue_.FindGroup(input.group_id) == nullptr) {
      violations.Add("UNKNOWN_GROUP", "group_id",
                     fmt::format("there is no group {}{}: add it with UpsertGroups first",
                                 Quote(input.group_id), suggestions_.ForGroup(input.group_id)));
    }
  } else if (input.organization_id.empty()) {
    violations.Add(claim ? "CLAIM_SUBJECT" : "REQUIRED", "organization_id",
                   claim ? "a claim needs organization_id or group_id" : "is required: who spends");
  }
  if (!input.organization_id.empty() && organization == nullptr) {
    violations.Add(
        "UNKNOWN_ORGANIZATION", "organization_id",
        fmt::format("there is no organization {}{}: add it with UpsertOrganizations first",
                    Quote(input.organization_id),
                    suggestions_.ForOrganization(input.organization_id)));
  }
}

void DisclosureValidator::CheckScope(const DisclosureInput& input, Violations& violations) {
  if (input.scope.empty() || IsSlug(input.scope)) return;
  violations.Add(
      "MALFORMED_SLUG", "scope",
      fmt::format("{} must be a slug ({}), as in aws, or empty for the whole of it",
                  Quote(input.scope), fmt::format(fmt::runtime(kSlugRule), kSlugBytesMax)));
}

std::optional<time::Period> DisclosureValidator::TakePeriod(const DisclosureInput& input,
                                                            const Organization* organization,
                                                            Violations& violations) {
  const bool label_alone = input.period && !input.period->label.empty() &&
                           input.period->start_date.empty() && input.period->end_date.empty() &&
                           !input.period_ambiguous && organization != nullptr;
  if (label_alone && organization == period_organization_) {
    if (const time::Period* const last = period_.Find(input.period->label)) return *last;
  }
  std::optional<time::Period> period = rules::TakePeriod(
      input, organization == nullptr ? nullptr : &organization->content.fiscal_calendar,
      organization != nullptr || input.organization_id.empty(), violations);
  if (label_alone && period) {
    period_organization_ = organization;
    period_.Keep(input.period->label, *period);
  }
  return period;
}

void DisclosureValidator::CheckSource(const std::optional<Source>& source, Violations& violations) {
  if (source && source == source_) return;
  Violations own;
  rules::CheckSource(source, own);
  if (own.empty()) {
    source_ = source;
  } else {
    rules::CheckSource(source, violations);
  }
}

absl::StatusOr<DisclosureContent> DisclosureValidator::Validate(const DisclosureInput& input) {
  DisclosureContent content;
  RETURN_IF_ERROR(Validate(input, content));
  return content;
}

absl::Status DisclosureValidator::Validate(const DisclosureInput& input,
                                           DisclosureContent& content) {
  Violations violations;
  for (const std::string& field : input.output_only_fields) {
    violations.Add("OUTPUT_ONLY", field, "is assigned by the server: leave it out");
  }
  const Organization* const organization = FindOrganization(input.organization_id);
  CheckSubject(input, organization, violations);
  CheckScope(input, violations);
  rules::CheckMeasure(input, violations);
  rules::CheckEnums(input, violations);
  std::optional<time::Period> period = TakePeriod(input, organization, violations);
  content.amount = rules::TakeAmount(input, violations);
  const rules::StatementTimes times = rules::TakeTimes(input, now_, violations);
  CheckSource(input.source, violations);
  rules::CheckQuote(input.quote, violations);
  if (!violations.empty()) return violations.ToStatus();

  content.organization_id = input.organization_id;
  content.group_id = input.group_id;
  content.scope = input.scope;
  content.measure = input.measure;
  content.definition = input.definition;
  content.basis = input.basis;
  content.period = *std::move(period);
  content.period_ambiguous = input.period_ambiguous;
  content.action =
      input.action == StatementAction::kUnspecified ? StatementAction::kStated : input.action;
  content.claim_kind = input.claim_kind;
  content.stated_at = times.stated_at;
  content.published_at = *times.published_at;
  content.source = *input.source;
  content.quote = input.quote;
  return absl::OkStatus();
}

}  // namespace outlay::ingest
