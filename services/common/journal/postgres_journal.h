// The journal in PostgreSQL: a schema "outlay_<name>" in a database, written by any number of
// processes at once, each of which follows what the others write. postgres_schema.h has the tables,
// docs/operations.md what a server must offer.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_JOURNAL_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_JOURNAL_H_

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/journal.h"
#include "services/common/journal/limits.h"

namespace outlay::journal {

struct PostgresOptions {
  std::string url;   // postgres://… or postgresql://…, as libpq takes it
  std::string name;  // "ingest": names the schema; letters, digits, '-' and '_', at most 48
  JournalLimits limits;
  // What KeyGuard may name; a few.
  std::vector<std::string> guarded_prefixes;
  // Newest entries kept in memory for followers.
  size_t recent_bytes_max = size_t{64} << 20;
  // Connections for reads; more reads at once wait for one. One more writes and follows.
  size_t readers_max = 4;
  // How often the head is looked at for what other processes have written.
  std::chrono::milliseconds follow_interval{25};
  // How long a group is tried again, and a read, after a lost connection or a conflict.
  std::chrono::milliseconds retry_for{10'000};
  Clock clock = SystemNow;
  // Told of failures that no caller can be told of, or not in full: the database is away (once,
  // until it is back; callers are not told where it is), an error while the destructor closes. May
  // be empty.
  std::function<void(const absl::Status&)> on_background_error;
  // Told when the database is back. May be empty.
  std::function<void()> on_store_back;
};

// Opens the journal and makes its schema where there is none: checks that the server keeps what it
// commits, verifies every row's checksum, rebuilds the key index in memory. O(entries): a few
// seconds a million.
//
//   FAILED_PRECONDITION  STORAGE_REFUSED (no such database, user or permission: at once),
//                        STORAGE_NOT_DURABLE (fsync, full_page_writes or synchronous_commit off),
//                        STORAGE_TOO_OLD (before PostgreSQL 11), JOURNAL_SCHEMA_NEWER
//   DATA_LOSS            JOURNAL_DAMAGED (metadata `file`: the database, `place`, for an entry
//                        `sequence`)
//   UNAVAILABLE          STORAGE_UNAVAILABLE: no connection within `retry_for`
//   RESOURCE_EXHAUSTED   STORAGE_FULL
//   INVALID_ARGUMENT     JOURNAL_OPTION_INVALID
absl::StatusOr<std::unique_ptr<Journal>> OpenPostgresJournal(PostgresOptions options);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_JOURNAL_H_
