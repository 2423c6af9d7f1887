// The tables, and whether a file has them.
//
//   entry(sequence, recorded_at_us, key, fingerprint, payload, checksum, erasable, erasable_digest)
//   request(ordinal, id, fingerprint, first_sequence, results, recorded_at_us, checksum)
//
// The column erasable is laid out as erasable.h has it.
//
// Without secondary indexes: appending to the end of a table is cheap, a place in an index of
// random keys is not.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_SCHEMA_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_SCHEMA_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/head_file.h"
#include "services/common/journal/sqlite_connection.h"

namespace outlay::journal {

inline constexpr int64_t kSchemaVersion = 2;           // PRAGMA user_version
inline constexpr int64_t kApplicationId = 0x4f75744a;  // PRAGMA application_id: "OutJ"

enum class FileKind {
  kEmpty,    // no tables: new, or cut to nothing
  kJournal,  // ours, of a version we know
};

// Reads the header only. NOT_A_JOURNAL, JOURNAL_SCHEMA_NEWER, JOURNAL_SCHEMA_OLDER; but JOURNAL_DAMAGED where the head
// file shows that the database was a journal, of the version it tells, so the header must have been
// changed.
absl::StatusOr<FileKind> IdentifyFile(SqliteConnection& connection, const HeadFile& head_file);

// Turns write-ahead logging on. Not inside a transaction.
absl::Status EnableWal(SqliteConnection& connection);

// Makes the tables and marks the file as ours, in one transaction.
absl::Status CreateSchema(SqliteConnection& connection);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_SCHEMA_H_
