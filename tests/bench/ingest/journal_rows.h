// The peer of the stream on SQLite: the same rows in the same tables, and nothing else.
#ifndef OUTLAY_TESTS_BENCH_INGEST_JOURNAL_ROWS_H_
#define OUTLAY_TESTS_BENCH_INGEST_JOURNAL_ROWS_H_

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace outlay::bench {

// Rows of the table `entry`, as they lie: columns in the table's own order, whatever the schema's version.
struct JournalRows {
  struct Cell {
    int64_t number = 0;
    std::string bytes;
    bool is_number = false;
  };
  int columns = 0;
  std::vector<Cell> cells;  // row by row

  size_t size() const { return columns == 0 ? 0 : cells.size() / columns; }
};

// The rows after sequence `after` of a journal's database, which a server may have open.
JournalRows ReadJournalRows(const std::filesystem::path& database, uint64_t after);

// Puts rows into a database that has a journal's tables: a prepared statement a row, a commit every `commit_rows`, WAL with
// synchronous=FULL, the log copied back at the same size as the journal's. Errors are std::runtime_error.
class BareLoader {
 public:
  explicit BareLoader(const std::filesystem::path& database);

  // Returns the seconds up to the last commit.
  double Load(const JournalRows& rows, size_t commit_rows);

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace outlay::bench

#endif  // OUTLAY_TESTS_BENCH_INGEST_JOURNAL_ROWS_H_
