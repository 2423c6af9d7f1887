#include "services/common/journal/sqlite_checkpointer.h"

#include <utility>

#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

// Through SQLite's own file: closing one of our own would take its locks away.
int SyncDatabase(SqliteConnection& connection) {
  sqlite3_file* file = nullptr;
  const int code =
      sqlite3_file_control(connection.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (code != SQLITE_OK) return code;
  return file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteCheckpointer>> SqliteCheckpointer::Open(
    const std::string& file, const std::string& vfs, bool sync,
    std::function<void(const absl::Status&)> report) {
  ASSIGN_OR_RETURN(SqliteConnection connection,
                   SqliteConnection::Open(file, SqliteConnection::Access::kReadWriteCreate, vfs));
  RETURN_IF_ERROR(
      connection.Execute(sync ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF", {"header"}));
  // SQLite opens the log with the first read.
  RETURN_IF_ERROR(connection.QueryInt("PRAGMA user_version", {"header"}).status());
  return std::unique_ptr<SqliteCheckpointer>(
      new SqliteCheckpointer(std::move(connection), sync, std::move(report)));
}

SqliteCheckpointer::SqliteCheckpointer(SqliteConnection connection, bool sync,
                                       std::function<void(const absl::Status&)> report)
    : connection_(std::move(connection)),
      sync_(sync),
      report_(std::move(report)),
      thread_([this] { Run(); }) {}

SqliteCheckpointer::~SqliteCheckpointer() {
  {
    std::lock_guard lock(mutex_);
    ended_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void SqliteCheckpointer::Start() {
  {
    std::lock_guard lock(mutex_);
    wanted_ = true;
  }
  wake_.notify_one();
}

absl::Status SqliteCheckpointer::failure() const {
  std::lock_guard lock(mutex_);
  return failure_;
}

absl::Status SqliteCheckpointer::Checkpoint(SqliteConnection& connection, int mode) {
  int log_frames = 0;
  int copied_frames = 0;
  const int code =
      sqlite3_wal_checkpoint_v2(connection.handle(), "main", mode, &log_frames, &copied_frames);
  if (code != SQLITE_OK) {
    return SqliteError(code, sqlite3_errmsg(connection.handle()), connection.file(),
                       {"checkpoint"});
  }
  if (copied_frames == log_frames) complete_ = true;
  return absl::OkStatus();
}

absl::Status SqliteCheckpointer::CheckpointNow(SqliteConnection& writer) {
  std::lock_guard copying(copying_);
  {
    std::lock_guard lock(mutex_);
    wanted_ = false;  // this does it
    if (!failure_.ok()) return failure_;
  }
  return Checkpoint(writer, SQLITE_CHECKPOINT_PASSIVE);
}

absl::Status SqliteCheckpointer::CheckpointAndTruncate(SqliteConnection& writer, int patience_ms) {
  std::lock_guard copying(copying_);
  {
    std::lock_guard lock(mutex_);
    wanted_ = false;
    if (!failure_.ok()) return failure_;
  }
  sqlite3_busy_timeout(writer.handle(), patience_ms);
  absl::Status status = Checkpoint(writer, SQLITE_CHECKPOINT_TRUNCATE);
  sqlite3_busy_timeout(writer.handle(), kBusyTimeoutMs);
  return status;
}

std::unique_lock<std::mutex> SqliteCheckpointer::HoldOffForRestart() {
  return complete_ ? std::unique_lock(copying_) : std::unique_lock<std::mutex>();
}

void SqliteCheckpointer::Committed(const std::unique_lock<std::mutex>& held) {
  // The log has something to copy again.
  if (held.owns_lock()) complete_ = false;
}

absl::Status SqliteCheckpointer::CopyBesideCommits() {
  std::lock_guard copying(copying_);
  {
    std::lock_guard lock(mutex_);
    if (!wanted_ || complete_ || !failure_.ok()) return absl::OkStatus();
  }
  RETURN_IF_ERROR(Checkpoint(connection_, SQLITE_CHECKPOINT_PASSIVE));
  if (!sync_ || complete_) return absl::OkStatus();  // SQLite syncs when it has copied everything
  const int code = SyncDatabase(connection_);
  if (code == SQLITE_OK) return absl::OkStatus();
  std::lock_guard lock(mutex_);
  return failure_ = DatabaseNotSynced(connection_.file(), code);
}

void SqliteCheckpointer::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return wanted_ || ended_; });
    if (ended_) return;
    lock.unlock();
    const absl::Status status = CopyBesideCommits();
    if (!status.ok() && report_) report_(status);
    lock.lock();
    wanted_ = false;
  }
}

}  // namespace outlay::journal
