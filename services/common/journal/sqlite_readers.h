#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_READERS_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_READERS_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/journal/reader_pool.h"
#include "services/common/journal/recent_entries.h"
#include "services/common/journal/sqlite_connection.h"

namespace outlay::journal {

// Read-only connections, opened as they are needed up to a maximum, beyond which a read waits for
// its turn. They never hold the writer up: a write-ahead log lets both go on. Thread safe.
class SqliteReaders {
 public:
  SqliteReaders(const std::string& file, const std::string& vfs, size_t connections_max);

  // The entries after `after` up to the bounds, checked against the chain. `bounds.last_sequence`
  // must be committed: an entry up to it that is not there is DATA_LOSS.
  absl::StatusOr<std::vector<Entry>> Read(uint64_t after, const ReadBounds& bounds);

  // Waits for the reads in progress and closes the connections; later reads are JOURNAL_CLOSED.
  void Close() { pool_.Close(); }

 private:
  struct Reader {
    SqliteConnection connection;
    SqliteStatement select;
  };

  const std::string file_;
  ReaderPool<Reader> pool_;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_READERS_H_
