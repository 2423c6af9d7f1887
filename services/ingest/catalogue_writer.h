// Adding and changing organizations and groups.
#ifndef OUTLAY_SERVICES_INGEST_CATALOGUE_WRITER_H_
#define OUTLAY_SERVICES_INGEST_CATALOGUE_WRITER_H_

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/journal.h"
#include "services/ingest/change_codec.h"
#include "services/ingest/follower.h"
#include "services/ingest/ledger.h"
#include "services/ingest/request_rules.h"

namespace outlay::ingest {

inline constexpr size_t kUpsertMax = 1'000;

// Of the keys of organizations and of groups in the journal, which guards them: KeyGuard.
inline constexpr std::string_view kOrganizationKeyPrefix = "organization/";
inline constexpr std::string_view kGroupKeyPrefix = "group/";

template <typename Entry>
struct UpsertOutcome {
  std::vector<const Entry*> entries;  // as the request left them, in its order
  uint32_t changed_count = 0;
};

struct CatalogueOutcome {
  UpsertOutcome<Organization> organizations;
  UpsertOutcome<Group> groups;
  uint64_t sequence = 0;  // the journal after the request
};

// One change of the catalogue at a time: its rules (no cycles of parents, one organization a key) hold between entries, so that no key
// of one record could guard them. A mutex sees to it in this process; where several write to one journal, guards over the keys of all
// organizations and groups do: what was decided on an older catalogue is decided anew, and also that nothing changes. Changes of the
// catalogue are rare.
//
// Thread safe. The calls block until the ledger has the change: not from the journal's, the follower's or gRPC's threads.
class CatalogueWriter {
 public:
  CatalogueWriter(journal::Journal& journal, const Ledger& ledger, Follower& follower,
                  const ChangeCodec& codec)
      : journal_(journal), ledger_(ledger), follower_(follower), codec_(codec) {}

  // Organizations, and groups with them: all or none. The groups' members may be among the organizations. At least one of the two lists
  // has an entry.
  //
  // INVALID_ARGUMENT: EMPTY_BATCH, BATCH_TOO_LARGE, those of CheckWriteRequest. INVALID_ARGUMENT and FAILED_PRECONDITION: those of
  // CheckOrganizations and CheckGroups, kept with the request id. FAILED_PRECONDITION: CATALOGUE_CHANGED (others
  // changed it again and again). Errors of Journal::Submit.
  absl::StatusOr<CatalogueOutcome> UpsertCatalogue(
      const WriteRequest& request, const std::vector<OrganizationInput>& organizations,
      const std::vector<GroupContent>& groups);
  // The same without organizations.
  absl::StatusOr<CatalogueOutcome> UpsertGroups(const WriteRequest& request,
                                                const std::vector<GroupContent>& groups);

 private:
  // One change at a time; UNAVAILABLE instead of waiting behind one that waits for the store.
  absl::StatusOr<std::unique_lock<std::timed_mutex>> TakeTurn();
  template <typename Upserted, typename Entry, typename Content>
  journal::Record MakeRecord(std::string_view kind, std::string_view id, const Entry* current,
                             const Content& content, const ChangeNote& note) const;
  absl::StatusOr<std::vector<OrganizationContent>> Check(
      const std::vector<OrganizationInput>& organizations,
      const std::vector<GroupContent>& groups) const;
  absl::StatusOr<CatalogueOutcome> TryUpsert(const WriteRequest& request,
                                             const std::vector<OrganizationInput>& organizations,
                                             const std::vector<GroupContent>& groups);
  absl::StatusOr<journal::AppendResult> Store(const WriteRequest& request,
                                              std::vector<journal::Record> records,
                                              std::vector<journal::KeyGuard> guards);
  // What a refused request gets: the refusal, or the results of its first time, when it was not refused.
  absl::StatusOr<journal::AppendResult> Refuse(const WriteRequest& request,
                                               const absl::Status& refusal,
                                               std::vector<journal::KeyGuard> guards);
  absl::Status CheckResults(const journal::AppendResult& appended,
                            const std::vector<std::string>& ids) const;
  void AddRecords(const std::vector<OrganizationContent>& organizations, const ChangeNote& note,
                  std::vector<journal::Record>* records) const;
  void AddRecords(const std::vector<GroupContent>& groups, const ChangeNote& note,
                  std::vector<journal::Record>* records) const;

  journal::Journal& journal_;
  const Ledger& ledger_;
  Follower& follower_;
  const ChangeCodec& codec_;
  std::timed_mutex mutex_;  // held from reading the catalogue until it has the change
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_CATALOGUE_WRITER_H_
