#include "services/common/journal/sqlite_journal.h"

#include <utility>
#include <vector>

#include "services/common/journal/directory_lock.h"
#include "services/common/journal/errors.h"
#include "services/common/journal/head_file.h"
#include "services/common/journal/sqlite_readers.h"
#include "services/common/journal/sqlite_writer.h"
#include "services/common/journal/store_journal.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

absl::Status CheckOptions(const SqliteOptions& options) {
  RETURN_IF_ERROR(CheckName(options.name));
  if (options.directory.empty()) return OptionInvalid("directory", "must not be empty");
  if (options.readers_max == 0) return OptionInvalid("readers_max", "must be at least 1");
  if (options.clock == nullptr) return OptionInvalid("clock", "must be set");
  return CheckLimitOptions(options.limits);
}

// What lies in the directory, and its lock.
class SqliteStore final : public Store {
 public:
  SqliteStore(const SqliteOptions& options, const std::string& file, DirectoryLock lock,
              HeadFile head_file, std::unique_ptr<SqliteWriter> writer)
      : report_(options.on_background_error),
        lock_(std::move(lock)),
        head_file_(std::move(head_file)),
        writer_(std::move(writer)),
        readers_(file, options.vfs, options.readers_max) {}

  uint64_t OpenedAt() const override { return writer_->position().sequence; }

  absl::StatusOr<Results> Commit(std::vector<Batch>& batches,
                                 std::chrono::steady_clock::time_point submitted,
                                 const Publish& publish) override;

  absl::Status Tidy() override { return writer_->CheckpointIfLarge(); }

  absl::Status RunIdle() override {
    writer_->CutLog().IgnoreError();  // was reported, and is tried again
    return head_file_.Sync();
  }

  absl::StatusOr<std::vector<Entry>> Read(uint64_t after, const ReadBounds& bounds) override {
    return readers_.Read(after, bounds);
  }

  absl::Status Close() override;

 private:
  const std::function<void(const absl::Status&)> report_;
  DirectoryLock lock_;
  HeadFile head_file_;
  std::unique_ptr<SqliteWriter> writer_;
  SqliteReaders readers_;
};

absl::StatusOr<Store::Results> SqliteStore::Commit(std::vector<Batch>& batches,
                                                   std::chrono::steady_clock::time_point,
                                                   const Publish& publish) {
  ASSIGN_OR_RETURN(SqliteWriter::Outcome outcome, writer_->Commit(batches));
  if (!outcome.log_cut.ok() && !outcome.erased.empty() && report_) report_(outcome.log_cut);
  const Position& position = writer_->position();
  if (position != head_file_.position()) {
    // The entries are durable whether or not this succeeds.
    const absl::Status noted = head_file_.Write(position);
    if (!noted.ok() && report_) report_(noted);
    publish({position.sequence, std::move(outcome.appended), std::move(outcome.erased)});
  }
  return std::move(outcome.results);
}

absl::Status SqliteStore::Close() {
  readers_.Close();
  absl::Status status = writer_->Close();
  writer_.reset();
  if (absl::Status synced = head_file_.Sync(); status.ok()) status = std::move(synced);
  lock_.Release();
  return status;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Journal>> OpenSqliteJournal(SqliteOptions options) {
  RETURN_IF_ERROR(CheckOptions(options));
  ASSIGN_OR_RETURN(DirectoryLock lock, DirectoryLock::Acquire(options.directory));
  const std::string file = options.directory / (options.name + ".db");
  ASSIGN_OR_RETURN(HeadFile head_file, HeadFile::Open(options.directory / (options.name + ".head"),
                                                      options.head_sync_interval));
  ASSIGN_OR_RETURN(std::unique_ptr<SqliteWriter> writer,
                   SqliteWriter::Open(options, file, head_file));
  auto store = std::make_unique<SqliteStore>(options, file, std::move(lock), std::move(head_file),
                                             std::move(writer));
  return std::make_unique<StoreJournal>(
      StoreJournalOptions{.limits = options.limits,
                          .recent_bytes_max = options.recent_bytes_max,
                          .idle_after = options.head_sync_interval,
                          .on_background_error = std::move(options.on_background_error)},
      std::move(store));
}

}  // namespace outlay::journal
