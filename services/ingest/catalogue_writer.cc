#include "services/ingest/catalogue_writer.h"

#include <chrono>
#include <set>
#include <string_view>
#include <utility>

#include "fmt/format.h"
#include "services/common/journal/errors.h"
#include "services/common/status/error.h"
#include "services/ingest/catalogue_validator.h"
#include "services/ingest/content_fields.h"
#include "services/ingest/errors.h"

namespace outlay::ingest {
namespace {

// Another process must be faster this often before a change is given up.
constexpr int kAttemptsMax = 16;
constexpr std::chrono::milliseconds kTurnPoll{20};

// One of the two lists may be empty, where the request has both.
absl::Status CheckSizes(size_t organizations, size_t groups) {
  if (organizations > kUpsertMax || (organizations == 0 && groups == 0)) {
    return BatchSize("organizations", organizations, kUpsertMax);
  }
  return groups > kUpsertMax ? BatchSize("groups", groups, kUpsertMax) : absl::OkStatus();
}

absl::Status CheckNote(const WriteRequest& request) {
  Violations violations;
  CheckWriteRequest(request, ReasonRule::kOptional, violations);
  return violations.ToStatus();
}

// What is wrong with either, in one error: of what an entry is by itself before what it is with others.
absl::Status Together(const absl::Status& organizations, const absl::Status& groups) {
  if (organizations.ok()) return groups;
  if (groups.ok()) return organizations;
  if (organizations.code() != groups.code()) {
    return groups.code() == absl::StatusCode::kInvalidArgument ? groups : organizations;
  }
  Violations violations;
  violations.Add("", organizations);
  violations.Add("", groups);
  return violations.ToStatus(organizations.code());
}

bool IsChange(const journal::RecordResult& result) {
  return result.disposition == journal::Disposition::kAppended;
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

absl::StatusOr<journal::AppendResult> CatalogueWriter::Store(
    const WriteRequest& request, std::vector<journal::Record> records,
    std::vector<journal::KeyGuard> guards) {
  RETURN_IF_ERROR(follower_.failure());
  ASSIGN_OR_RETURN(journal::AppendResult appended,
                   journal_.Append({.request_id = request.request_id,
                                    .request_fingerprint = request.fingerprint,
                                    .atomic = true,
                                    .guards = std::move(guards),
                                    .records = std::move(records)}));
  RETURN_IF_ERROR(follower_.WaitApplied(appended.head));
  return appended;
}

absl::StatusOr<journal::AppendResult> CatalogueWriter::Refuse(
    const WriteRequest& request, const absl::Status& refusal,
    std::vector<journal::KeyGuard> guards) {
  if (request.request_id.empty()) return refusal;
  return Store(request, {{.rejection = codec_.EncodeError(refusal)}}, std::move(guards));
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

void CatalogueWriter::AddRecords(const std::vector<OrganizationContent>& organizations,
                                 const ChangeNote& note,
                                 std::vector<journal::Record>* records) const {
  for (const OrganizationContent& content : organizations) {
    records->push_back(MakeRecord<OrganizationUpserted>(
        "organization", content.organization_id, ledger_.FindOrganization(content.organization_id),
        content, note));
  }
}

void CatalogueWriter::AddRecords(const std::vector<GroupContent>& groups, const ChangeNote& note,
                                 std::vector<journal::Record>* records) const {
  for (const GroupContent& group : groups) {
    records->push_back(MakeRecord<GroupUpserted>("group", group.group_id,
                                                 ledger_.FindGroup(group.group_id), group, note));
  }
}

absl::StatusOr<std::unique_lock<std::timed_mutex>> CatalogueWriter::TakeTurn() {
  std::unique_lock<std::timed_mutex> turn(mutex_, std::defer_lock);
  do {
    RETURN_IF_ERROR(journal_.Reach());
  } while (!turn.try_lock_for(kTurnPoll));
  return turn;
}

absl::StatusOr<CatalogueOutcome> CatalogueWriter::UpsertCatalogue(
    const WriteRequest& request, const std::vector<OrganizationInput>& organizations,
    const std::vector<GroupContent>& groups) {
  RETURN_IF_ERROR(CheckSizes(organizations.size(), groups.size()));
  RETURN_IF_ERROR(CheckNote(request));
  ASSIGN_OR_RETURN(const std::unique_lock<std::timed_mutex> turn, TakeTurn());
  for (int attempt = 1;; ++attempt) {
    if (attempt == 1 && !Check(organizations, groups).status().ok()) {
      RETURN_IF_ERROR(follower_.LearnMore().status());
    }
    absl::StatusOr<CatalogueOutcome> outcome = TryUpsert(request, organizations, groups);
    if (GetErrorDetail(outcome.status()).reason != journal::kKeysChangedReason) return outcome;
    if (attempt == kAttemptsMax) {
      return CatalogueChanged(organizations.empty() ? groups.front().group_id
                                                    : organizations.front().organization_id);
    }
    RETURN_IF_ERROR(follower_.WaitApplied(journal_.Head()));
  }
}

absl::StatusOr<std::vector<OrganizationContent>> CatalogueWriter::Check(
    const std::vector<OrganizationInput>& organizations,
    const std::vector<GroupContent>& groups) const {
  std::set<std::string_view> arriving;
  for (const OrganizationInput& input : organizations) arriving.insert(input.organization_id);
  absl::StatusOr<std::vector<OrganizationContent>> contents =
      CheckOrganizations(organizations, ledger_);
  RETURN_IF_ERROR(Together(contents.status(), CheckGroups(groups, ledger_, arriving)));
  return contents;
}

absl::StatusOr<CatalogueOutcome> CatalogueWriter::TryUpsert(
    const WriteRequest& request, const std::vector<OrganizationInput>& organizations,
    const std::vector<GroupContent>& groups) {
  // Before the catalogue is read: what it shows beyond that only makes for another attempt.
  const uint64_t decided_at = ledger_.sequence();
  std::vector<std::string> ids;
  for (const OrganizationInput& input : organizations) ids.push_back(input.organization_id);
  for (const GroupContent& group : groups) ids.push_back(group.group_id);
  const absl::StatusOr<std::vector<OrganizationContent>> contents = Check(organizations, groups);
  std::vector<journal::KeyGuard> guards;
  // Members of groups cannot go again, but one that is not there may have come.
  if (!organizations.empty() || !contents.ok()) {
    guards.push_back({std::string(kOrganizationKeyPrefix), decided_at});
  }
  if (!groups.empty()) guards.push_back({std::string(kGroupKeyPrefix), decided_at});
  std::vector<journal::Record> records;
  if (contents.ok()) {
    // In this order: whoever follows the journal knows a group's members before it.
    AddRecords(*contents, request.note, &records);
    AddRecords(groups, request.note, &records);
  }
  ASSIGN_OR_RETURN(const journal::AppendResult appended,
                   contents.ok() ? Store(request, std::move(records), std::move(guards))
                                 : Refuse(request, contents.status(), std::move(guards)));
  RETURN_IF_ERROR(CheckResults(appended, ids));
  CatalogueOutcome outcome{.sequence = appended.head};
  for (size_t i = 0; i < ids.size(); ++i) {
    const journal::RecordResult& result = appended.results[i];
    if (i < organizations.size()) {
      outcome.organizations.entries.push_back(ledger_.FindOrganization(ids[i], result.sequence));
      if (IsChange(result)) ++outcome.organizations.changed_count;
    } else {
      outcome.groups.entries.push_back(ledger_.FindGroup(ids[i], result.sequence));
      if (IsChange(result)) ++outcome.groups.changed_count;
    }
  }
  return outcome;
}

absl::StatusOr<CatalogueOutcome> CatalogueWriter::UpsertGroups(
    const WriteRequest& request, const std::vector<GroupContent>& groups) {
  if (groups.empty()) return BatchSize("groups", 0, kUpsertMax);
  return UpsertCatalogue(request, {}, groups);
}

}  // namespace outlay::ingest
