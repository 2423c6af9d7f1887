// One group's way into PostgreSQL.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_COMMIT_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_COMMIT_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "services/common/journal/postgres_connection.h"
#include "services/common/journal/staged_group.h"

namespace outlay::journal {

enum class Transaction { kNew, kOpen };

// Sends the group, which must not be empty, and the COMMIT in one round trip. Whether the head was
// where the group begins: if it was not, nothing was stored. `mark` is what the group's first row
// gets. After an error of PostgresFailure::kConnection the outcome is unknown; after another one
// nothing was stored and the transaction waits for its ROLLBACK.
absl::StatusOr<bool> CommitGroup(PostgresConnection& connection, const StagedGroup& group,
                                 uint64_t mark, Transaction transaction, Deadline deadline);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_COMMIT_H_
