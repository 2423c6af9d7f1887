#include "services/aggregation/ingest_change_proto.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "services/aggregation/errors.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/wire/money_proto.h"
#include "services/common/wire/time_proto.h"

namespace outlay::aggregation {
namespace {

absl::StatusOr<Basis> ReadBasis(ingest::v1::Basis basis) {
  switch (basis) {
    case ingest::v1::BASIS_ACTUAL:
      return Basis::kActual;
    case ingest::v1::BASIS_GUIDANCE:
      return Basis::kGuidance;
    case ingest::v1::BASIS_ESTIMATE:
      return Basis::kEstimate;
    default:
      return UnreadableChange(fmt::format("basis {}", static_cast<int>(basis)));
  }
}

absl::StatusOr<SourceClass> ReadSourceClass(ingest::v1::SourceClass source_class) {
  switch (source_class) {
    case ingest::v1::SOURCE_CLASS_FILING:
      return SourceClass::kFiling;
    case ingest::v1::SOURCE_CLASS_ORGANIZATION:
      return SourceClass::kOrganization;
    case ingest::v1::SOURCE_CLASS_PRESS:
      return SourceClass::kPress;
    case ingest::v1::SOURCE_CLASS_OTHER:
      return SourceClass::kOther;
    default:
      return UnreadableChange(fmt::format("source class {}", static_cast<int>(source_class)));
  }
}

// Checked once more: sums rely on what MakeAmount establishes.
absl::StatusOr<money::Amount> ReadAmount(const money::v1::Amount& message) {
  ASSIGN_OR_RETURN(const money::Amount stored, wire::StoredAmountFromProto(message));
  return money::MakeAmount(money::ToInput(stored), stored.low_implied);
}

absl::StatusOr<time::Period> ReadPeriod(const time::v1::Period& message) {
  ASSIGN_OR_RETURN(time::Period period, wire::StoredPeriodFromProto(message));
  if (period.HasDates() && period.end <= period.start) {
    return UnreadableChange("a period that ends before it starts");
  }
  return period;
}

absl::StatusOr<Disclosure> ReadDisclosure(const ingest::v1::Disclosure& message) {
  Disclosure disclosure;
  if (message.disclosure_id().empty()) return UnreadableChange("a disclosure without an id");
  disclosure.disclosure_id = message.disclosure_id();
  disclosure.organization_id = message.organization_id();
  disclosure.scope = message.scope();
  disclosure.measure = message.measure();
  disclosure.definition = message.definition();
  ASSIGN_OR_RETURN(disclosure.basis, ReadBasis(message.basis()));
  ASSIGN_OR_RETURN(disclosure.period, ReadPeriod(message.period()));
  disclosure.period_ambiguous = message.period_ambiguous();
  disclosure.claim = message.claim_kind() != ingest::v1::CLAIM_KIND_UNSPECIFIED;
  if (message.action() != ingest::v1::STATEMENT_ACTION_WITHDRAWN) {
    if (!message.has_amount()) return UnreadableChange("a figure without an amount");
    ASSIGN_OR_RETURN(disclosure.amount, ReadAmount(message.amount()));
  }
  if (!message.stated_at().empty()) {
    ASSIGN_OR_RETURN(disclosure.stated_at, time::ParseDateOrInstant(message.stated_at()));
  }
  ASSIGN_OR_RETURN(disclosure.published_at, time::ParseDateOrInstant(message.published_at()));
  ASSIGN_OR_RETURN(disclosure.source_class, ReadSourceClass(message.source().source_class()));
  disclosure.source_id = message.source().source_id();
  disclosure.publisher = message.source().publisher();
  return disclosure;
}

absl::StatusOr<Organization> ReadOrganization(const ingest::v1::Organization& message) {
  Organization organization{.organization_id = message.organization_id(),
                            .parent_id = message.parent_id()};
  for (const ingest::v1::LocalizedName& name : message.names()) {
    if (name.language() == "en" && organization.name.empty()) organization.name = name.name();
    organization.known_as.push_back(name.name());
  }
  for (const ingest::v1::LocalizedName& alias : message.aliases()) {
    organization.known_as.push_back(alias.name());
  }
  if (!message.ticker().empty()) organization.known_as.push_back(message.ticker());
  if (!message.fiscal_year_end().empty()) {
    ASSIGN_OR_RETURN(organization.calendar, time::ParseFiscalCalendar(message.fiscal_year_end()));
  }
  return organization;
}

Group ReadGroup(const ingest::v1::Group& message) {
  Group group{.group_id = message.group_id()};
  for (const ingest::v1::LocalizedName& name : message.names()) {
    group.known_as.push_back(name.name());
  }
  group.organization_ids = {message.organization_ids().begin(), message.organization_ids().end()};
  return group;
}

absl::Status ReadInto(const ingest::v1::Disclosure& message, ChangeKind& kind) {
  ASSIGN_OR_RETURN(Disclosure disclosure, ReadDisclosure(message));
  kind.emplace<DisclosureChanged>(std::move(disclosure), message.revision());
  return absl::OkStatus();
}

absl::Status ReadInto(const ingest::v1::Organization& message, ChangeKind& kind) {
  ASSIGN_OR_RETURN(Organization organization, ReadOrganization(message));
  kind.emplace<OrganizationChanged>(std::move(organization));
  return absl::OkStatus();
}

absl::Status ReadInto(const ingest::v1::SourceRedacted& message, ChangeKind& kind) {
  const auto& ids = message.disclosure_ids();
  kind.emplace<SourceRedacted>(std::vector<std::string>(ids.begin(), ids.end()));
  return absl::OkStatus();
}

absl::Status ReadInto(const ingest::v1::Change& change, ChangeKind& kind) {
  switch (change.kind_case()) {
    case ingest::v1::Change::kDisclosureRecorded:
      return ReadInto(change.disclosure_recorded(), kind);
    case ingest::v1::Change::kDisclosureCorrected:
      return ReadInto(change.disclosure_corrected(), kind);
    case ingest::v1::Change::kDisclosureVoided:
      kind.emplace<DisclosureVoided>(change.disclosure_voided().disclosure_id(),
                                     change.disclosure_voided().revision());
      return absl::OkStatus();
    case ingest::v1::Change::kOrganizationUpserted:
      return ReadInto(change.organization_upserted(), kind);
    case ingest::v1::Change::kGroupUpserted:
      kind.emplace<GroupChanged>(ReadGroup(change.group_upserted()));
      return absl::OkStatus();
    case ingest::v1::Change::kSourceRedacted:
      return ReadInto(change.source_redacted(), kind);
    default:
      return absl::OkStatus();
  }
}

}  // namespace

absl::StatusOr<ChangeKind> ReadChange(const ingest::v1::Change& change) {
  absl::StatusOr<ChangeKind> kind{absl::in_place};
  if (const absl::Status status = ReadInto(change, *kind); !status.ok()) {
    return UnreadableChange(FromAbsl(status.message()));
  }
  return kind;
}

}  // namespace outlay::aggregation
