#include "services/common/journal/sqlite_connection.h"

#include <utility>

#include <fmt/format.h>

#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

// A tool that looks at the file may hold a lock for a moment.

bool MeansDamage(int code) {
  switch (code) {
    case SQLITE_IOERR_SHORT_READ:
    case SQLITE_IOERR_DATA:
    case SQLITE_IOERR_CORRUPTFS:
      return true;
  }
  switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
    case SQLITE_CORRUPT:
    case SQLITE_ERROR:
    case SQLITE_FORMAT:
    case SQLITE_MISMATCH:
    case SQLITE_NOTADB:
    case SQLITE_TOOBIG:
      return true;
    default:
      return false;
  }
}

}  // namespace

absl::Status SqliteError(int code, std::string_view message, std::string_view file,
                         const Place& place) {
  const std::string what = fmt::format("{} (SQLite's code {})", message, code);
  if (MeansDamage(code)) return Damaged(file, place, what);
  if ((code & 0xff) == SQLITE_FULL) return StorageFull(file, what);
  return StorageUnavailable(file, fmt::format("{}, at {}", what, ToString(place)));
}

void SqliteStatement::Bind(int parameter, int64_t value) {
  const int code = sqlite3_bind_int64(statement_.get(), parameter, value);
  if (bind_error_ == SQLITE_OK) bind_error_ = code;
}

void SqliteStatement::Bind(int parameter, std::string_view bytes) {
  const char* data = bytes.data() == nullptr ? "" : bytes.data();  // a null pointer would be NULL
  const int code =
      sqlite3_bind_blob64(statement_.get(), parameter, data, bytes.size(), SQLITE_STATIC);
  if (bind_error_ == SQLITE_OK) bind_error_ = code;
}

absl::StatusOr<bool> SqliteStatement::Step(const Place& place) {
  int code = std::exchange(bind_error_, SQLITE_OK);
  if (code == SQLITE_OK) code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return SqliteError(code, sqlite3_errmsg(sqlite3_db_handle(statement_.get())), file_, place);
}

absl::Status SqliteStatement::Run(const Place& place) {
  const ResetAtEnd reset(*this);
  return Step(place).status();
}

void SqliteStatement::Reset() {
  sqlite3_reset(statement_.get());  // repeats the error that Step returned
}

std::string_view SqliteStatement::Bytes(int column) const {
  const void* data = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  if (data == nullptr || size <= 0) return {};
  return {static_cast<const char*>(data), static_cast<size_t>(size)};
}

absl::StatusOr<SqliteConnection> SqliteConnection::Open(const std::string& file, Access access,
                                                        const std::string& vfs) {
  const int flags = SQLITE_OPEN_NOMUTEX |
                    (access == Access::kReadOnly ? SQLITE_OPEN_READONLY
                                                 : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  sqlite3* handle = nullptr;
  const int code =
      sqlite3_open_v2(file.c_str(), &handle, flags, vfs.empty() ? nullptr : vfs.c_str());
  SqliteConnection connection(handle, file);
  if (code != SQLITE_OK) {
    const char* message = handle == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle);
    return StorageUnavailable(file, fmt::format("cannot open: {}", message));
  }
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  // Pages are checked as they are read: damage becomes an error sooner, at little cost.
  RETURN_IF_ERROR(connection.Execute("PRAGMA cell_size_check=ON", {"header"}));
  return connection;
}

absl::Status SqliteConnection::Execute(const char* sql, const Place& place) {
  const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) return absl::OkStatus();
  return SqliteError(code, sqlite3_errmsg(handle_.get()), file_, place);
}

absl::StatusOr<SqliteStatement> SqliteConnection::Prepare(std::string_view sql,
                                                          const Place& place) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) {
    return SqliteError(code, sqlite3_errmsg(handle_.get()), file_, place);
  }
  return SqliteStatement(statement, file_);
}

absl::StatusOr<int64_t> SqliteConnection::QueryInt(std::string_view sql, const Place& place) {
  ASSIGN_OR_RETURN(SqliteStatement statement, Prepare(sql, place));
  ASSIGN_OR_RETURN(const bool row, statement.Step(place));
  return row ? statement.Int(0) : 0;
}

}  // namespace outlay::journal
