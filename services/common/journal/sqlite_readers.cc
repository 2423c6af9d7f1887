#include "services/common/journal/sqlite_readers.h"

#include <utility>

#include "services/common/journal/sqlite_rows.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

Entry Copy(const EntryRow& row) {
  return {.sequence = row.fields.sequence,
          .recorded_at = FromMicros(row.fields.recorded_at_us),
          .key = std::string(row.fields.key),
          .fingerprint = row.fields.fingerprint,
          .payload = std::string(row.fields.payload),
          .erasable = std::string(row.erasable),
          .erased = row.erased,
          .checksum = row.checksum};
}

absl::StatusOr<std::vector<Entry>> ReadEntries(SqliteStatement& select, std::string_view file,
                                               uint64_t after, const ReadBounds& bounds) {
  ChainReader<EntryTable> rows(select, file, after, bounds.last_sequence);
  std::vector<Entry> entries;
  size_t bytes = 0;
  while (after + entries.size() < bounds.last_sequence && entries.size() < bounds.entries_max) {
    EntryRow row;
    ASSIGN_OR_RETURN(const bool found, rows.Next(row));
    if (!found) return Damaged(file, {"entry", rows.number() + 1}, "it is missing");
    Entry entry = Copy(row);
    if (!bounds.Admit(entries.size(), bytes, entry)) break;
    bytes += SizeBytes(entry);
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

SqliteReaders::SqliteReaders(std::string file, std::string vfs, size_t connections_max)
    : file_(std::move(file)), vfs_(std::move(vfs)), connections_max_(connections_max) {}

SqliteReaders::~SqliteReaders() { Close(); }

absl::StatusOr<std::vector<Entry>> SqliteReaders::Read(uint64_t after, const ReadBounds& bounds) {
  ASSIGN_OR_RETURN(std::unique_ptr<Reader> reader, Borrow());
  absl::StatusOr<std::vector<Entry>> entries = ReadEntries(reader->select, file_, after, bounds);
  if (!entries.ok()) reader.reset();
  Return(std::move(reader));
  return entries;
}

void SqliteReaders::Close() {
  std::unique_lock lock(mutex_);
  closed_ = true;
  returned_.notify_all();
  returned_.wait(lock, [&] { return borrowed_ == 0; });
  idle_.clear();
}

absl::StatusOr<std::unique_ptr<SqliteReaders::Reader>> SqliteReaders::Borrow() {
  {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [&] { return closed_ || borrowed_ < connections_max_; });
    if (closed_) return JournalClosed();
    ++borrowed_;
    if (!idle_.empty()) {
      std::unique_ptr<Reader> reader = std::move(idle_.back());
      idle_.pop_back();
      return reader;
    }
  }
  absl::StatusOr<std::unique_ptr<Reader>> reader = OpenReader();
  if (!reader.ok()) Return(nullptr);
  return reader;
}

absl::StatusOr<std::unique_ptr<SqliteReaders::Reader>> SqliteReaders::OpenReader() const {
  ASSIGN_OR_RETURN(SqliteConnection connection,
                   SqliteConnection::Open(file_, SqliteConnection::Access::kReadOnly, vfs_));
  ASSIGN_OR_RETURN(SqliteStatement select, connection.Prepare(EntryTable::kSelect, {"header"}));
  return std::make_unique<Reader>(Reader{std::move(connection), std::move(select)});
}

void SqliteReaders::Return(std::unique_ptr<Reader> reader) {
  std::lock_guard lock(mutex_);
  --borrowed_;
  if (reader != nullptr) idle_.push_back(std::move(reader));
  returned_.notify_all();
}

}  // namespace outlay::journal
