// The journal's errors: one function each.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_ERRORS_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_ERRORS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace outlay::journal {

// INVALID_ARGUMENT JOURNAL_LIMIT_EXCEEDED. `field` as in "records[3].payload".
absl::Status LimitExceeded(std::string_view field, std::string_view what, uint64_t found,
                           uint64_t bound);

// INVALID_ARGUMENT NOTHING_TO_ERASE. `field` as in "records[3].erases[0]".
absl::Status NothingToErase(std::string_view field, uint64_t sequence, uint64_t head);

// INVALID_ARGUMENT JOURNAL_OPTION_INVALID.
absl::Status OptionInvalid(std::string_view option, std::string_view description);

// FAILED_PRECONDITION KEYS_CHANGED.
inline constexpr char kKeysChangedReason[] = "KEYS_CHANGED";
absl::Status KeysChanged(std::string_view key_prefix, uint64_t decided_at, uint64_t changed_at);
// KEYS_CHANGED too: `sequence` has a key that the batch says is absent.
absl::Status KeyPresent(std::string_view key, uint64_t sequence);

// ALREADY_EXISTS REQUEST_ID_REUSED.
absl::Status RequestIdReused(std::string_view request_id);

// RESOURCE_EXHAUSTED JOURNAL_QUEUE_FULL.
inline constexpr char kQueueFullReason[] = "JOURNAL_QUEUE_FULL";
absl::Status QueueFull(uint64_t queued_bytes, uint64_t bound_bytes, int64_t retry_after_ms);

// UNAVAILABLE JOURNAL_CLOSED.
absl::Status JournalClosed();

// OUT_OF_RANGE SEQUENCE_BEYOND_HEAD.
absl::Status SequenceBeyondHead(uint64_t sequence, uint64_t head);

// OUT_OF_RANGE SEQUENCE_AHEAD: a client's, whose `field` names a sequence that the journal does not have.
absl::Status SequenceAhead(std::string_view field, uint64_t sequence, uint64_t head);

// FAILED_PRECONDITION JOURNAL_DIFFERS: a subscriber has followed another journal up to `sequence`.
absl::Status JournalDiffers(uint64_t sequence);

// RESOURCE_EXHAUSTED STORAGE_FULL.
absl::Status StorageFull(std::string_view file, std::string_view what);

// UNAVAILABLE STORAGE_UNAVAILABLE: the system would not open, read, write or sync.
inline constexpr char kStorageUnavailableReason[] = "STORAGE_UNAVAILABLE";
absl::Status StorageUnavailable(std::string_view file, std::string_view what);
// STORAGE_UNAVAILABLE until the process is started again, which copies what the log has once more.
absl::Status DatabaseNotSynced(std::string_view file, int code);
// FAILED_PRECONDITION STORAGE_REFUSED: the database is not there or not for this user; trying again
// does not help.
inline constexpr char kStorageRefusedReason[] = "STORAGE_REFUSED";
absl::Status StorageRefused(std::string_view database, std::string_view what);
// STORAGE_UNAVAILABLE for those who use a service and need not know where its store is.
absl::Status StoreAway();

// FAILED_PRECONDITION DATA_DIR_LOCKED. `holder` is the pid of the process that has it, empty where
// unknown.
absl::Status DataDirLocked(std::string_view directory, std::string_view holder);

// FAILED_PRECONDITION NOT_A_JOURNAL.
absl::Status NotAJournal(std::string_view file, std::string_view what);

// FAILED_PRECONDITION JOURNAL_SCHEMA_NEWER.
inline constexpr char kSchemaNewerReason[] = "JOURNAL_SCHEMA_NEWER";
absl::Status SchemaNewer(std::string_view file, int64_t found, int64_t supported);

// FAILED_PRECONDITION JOURNAL_SCHEMA_OLDER: written before the first release.
absl::Status SchemaOlder(std::string_view file, int64_t found, int64_t supported);

// FAILED_PRECONDITION HEAD_FILE_MISSING.
absl::Status HeadFileMissing(std::string_view head_file, std::string_view database,
                             uint64_t entries);

// UNAVAILABLE ERASURE_PENDING, retry: the erasure is stored, but the write-ahead log cannot be cut.
absl::Status ErasurePending(std::string_view file, std::string_view why);

// Where in a store something was found: {"entry", 17}, {"request", 4}, {"header", 0} (a number of 0
// is not shown).
struct Place {
  std::string_view kind;
  uint64_t number = 0;
};

std::string ToString(const Place& place);

// DATA_LOSS JOURNAL_DAMAGED. Metadata: file, place, and for an entry its sequence. The message says
// which entries before it were found good, and what to do.
absl::Status Damaged(std::string_view file, const Place& place, std::string_view what);

// The same of a database on a server.
absl::Status DamagedDatabase(std::string_view database, const Place& place, std::string_view what);

// FAILED_PRECONDITION STORAGE_NOT_DURABLE: the server's setting is off, so it could lose what it
// has committed.
absl::Status StorageNotDurable(std::string_view database, std::string_view setting);

// FAILED_PRECONDITION STORAGE_TOO_OLD: the server's major version.
absl::Status StorageTooOld(std::string_view database, int found, int oldest);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_ERRORS_H_
