#include "services/common/journal/sqlite_readers.h"

#include <utility>

#include "services/common/journal/sqlite_rows.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

absl::StatusOr<std::vector<Entry>> ReadEntries(SqliteStatement& select, std::string_view file,
                                               uint64_t after, const ReadBounds& bounds) {
  ChainReader<EntryTable> rows(select, file, after, bounds.last_sequence);
  std::vector<Entry> entries;
  size_t bytes = 0;
  while (after + entries.size() < bounds.last_sequence && entries.size() < bounds.entries_max) {
    EntryRow row;
    ASSIGN_OR_RETURN(const bool found, rows.Next(row));
    if (!found) return Damaged(file, {"entry", rows.number() + 1}, "it is missing");
    Entry entry = ToEntry(row);
    if (!bounds.Admit(entries.size(), bytes, entry)) break;
    bytes += SizeBytes(entry);
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

SqliteReaders::SqliteReaders(const std::string& file, const std::string& vfs,
                             size_t connections_max)
    : file_(file), pool_(connections_max, [file, vfs]() -> absl::StatusOr<std::unique_ptr<Reader>> {
        ASSIGN_OR_RETURN(SqliteConnection connection,
                         SqliteConnection::Open(file, SqliteConnection::Access::kReadOnly, vfs));
        ASSIGN_OR_RETURN(SqliteStatement select,
                         connection.Prepare(EntryTable::kSelect, {"header"}));
        return std::make_unique<Reader>(Reader{std::move(connection), std::move(select)});
      }) {}

absl::StatusOr<std::vector<Entry>> SqliteReaders::Read(uint64_t after, const ReadBounds& bounds) {
  return pool_.With(
      [&](Reader& reader) { return ReadEntries(reader.select, file_, after, bounds); });
}

}  // namespace outlay::journal
