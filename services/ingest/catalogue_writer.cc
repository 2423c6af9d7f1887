#include "services/ingest/catalogue_writer.h"

#include <utility>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/ingest/catalogue_validator.h"
#include "services/ingest/content_fields.h"
#include "services/ingest/errors.h"

namespace outlay::ingest {
namespace {

absl::Status CheckRequest(const WriteRequest& request, std::string_view field, size_t count) {
  if (count == 0 || count > kUpsertMax) return BatchSize(field, count, kUpsertMax);
  Violations violations;
  CheckWriteRequest(request, ReasonRule::kOptional, violations);
  return violations.ToStatus();
}

uint32_t CountAppended(const journal::AppendResult& appended) {
  uint32_t count = 0;
  for (const journal::RecordResult& result : appended.results) {
    if (result.disposition == journal::Disposition::kAppended) ++count;
  }
  return count;
}

}  // namespace

// An entry that is equal to the stored one keeps its key, "organization/<id>/<n>", and is a replay to the journal; so the results of a
// request name the revision of each of its entries, changed or not.
template <typename Upserted, typename Entry, typename Content>
journal::Record CatalogueWriter::MakeRecord(std::string_view kind, std::string_view id,
                                            const Entry* current, const Content& content,
                                            const ChangeNote& note) const {
  const uint32_t last = current == nullptr ? 0 : current->revision;
  const bool equal = current != nullptr && current->content == content;
  const uint32_t revision = equal ? last : last + 1;
  return {.key = fmt::format("{}/{}/{}", kind, id, revision),
          .payload = codec_.Encode({Upserted{content, revision}, note}).payload,
          .fingerprint = journal::Fingerprint(CanonicalBytes(content))};
}

absl::StatusOr<journal::AppendResult> CatalogueWriter::Store(const WriteRequest& request,
                                                             std::vector<journal::Record> records) {
  RETURN_IF_ERROR(follower_.failure());
  ASSIGN_OR_RETURN(journal::AppendResult appended,
                   journal_.Append({.request_id = request.request_id,
                                    .request_fingerprint = request.fingerprint,
                                    .atomic = true,
                                    .records = std::move(records)}));
  RETURN_IF_ERROR(follower_.WaitApplied(appended.head));
  return appended;
}

absl::StatusOr<journal::AppendResult> CatalogueWriter::Refuse(const WriteRequest& request,
                                                              const absl::Status& refusal) {
  if (request.request_id.empty()) return refusal;
  return Store(request, {{.rejection = codec_.EncodeError(refusal)}});
}

absl::Status CatalogueWriter::CheckResults(const journal::AppendResult& appended,
                                           const std::vector<std::string>& ids) const {
  for (size_t i = 0; i < appended.results.size(); ++i) {
    const journal::RecordResult& result = appended.results[i];
    if (result.disposition == journal::Disposition::kRejected) {
      return codec_.DecodeError(result.rejection);
    }
    if (result.disposition == journal::Disposition::kConflict) return CatalogueChanged(ids[i]);
  }
  return absl::OkStatus();
}

absl::StatusOr<UpsertOutcome<Organization>> CatalogueWriter::UpsertOrganizations(
    const WriteRequest& request, const std::vector<OrganizationInput>& organizations) {
  RETURN_IF_ERROR(CheckRequest(request, "organizations", organizations.size()));
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<std::string> ids;
  for (const OrganizationInput& input : organizations) ids.push_back(input.organization_id);
  absl::StatusOr<std::vector<OrganizationContent>> contents =
      CheckOrganizations(organizations, ledger_);
  std::vector<journal::Record> records;
  if (contents.ok()) {
    for (const OrganizationContent& content : *contents) {
      records.push_back(MakeRecord<OrganizationUpserted>(
          "organization", content.organization_id,
          ledger_.FindOrganization(content.organization_id), content, request.note));
    }
  }
  ASSIGN_OR_RETURN(const journal::AppendResult appended, contents.ok()
                                                             ? Store(request, std::move(records))
                                                             : Refuse(request, contents.status()));
  RETURN_IF_ERROR(CheckResults(appended, ids));
  UpsertOutcome<Organization> outcome{.changed_count = CountAppended(appended),
                                      .sequence = appended.head};
  for (size_t i = 0; i < ids.size(); ++i) {
    outcome.entries.push_back(ledger_.FindOrganization(ids[i], appended.results[i].sequence));
  }
  return outcome;
}

absl::StatusOr<UpsertOutcome<Group>> CatalogueWriter::UpsertGroups(
    const WriteRequest& request, const std::vector<GroupContent>& groups) {
  RETURN_IF_ERROR(CheckRequest(request, "groups", groups.size()));
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<std::string> ids;
  for (const GroupContent& group : groups) ids.push_back(group.group_id);
  const absl::Status checked = CheckGroups(groups, ledger_);
  std::vector<journal::Record> records;
  if (checked.ok()) {
    for (const GroupContent& group : groups) {
      records.push_back(MakeRecord<GroupUpserted>(
          "group", group.group_id, ledger_.FindGroup(group.group_id), group, request.note));
    }
  }
  ASSIGN_OR_RETURN(const journal::AppendResult appended,
                   checked.ok() ? Store(request, std::move(records)) : Refuse(request, checked));
  RETURN_IF_ERROR(CheckResults(appended, ids));
  UpsertOutcome<Group> outcome{.changed_count = CountAppended(appended), .sequence = appended.head};
  for (size_t i = 0; i < ids.size(); ++i) {
    outcome.entries.push_back(ledger_.FindGroup(ids[i], appended.results[i].sequence));
  }
  return outcome;
}

}  // namespace outlay::ingest
