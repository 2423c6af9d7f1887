// The tables' rows out of PostgreSQL's answers.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_ROWS_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_ROWS_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/common/journal/chain.h"
#include "services/common/journal/postgres_connection.h"
#include "services/common/journal/staged_group.h"

namespace outlay::journal {

// A row of the table `head`.
struct HeadRow {
  End end;
  uint64_t last_erasure = 0;  // the last entry that erased others; 0: none has
  int64_t schema_version = 0;
  int64_t minimum_reader = 0;
};

// `rows` of kReadHead or kLockHead. JOURNAL_DAMAGED unless it is exactly one;
// JOURNAL_SCHEMA_NEWER when this program is not to touch the journal any more.
absl::StatusOr<HeadRow> HeadOf(const PostgresRows& rows, std::string_view place);

// The views are good as long as the rows.
EntryRow EntryRowOf(const PostgresRows& rows, int row);
RequestRow RequestRowOf(const PostgresRows& rows, int row);
std::optional<uint64_t> EntryMarkOf(const PostgresRows& rows, int row);
std::optional<uint64_t> RequestMarkOf(const PostgresRows& rows, int row);
// Of kFindEntries and kFindRequests: the checksum of the row before, none where it is missing.
std::optional<uint64_t> ChecksumBeforeEntry(const PostgresRows& rows, int row);
std::optional<uint64_t> ChecksumBeforeRequest(const PostgresRows& rows, int row);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_ROWS_H_
