// Copies the write-ahead log into the database file, beside the commits on a thread and a connection of its own, and between them.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_CHECKPOINTER_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_CHECKPOINTER_H_

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/sqlite_connection.h"

namespace outlay::journal {

// Commits go on while it copies, so it never sees the log's end while they come, and the log grows: it can start again from its beginning only after a
// checkpoint between two commits, for which little is left to copy.
//
// Two things of SQLite it has to look after.
//
// SQLite before 3.51.3 spoils the database when a checkpoint begins with everything copied already while another connection's commit begins the log
// again (sqlite.org/wal.html, "the WAL-reset bug"). So once everything is copied no checkpoint begins beside a commit until one has begun the log again
// with checkpoints held off: HoldOffForRestart.
//
// SQLite counts what it has copied before it syncs the database, unless that is everything, and would begin the log again though a sync has failed in
// between, after which the system may have forgotten pages. So each copy is synced, and after a sync that failed no log begins again: failure().
class SqliteCheckpointer {
 public:
  // `sync`: as the commits. `report` is told of failures, on its thread; what failed is tried again at the next Start.
  static absl::StatusOr<std::unique_ptr<SqliteCheckpointer>> Open(
      const std::string& file, const std::string& vfs, bool sync,
      std::function<void(const absl::Status&)> report);

  // Waits for what is under way.
  ~SqliteCheckpointer();

  // Begins to copy what the log has now, unless it is at it already. Returns at once.
  void Start();

  // For the thread that commits, between commits, by its connection. Copies what is left without waiting for readers; what they hold back is copied
  // the next time.
  absl::Status CheckpointNow(SqliteConnection& writer);
  // Copies everything and cuts the log to nothing. Waits so long for readers.
  absl::Status CheckpointAndTruncate(SqliteConnection& writer, int patience_ms);

  // Around a commit by the writer: where the log may begin again with it, no checkpoint runs as long as the result lives. Committed follows where it
  // was successful.
  std::unique_lock<std::mutex> HoldOffForRestart();
  void Committed(const std::unique_lock<std::mutex>& held);

  // OK, or why no commit and no checkpoint may follow in this process: the log has what the database file may have lost, and is copied again at the next
  // start.
  absl::Status failure() const;

 private:
  SqliteCheckpointer(SqliteConnection connection, bool sync,
                     std::function<void(const absl::Status&)> report);

  void Run();
  // With copying_.
  absl::Status Checkpoint(SqliteConnection& connection, int mode);
  absl::Status CopyBesideCommits();

  SqliteConnection connection_;  // with copying_
  const bool sync_;
  const std::function<void(const absl::Status&)> report_;
  std::mutex copying_;  // SQLite has one checkpoint at a time and lets none wait for another
  // Set with copying_: the last checkpoint left nothing to copy. Nobody knows of one before.
  std::atomic<bool> complete_ = true;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool wanted_ = false;   // with mutex_
  bool ended_ = false;    // with mutex_
  absl::Status failure_;  // with mutex_
  std::thread thread_;    // the last: it uses the others
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_CHECKPOINTER_H_
