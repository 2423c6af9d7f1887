// Reading and checking rows of a journal's tables.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_ROWS_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_ROWS_H_

#include <cstdint>
#include <functional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/chain.h"
#include "services/common/journal/sqlite_connection.h"

namespace outlay::journal {

// One kind of row.
struct EntryTable {
  using Row = EntryRow;
  static constexpr std::string_view kName = "entry";
  static constexpr uint64_t kGenesis = kEntryGenesis;
  // ?1 first, ?2 last sequence, both inclusive.
  static constexpr std::string_view kSelect =
      "SELECT sequence, recorded_at_us, key, fingerprint, payload, checksum, erasable,"
      " erasable_digest FROM entry"
      " WHERE sequence BETWEEN ?1 AND ?2 ORDER BY sequence";

  static Row Read(const SqliteStatement& statement);
  static uint64_t NumberOf(const Row& row) { return row.fields.sequence; }
};
struct RequestTable {
  using Row = RequestRow;
  static constexpr std::string_view kName = "request";
  static constexpr uint64_t kGenesis = kRequestGenesis;
  static constexpr std::string_view kSelect =
      "SELECT ordinal, recorded_at_us, id, fingerprint, results, checksum, first_sequence"
      " FROM request WHERE ordinal BETWEEN ?1 AND ?2 ORDER BY ordinal";

  static Row Read(const SqliteStatement& statement);
  static uint64_t NumberOf(const Row& row) { return row.fields.ordinal; }
};

// Reads the rows after number `after` in order, up to `last`, and checks each against the one
// before: that its number follows and that its checksum is right. Damaged at the first that is not.
// The end is the caller's to judge.
template <typename Table>
class ChainReader {
 public:
  // `select`: Table::kSelect prepared; reset at the reader's end. The checksum of row `after` is
  // read from the store.
  ChainReader(SqliteStatement& select, std::string_view file, uint64_t after, uint64_t last)
      : ChainReader(select, file, after, last, Table::kGenesis, after > 0) {}

  // With the checksum of row `after` known.
  ChainReader(SqliteStatement& select, std::string_view file, uint64_t after, uint64_t last,
              uint64_t checksum)
      : ChainReader(select, file, after, last, checksum, false) {}

  ~ChainReader() { select_.Reset(); }
  ChainReader(const ChainReader&) = delete;
  ChainReader& operator=(const ChainReader&) = delete;

  // Whether there is another row; `row` is good until the next call.
  absl::StatusOr<bool> Next(typename Table::Row& row);

  // Number of the last row read.
  uint64_t number() const { return number_; }

 private:
  ChainReader(SqliteStatement& select, std::string_view file, uint64_t after, uint64_t last,
              uint64_t checksum, bool fetch_checksum);

  absl::StatusOr<bool> Step(typename Table::Row& row);

  SqliteStatement& select_;
  const std::string_view file_;
  uint64_t number_;
  uint64_t checksum_;
  bool fetch_checksum_;
};

extern template class ChainReader<EntryTable>;
extern template class ChainReader<RequestTable>;

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_ROWS_H_
