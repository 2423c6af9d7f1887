// Ownership and errors of SQLite's handles. Not thread safe: a connection and its statements belong
// to one thread at a time.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_CONNECTION_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_CONNECTION_H_

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/errors.h"

namespace outlay::journal {

// How long a statement waits for other connections' locks.
inline constexpr int kBusyTimeoutMs = 5'000;

// What a result code of SQLite means: STORAGE_FULL, JOURNAL_DAMAGED at `place`, or
// STORAGE_UNAVAILABLE. Our SQL never changes, so an error in it ("no such column") is a damaged
// schema.
absl::Status SqliteError(int code, std::string_view message, std::string_view file,
                         const Place& place);

// A prepared statement. Errors of Bind calls come out of the next Step.
class SqliteStatement {
 public:
  void Bind(int parameter, int64_t value);
  void Bind(int parameter, uint64_t value) { Bind(parameter, static_cast<int64_t>(value)); }
  // The bytes must stay until the statement is reset.
  void Bind(int parameter, std::string_view bytes);

  // Whether there is a row. `place` is where the error is when there is one.
  absl::StatusOr<bool> Step(const Place& place);

  // Steps a statement that returns no rows, and resets it.
  absl::Status Run(const Place& place);

  void Reset();

  int64_t Int(int column) const { return sqlite3_column_int64(statement_.get(), column); }
  uint64_t Unsigned(int column) const { return static_cast<uint64_t>(Int(column)); }
  // Valid until the next Step or Reset.
  std::string_view Bytes(int column) const;

 private:
  friend class SqliteConnection;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };

  SqliteStatement(sqlite3_stmt* statement, std::string file)
      : statement_(statement), file_(std::move(file)) {}

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::string file_;
  int bind_error_ = SQLITE_OK;
};

// Resets a statement at the end of a scope: an open one holds a transaction.
class ResetAtEnd {
 public:
  explicit ResetAtEnd(SqliteStatement& statement) : statement_(statement) {}
  ~ResetAtEnd() { statement_.Reset(); }
  ResetAtEnd(const ResetAtEnd&) = delete;
  ResetAtEnd& operator=(const ResetAtEnd&) = delete;

 private:
  SqliteStatement& statement_;
};

class SqliteConnection {
 public:
  enum class Access { kReadOnly, kReadWriteCreate };

  // `vfs`: a registered sqlite3_vfs, empty for the default. The connection never checkpoints by
  // itself, not at its end either: a store that did not pass its checks is left as it was found.
  static absl::StatusOr<SqliteConnection> Open(const std::string& file, Access access,
                                               const std::string& vfs);

  absl::Status Execute(const char* sql, const Place& place);
  absl::StatusOr<SqliteStatement> Prepare(std::string_view sql, const Place& place);
  absl::StatusOr<int64_t> QueryInt(std::string_view sql, const Place& place);

  bool InTransaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }
  // Also when the file's header says so.
  bool ReadOnly() const { return sqlite3_db_readonly(handle_.get(), "main") != 0; }

  sqlite3* handle() const { return handle_.get(); }
  const std::string& file() const { return file_; }

 private:
  struct CloseHandle {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };

  SqliteConnection(sqlite3* handle, std::string file) : handle_(handle), file_(std::move(file)) {}

  std::unique_ptr<sqlite3, CloseHandle> handle_;
  std::string file_;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_CONNECTION_H_
