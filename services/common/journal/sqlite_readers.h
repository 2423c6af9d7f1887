#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_READERS_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_READERS_H_

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/journal/recent_entries.h"
#include "services/common/journal/sqlite_connection.h"

namespace outlay::journal {

// Read-only connections, opened as they are needed up to a maximum, beyond which a read waits for
// its turn. They never hold the writer up: a write-ahead log lets both go on. Thread safe.
class SqliteReaders {
 public:
  SqliteReaders(std::string file, std::string vfs, size_t connections_max);
  ~SqliteReaders();  // closes

  // The entries after `after` up to the bounds, checked against the chain. `bounds.last_sequence`
  // must be committed: an entry up to it that is not there is DATA_LOSS.
  absl::StatusOr<std::vector<Entry>> Read(uint64_t after, const ReadBounds& bounds);

  // Waits for the reads in progress and closes the connections; later reads are JOURNAL_CLOSED.
  void Close();

 private:
  struct Reader {
    SqliteConnection connection;
    SqliteStatement select;
  };

  absl::StatusOr<std::unique_ptr<Reader>> Borrow();
  absl::StatusOr<std::unique_ptr<Reader>> OpenReader() const;
  // `reader` may be null: one that failed is not used again.
  void Return(std::unique_ptr<Reader> reader);

  const std::string file_;
  const std::string vfs_;
  const size_t connections_max_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Reader>> idle_;
  size_t borrowed_ = 0;
  bool closed_ = false;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_READERS_H_
