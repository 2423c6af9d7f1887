#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_ERASURE_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_ERASURE_H_

#include <cstdint>

#include "absl/status/status.h"
#include "services/common/journal/sqlite_connection.h"

namespace outlay::journal {

// Overwrites the erasable bytes of an entry that is there, inside of the transaction in progress: in
// their place, so that no copy stays behind in a page that is no longer used. Bytes that were erased
// before, or never were, stay as they are.
absl::Status EraseRow(SqliteConnection& connection, uint64_t sequence, uint64_t erased_by);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_ERASURE_H_
