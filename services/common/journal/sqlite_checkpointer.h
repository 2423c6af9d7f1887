// Copies the write-ahead log into the database file beside the commits, on a thread and a connection of its own.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_CHECKPOINTER_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_CHECKPOINTER_H_

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/sqlite_connection.h"

namespace outlay::journal {

// Copies what is in the log of a connection without waiting for readers; what they hold back is copied the next time.
absl::Status CheckpointPassively(SqliteConnection& connection);

// Commits go on while it copies, so it never sees the log's end while they come, and the log grows: it can start again from its beginning only after a
// checkpoint between two commits, for which little is left to copy.
class SqliteCheckpointer {
 public:
  // `report` is told of failures, on its thread; what failed is tried again at the next Start.
  static absl::StatusOr<std::unique_ptr<SqliteCheckpointer>> Open(
      const std::string& file, const std::string& vfs, bool sync,
      std::function<void(const absl::Status&)> report);

  // Waits for what is under way.
  ~SqliteCheckpointer();

  // Begins to copy what the log has now, unless it is at it already. Returns at once.
  void Start();

  // Waits for what is under way; nothing begins as long as the result lives.
  std::unique_lock<std::mutex> Pause() { return std::unique_lock(copying_); }

 private:
  SqliteCheckpointer(SqliteConnection connection, std::function<void(const absl::Status&)> report);

  void Run();

  SqliteConnection connection_;  // with copying_
  const std::function<void(const absl::Status&)> report_;
  std::mutex copying_;  // SQLite has one checkpoint at a time and lets none wait for another
  std::mutex mutex_;
  std::condition_variable wake_;
  bool wanted_ = false;  // with mutex_
  bool ended_ = false;   // with mutex_
  std::thread thread_;   // the last: it uses the others
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_CHECKPOINTER_H_
