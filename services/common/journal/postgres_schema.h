// The tables of the PostgreSQL engine, in a schema "outlay_<name>" of their own:
//
//   head(id, sequence, entry_checksum, request_ordinal, request_checksum, recorded_at_us,
//        last_erasure, schema_version, minimum_reader)
//     one row, the end of both chains. Who changes it holds its lock until the commit, so commits
//     are in the order of sequences.
//   entry(sequence, recorded_at_us, fingerprint, checksum, erasable_digest, mark, key, payload,
//         erasable)
//   request(ordinal, recorded_at_us, fingerprint, first_sequence, checksum, mark, id, results)
//     `mark`: a random number on the first row that a commit inserted, by which a writer finds out
//     whether a commit took effect whose answer it lost; NULL on the others. `erasable` as in
//     erasable.h.
//   erasure(erased_by, entry_sequence)
//     which entries' erasable bytes an entry erased, for other processes' memories.
//
// Without secondary indexes, as in SQLite.
//
// Versions. `schema_version` is that of the newest program that has opened the journal,
// `minimum_reader` the oldest that may still read and write it. A release that needs another column
// adds it with a default in a step of its own (expand) and leaves `minimum_reader` alone, so that
// the release before it goes on beside it; a later one may raise `minimum_reader` and remove what
// only older ones need (contract).
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_SCHEMA_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_SCHEMA_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "services/common/journal/postgres_connection.h"

namespace outlay::journal {

inline constexpr int64_t kPostgresSchemaVersion = 1;

// What one release changed: from version `version` - 1, with which `statements` makes this one.
struct SchemaStep {
  int64_t version = 0;
  int64_t minimum_reader = 0;
  std::vector<std::string> statements;
};

// The quoted name of the schema of a journal.
std::string SchemaName(std::string_view journal_name);

// The steps of this program; the first makes everything.
std::vector<SchemaStep> SchemaSteps(std::string_view schema);

// Makes the schema where it is missing and takes the steps that it lacks, each once whatever other
// processes do at the same time. JOURNAL_SCHEMA_NEWER, JOURNAL_DAMAGED, errors of the connection.
absl::Status EnsureSchema(PostgresConnection& connection, std::string_view schema,
                          const std::vector<SchemaStep>& steps, Deadline deadline);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_SCHEMA_H_
