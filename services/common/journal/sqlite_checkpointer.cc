#include "services/common/journal/sqlite_checkpointer.h"

#include <utility>

#include "services/common/status/error.h"

namespace outlay::journal {

absl::Status CheckpointPassively(SqliteConnection& connection) {
  const int code = sqlite3_wal_checkpoint_v2(connection.handle(), "main", SQLITE_CHECKPOINT_PASSIVE,
                                             nullptr, nullptr);
  if (code == SQLITE_OK) return absl::OkStatus();
  return SqliteError(code, sqlite3_errmsg(connection.handle()), connection.file(), {"checkpoint"});
}

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
      new SqliteCheckpointer(std::move(connection), std::move(report)));
}

SqliteCheckpointer::SqliteCheckpointer(SqliteConnection connection,
                                       std::function<void(const absl::Status&)> report)
    : connection_(std::move(connection)), report_(std::move(report)), thread_([this] { Run(); }) {}

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

void SqliteCheckpointer::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return wanted_ || ended_; });
    if (ended_) return;
    lock.unlock();
    absl::Status status;
    {
      std::lock_guard copying(copying_);
      status = CheckpointPassively(connection_);
    }
    if (!status.ok() && report_) report_(status);
    lock.lock();
    wanted_ = false;
  }
}

}  // namespace outlay::journal
