#include "services/common/journal/sqlite_rows.h"

#include <fmt/format.h>

#include "services/common/status/error.h"

namespace outlay::journal {

EntryRow EntryTable::Read(const SqliteStatement& statement) {
  return {.fields = {.sequence = statement.Unsigned(0),
                     .recorded_at_us = statement.Int(1),
                     .fingerprint = statement.Unsigned(3),
                     .key = statement.Bytes(2),
                     .payload = statement.Bytes(4),
                     .erasable_digest = statement.Unsigned(7)},
          .checksum = statement.Unsigned(5),
          .stored_erasable = statement.Bytes(6)};
}

RequestRow RequestTable::Read(const SqliteStatement& statement) {
  return {.fields = {.ordinal = statement.Unsigned(0),
                     .recorded_at_us = statement.Int(1),
                     .fingerprint = statement.Unsigned(3),
                     .first_sequence = statement.Unsigned(6),
                     .id = statement.Bytes(2),
                     .results = statement.Bytes(4)},
          .checksum = statement.Unsigned(5)};
}

template <typename Table>
ChainReader<Table>::ChainReader(SqliteStatement& select, std::string_view file, uint64_t after,
                                uint64_t last, uint64_t checksum, bool fetch_checksum)
    : select_(select),
      file_(file),
      number_(fetch_checksum ? after - 1 : after),
      checksum_(checksum),
      fetch_checksum_(fetch_checksum) {
  select_.Bind(1, number_ + 1);
  select_.Bind(2, last);
}

template <typename Table>
absl::StatusOr<bool> ChainReader<Table>::Next(typename Table::Row& row) {
  if (fetch_checksum_) {
    ASSIGN_OR_RETURN(const bool found, Step(row));
    if (!found) return Damaged(file_, {Table::kName, number_ + 1}, "it is missing");
    fetch_checksum_ = false;
    checksum_ = row.checksum;
  }
  ASSIGN_OR_RETURN(const bool found, Step(row));
  if (!found) return false;
  if (const char* fault = FaultOf(checksum_, row); fault != nullptr) {
    return Damaged(file_, {Table::kName, number_}, fault);
  }
  checksum_ = row.checksum;
  return true;
}

template <typename Table>
absl::StatusOr<bool> ChainReader<Table>::Step(typename Table::Row& row) {
  const Place place{Table::kName, number_ + 1};
  ASSIGN_OR_RETURN(const bool found, select_.Step(place));
  if (!found) return false;
  row = Table::Read(select_);
  if (Table::NumberOf(row) != place.number) {
    return Damaged(file_, place,
                   fmt::format("it is missing, {} {} comes next", Table::kName,
                               static_cast<int64_t>(Table::NumberOf(row))));
  }
  ++number_;
  return true;
}

template class ChainReader<EntryTable>;
template class ChainReader<RequestTable>;

}  // namespace outlay::journal
