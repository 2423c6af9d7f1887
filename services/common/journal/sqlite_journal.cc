#include "services/common/journal/sqlite_journal.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>
#include <vector>

#include "services/common/journal/commit_queue.h"
#include "services/common/journal/directory_lock.h"
#include "services/common/journal/errors.h"
#include "services/common/journal/head_file.h"
#include "services/common/journal/recent_entries.h"
#include "services/common/journal/sqlite_readers.h"
#include "services/common/journal/sqlite_store.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

absl::Status CheckOptions(const SqliteOptions& options) {
  const auto name_char = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  if (options.name.empty() || !std::all_of(options.name.begin(), options.name.end(), name_char)) {
    return OptionInvalid("name", "must be letters, digits, '-' and '_', at least one");
  }
  if (options.directory.empty()) return OptionInvalid("directory", "must not be empty");
  if (options.readers_max == 0) return OptionInvalid("readers_max", "must be at least 1");
  if (options.clock == nullptr) return OptionInvalid("clock", "must be set");
  if (options.limits.queue_bytes_max < options.limits.batch_bytes_max) {
    return OptionInvalid("limits.queue_bytes_max", "must not be below limits.batch_bytes_max");
  }
  return absl::OkStatus();
}

class SqliteJournal final : public Journal {
 public:
  SqliteJournal(SqliteOptions options, const std::string& file, DirectoryLock lock,
                HeadFile head_file, std::unique_ptr<SqliteStore> store)
      : options_(std::move(options)),
        lock_(std::move(lock)),
        head_file_(std::move(head_file)),
        store_(std::move(store)),
        recent_(options_.recent_bytes_max),
        readers_(file, options_.vfs, options_.readers_max),
        head_(store_->position().sequence),
        tail_(head_),
        queue_(options_.limits,
               [this](std::vector<CommitQueue::Item> group) { CommitGroup(std::move(group)); },
               {options_.head_sync_interval, [this] { Report(head_file_.Sync()); }}) {}

  ~SqliteJournal() override { Report(Close()); }

  void Submit(Batch batch, Done done) override { queue_.Submit(std::move(batch), std::move(done)); }

  absl::StatusOr<std::vector<Entry>> ReadFrom(uint64_t after_sequence, size_t entries_max,
                                              size_t bytes_max) override {
    return Read(after_sequence, entries_max, bytes_max, false);
  }
  absl::StatusOr<std::vector<Entry>> ReadMade(uint64_t after_sequence, size_t entries_max,
                                              size_t bytes_max) override {
    return Read(after_sequence, entries_max, bytes_max, true);
  }

  uint64_t Head() const override { return head_.load(std::memory_order_acquire); }

  absl::StatusOr<std::optional<uint64_t>> SequenceAt(Instant instant) override;

  Tail& tail() override { return tail_; }

  absl::Status Close() override;

 private:
  absl::StatusOr<std::vector<Entry>> Read(uint64_t after_sequence, size_t entries_max,
                                          size_t bytes_max, bool made);
  void CommitGroup(std::vector<CommitQueue::Item> group);
  // Makes what is durable visible: note it, then memory, then the head, then the followers.
  void Publish(std::vector<Entry> appended, const std::vector<uint64_t>& erased);
  absl::StatusOr<Instant> RecordedAt(uint64_t sequence);
  void Report(const absl::Status& status) const {
    if (!status.ok() && options_.on_background_error) options_.on_background_error(status);
  }

  const SqliteOptions options_;
  DirectoryLock lock_;
  HeadFile head_file_;
  std::unique_ptr<SqliteStore> store_;
  RecentEntries recent_;
  SqliteReaders readers_;
  std::atomic<uint64_t> head_;
  std::atomic<bool> closed_ = false;
  std::mutex close_mutex_;
  Tail tail_;
  CommitQueue queue_;  // last: its thread uses the others
};

void SqliteJournal::CommitGroup(std::vector<CommitQueue::Item> group) {
  std::vector<Batch> batches;
  batches.reserve(group.size());
  for (CommitQueue::Item& item : group) batches.push_back(std::move(item.batch));
  absl::StatusOr<SqliteStore::Outcome> outcome = store_->Commit(batches);
  if (!outcome.ok()) {
    for (CommitQueue::Item& item : group) item.done(outcome.status());
    return;
  }
  Publish(std::move(outcome->appended), outcome->erased);
  for (size_t i = 0; i < group.size(); ++i) group[i].done(std::move(outcome->results[i]));
  Report(store_->CheckpointIfLarge());
}

void SqliteJournal::Publish(std::vector<Entry> appended, const std::vector<uint64_t>& erased) {
  const Position& position = store_->position();
  if (position == head_file_.position()) return;
  // The entries are durable whether or not this succeeds.
  Report(head_file_.Write(position));
  recent_.Append(std::move(appended));
  recent_.Erase(erased);
  head_.store(position.sequence, std::memory_order_release);
  tail_.Advance(position.sequence);
}

absl::StatusOr<std::vector<Entry>> SqliteJournal::Read(uint64_t after_sequence, size_t entries_max,
                                                       size_t bytes_max, bool made) {
  if (closed_) return JournalClosed();
  const uint64_t head = Head();
  if (after_sequence > head) return SequenceBeyondHead(after_sequence, head);
  if (after_sequence == head) return std::vector<Entry>();
  const ReadBounds bounds{.last_sequence = head,
                          .entries_max = std::max<size_t>(entries_max, 1),
                          .bytes_max = bytes_max};
  std::optional<std::vector<Entry>> recent = made ? recent_.ReadMade(after_sequence, bounds)
                                                  : recent_.Read(after_sequence, bounds);
  if (recent) return *std::move(recent);
  return readers_.Read(after_sequence, bounds);
}

absl::StatusOr<Instant> SqliteJournal::RecordedAt(uint64_t sequence) {
  ASSIGN_OR_RETURN(const std::vector<Entry> entries, ReadFrom(sequence - 1, 1, 0));
  return entries.front().recorded_at;
}

absl::StatusOr<std::optional<uint64_t>> SqliteJournal::SequenceAt(Instant instant) {
  if (closed_) return JournalClosed();
  // Everything up to `before` was recorded at or before the instant, everything from `beyond` on
  // later.
  uint64_t before = 0;
  uint64_t beyond = Head() + 1;
  while (before + 1 < beyond) {
    const uint64_t middle = before + (beyond - before) / 2;
    ASSIGN_OR_RETURN(const Instant recorded_at, RecordedAt(middle));
    (recorded_at <= instant ? before : beyond) = middle;
  }
  if (before == 0) return std::nullopt;
  return before;
}

absl::Status SqliteJournal::Close() {
  std::lock_guard lock(close_mutex_);
  if (closed_) return absl::OkStatus();
  queue_.Close();
  tail_.Close();
  closed_ = true;
  readers_.Close();
  absl::Status status = store_->Close();
  store_.reset();
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
  ASSIGN_OR_RETURN(std::unique_ptr<SqliteStore> store, SqliteStore::Open(options, file, head_file));
  return std::make_unique<SqliteJournal>(std::move(options), file, std::move(lock),
                                         std::move(head_file), std::move(store));
}

}  // namespace outlay::journal
