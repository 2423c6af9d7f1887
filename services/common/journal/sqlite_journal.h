// The journal in SQLite: one file in a directory of its own.
//
//   LOCK         held by the process that has the journal open
//   <name>.db    the entries and the requests' results, in WAL mode with synchronous=FULL: every
//                commit is synced
//   <name>.head  the last acknowledged position, see head_file.h: what shows that a damaged WAL was
//                cut short
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_JOURNAL_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_JOURNAL_H_

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/journal.h"
#include "services/common/journal/limits.h"

namespace outlay::journal {

struct SqliteOptions {
  std::filesystem::path directory;  // one a journal; made when missing
  std::string name;                 // "ingest": names the files; letters, digits, '-' and '_'
  JournalLimits limits;
  // What KeyGuard may name; a few.
  std::vector<std::string> guarded_prefixes;
  // Newest entries kept in memory for followers.
  size_t recent_bytes_max = size_t{64} << 20;
  // Connections for reads; more reads at once wait for one.
  size_t readers_max = 4;
  // Whenever the write-ahead log has grown by so much, it is copied into the database file beside the commits.
  size_t checkpoint_bytes = size_t{4} << 20;
  // Beyond this size the next commit waits until all of it is copied, so that it begins again.
  size_t log_bytes_max = size_t{16} << 20;
  // See head_file.h.
  std::chrono::milliseconds head_sync_interval{1000};
  // Open a journal that has entries but no usable head file, trusting what the database holds. For
  // an operator who has restored or copied the database without it; not a default, because the head
  // file is what notices a shortened store.
  bool accept_missing_head = false;
  Clock clock = SystemNow;
  // Told of failures that no caller can be told of: a checkpoint or the head file's write that
  // failed (both are tried again), an error while the destructor closes. Runs on the commit or
  // closing thread, or on that of the checkpoints, perhaps at the same time. May be empty.
  std::function<void(const absl::Status&)> on_background_error;
  // For tests: the sqlite3_vfs to use (empty: the default), and synchronous=OFF, which loses
  // acknowledged records when the power fails.
  std::string vfs;
  bool sync_commits = true;
};

// Opens or creates the journal: takes the directory's lock, verifies every row's checksum, rebuilds
// the key index in memory (24 bytes a key before the hash table's slack), compares the end with the
// head file. Nothing is changed on disk before all of it has passed, so a damaged store is left as
// it was found. O(entries): about a second a million.
//
//   FAILED_PRECONDITION  DATA_DIR_LOCKED (metadata `directory`, `pid`), JOURNAL_SCHEMA_NEWER,
//                        NOT_A_JOURNAL (another program's file), HEAD_FILE_MISSING
//   DATA_LOSS            JOURNAL_DAMAGED (metadata `file`, `place`, for an entry `sequence`); the
//                        message says what to do
//   UNAVAILABLE          STORAGE_UNAVAILABLE: the directory or a file cannot be made or read
//   RESOURCE_EXHAUSTED   STORAGE_FULL
//   INVALID_ARGUMENT     JOURNAL_OPTION_INVALID
absl::StatusOr<std::unique_ptr<Journal>> OpenSqliteJournal(SqliteOptions options);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_JOURNAL_H_
