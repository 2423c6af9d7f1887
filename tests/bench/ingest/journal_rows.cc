#include "tests/bench/ingest/journal_rows.h"

#include <stdexcept>

#include "tests/bench/report_table.h"

namespace outlay::bench {
namespace {

constexpr int kCheckpointPages = 2'048;  // 8 MiB

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

void Require(bool ok, sqlite3* handle) {
  if (!ok) throw std::runtime_error(std::string("SQLite: ") + sqlite3_errmsg(handle));
}

sqlite3* Open(const std::filesystem::path& database, int flags) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(database.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Require(code == SQLITE_OK, handle);
  return handle;
}

void Execute(sqlite3* handle, const std::string& sql) {
  Require(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK, handle);
}

Statement Prepare(sqlite3* handle, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  Require(sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK, handle);
  return Statement(statement);
}

JournalRows::Cell ReadCell(sqlite3_stmt* statement, int column) {
  if (sqlite3_column_type(statement, column) == SQLITE_INTEGER) {
    return {.number = sqlite3_column_int64(statement, column), .is_number = true};
  }
  const void* const bytes = sqlite3_column_blob(statement, column);
  const auto size = static_cast<size_t>(sqlite3_column_bytes(statement, column));
  return {.bytes = std::string(static_cast<const char*>(bytes), size)};
}

}  // namespace

JournalRows ReadJournalRows(const std::filesystem::path& database, uint64_t after) {
  sqlite3* const handle = Open(database, SQLITE_OPEN_READONLY);
  JournalRows rows;
  {
    const Statement select =
        Prepare(handle, "SELECT * FROM entry WHERE sequence > ? ORDER BY sequence");
    sqlite3_bind_int64(select.get(), 1, static_cast<int64_t>(after));
    rows.columns = sqlite3_column_count(select.get());
    while (sqlite3_step(select.get()) == SQLITE_ROW) {
      for (int column = 0; column < rows.columns; ++column) {
        rows.cells.push_back(ReadCell(select.get(), column));
      }
    }
  }
  sqlite3_close_v2(handle);
  return rows;
}

BareLoader::BareLoader(const std::filesystem::path& database)
    : handle_(Open(database, SQLITE_OPEN_READWRITE)) {
  Execute(handle_.get(), "PRAGMA journal_mode=WAL");
  Execute(handle_.get(), "PRAGMA synchronous=FULL");
  Execute(handle_.get(), "PRAGMA wal_autocheckpoint=" + std::to_string(kCheckpointPages));
}

double BareLoader::Load(const JournalRows& rows, size_t commit_rows) {
  sqlite3* const handle = handle_.get();
  std::string sql = "INSERT INTO entry VALUES(?";
  for (int column = 1; column < rows.columns; ++column) sql += ",?";
  const Statement insert = Prepare(handle, sql + ")");
  const Stopwatch watch;
  Execute(handle, "BEGIN IMMEDIATE");
  size_t uncommitted = 0;
  const JournalRows::Cell* cell = rows.cells.data();
  for (size_t row = 0; row < rows.size(); ++row) {
    for (int column = 1; column <= rows.columns; ++column, ++cell) {
      if (cell->is_number) {
        sqlite3_bind_int64(insert.get(), column, cell->number);
      } else {
        sqlite3_bind_blob64(insert.get(), column, cell->bytes.data(), cell->bytes.size(),
                            SQLITE_STATIC);
      }
    }
    Require(sqlite3_step(insert.get()) == SQLITE_DONE, handle);
    sqlite3_reset(insert.get());
    if (++uncommitted < commit_rows) continue;
    Execute(handle, "COMMIT; BEGIN IMMEDIATE");
    uncommitted = 0;
  }
  Execute(handle, "COMMIT");
  return watch.Seconds();
}

}  // namespace outlay::bench
