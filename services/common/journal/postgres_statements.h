// The SQL of the PostgreSQL engine: everything that runs against the tables of postgres_schema.h.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_STATEMENTS_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_STATEMENTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "services/common/journal/postgres_connection.h"

namespace outlay::journal {

// Names of prepared statements.
inline constexpr char kBegin[] = "begin";  // READ COMMITTED
inline constexpr char kCommit[] = "commit";
inline constexpr char kReadHead[] = "read_head";  // columns as in kHeadColumns
inline constexpr char kLockHead[] = "lock_head";  // the same, and nobody else commits until the end
// Moves the head from one end to another and inserts what lies between, if it is still at the
// first: see AppendParameters in postgres_commit.cc. One row, one column: 1 if it was, else 0.
inline constexpr char kAppend[] = "append";
// $1 entries, $2 by whom, $3 the header that StoreErased writes (three arrays of one length);
// $4 first entry of the group, $5 its mark: nothing happens unless that entry has it.
inline constexpr char kErase[] = "erase";
inline constexpr char kReadEntries[] = "read_entries";    // $1 first, $2 last, both inclusive
inline constexpr char kReadRequests[] = "read_requests";  // $1 first, $2 last
inline constexpr char kReadErasures[] = "read_erasures";  // $1 first, $2 last of those who erased
// $1: array of numbers. The rows, each with the checksum of the row before as its last column,
// which is NULL where there is none.
inline constexpr char kFindEntries[] = "find_entries";
inline constexpr char kFindRequests[] = "find_requests";
// $1 after, $2 last, $3 bytes: the row $1, where there is one, and those after it up to $2 whose
// sizes add up to at most $3, at least one.
inline constexpr char kReadPage[] = "read_page";

// For the connection that writes, and for those that only read. `schema` as SchemaName gives it.
std::vector<PostgresStatement> WriterStatements(std::string_view schema);
std::vector<PostgresStatement> ReaderStatements(std::string_view schema);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_STATEMENTS_H_
