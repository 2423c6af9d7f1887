#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_STORED_ROWS_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_STORED_ROWS_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/postgres_connection.h"
#include "services/common/journal/staged_group.h"

namespace outlay::journal {

// The stored rows that a group's keys and request ids lead to, read in as few round trips as there
// are thousands of them and checked against the rows before them. Not thread safe.
class PostgresStoredRows final : public StoredRows {
 public:
  // The connection has the statements of WriterStatements and outlives the object.
  PostgresStoredRows(PostgresConnection& connection, Deadline deadline)
      : connection_(connection), deadline_(deadline) {}

  absl::Status Prepare(const std::vector<uint64_t>& sequences,
                       const std::vector<uint64_t>& ordinals) override;
  absl::StatusOr<uint64_t> FingerprintAt(uint64_t sequence) override;
  absl::StatusOr<StoredRequest> RequestAt(uint64_t ordinal) override;
  absl::Status UnreadableResults(uint64_t ordinal) const override;

 private:
  absl::Status TakeEntries(const PostgresRows& rows);
  absl::Status TakeRequests(const PostgresRows& rows);

  PostgresConnection& connection_;
  const Deadline deadline_;
  absl::flat_hash_map<uint64_t, uint64_t> fingerprints_;  // by sequence
  absl::flat_hash_map<uint64_t, StoredRequest> requests_;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_STORED_ROWS_H_
