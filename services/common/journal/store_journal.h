// A journal over any engine's store: the queue, group commit, the newest entries in memory, the
// head and the followers.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_STORE_JOURNAL_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_STORE_JOURNAL_H_

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "services/common/journal/commit_queue.h"
#include "services/common/journal/journal.h"
#include "services/common/journal/limits.h"
#include "services/common/journal/poller.h"
#include "services/common/journal/recent_entries.h"
#include "services/common/journal/store.h"

namespace outlay::journal {

struct StoreJournalOptions {
  JournalLimits limits;
  // Newest entries kept in memory for followers.
  size_t recent_bytes_max = size_t{64} << 20;
  // How long no group has come before Store::RunIdle; 0: never.
  std::chrono::milliseconds idle_after{0};
  // How often Store::Follow is called while nothing is being committed; 0: never.
  std::chrono::milliseconds follow_interval{0};
  // Told of failures that no caller can be told of, or not in full. Runs on any thread that uses
  // the store. That it cannot be reached is told once, until it can again. May be empty.
  std::function<void(const absl::Status&)> on_background_error;
  // Told when the store can be reached again. May be empty.
  std::function<void()> on_store_back;
};

// What every engine's options have in common: OptionInvalid or OK.
absl::Status CheckName(std::string_view name);
absl::Status CheckLimitOptions(const JournalLimits& limits);

class StoreJournal final : public Journal {
 public:
  StoreJournal(StoreJournalOptions options, std::unique_ptr<Store> store);
  ~StoreJournal() override;

  void Submit(Batch batch, Done done) override;
  absl::StatusOr<std::vector<Entry>> ReadFrom(uint64_t after_sequence, size_t entries_max,
                                              size_t bytes_max) override {
    return Read(after_sequence, entries_max, bytes_max, false);
  }
  absl::StatusOr<std::vector<Entry>> ReadMade(uint64_t after_sequence, size_t entries_max,
                                              size_t bytes_max) override {
    return Read(after_sequence, entries_max, bytes_max, true);
  }
  uint64_t Head() const override { return head_.load(std::memory_order_acquire); }
  absl::StatusOr<uint64_t> Refresh() override;
  absl::Status Reach() override;
  void PrepareToClose() override { store_->PrepareToClose(); }
  absl::StatusOr<std::optional<uint64_t>> SequenceAt(Instant instant) override;
  Tail& tail() override { return tail_; }
  absl::Status Close() override;

 private:
  absl::StatusOr<std::vector<Entry>> Read(uint64_t after_sequence, size_t entries_max,
                                          size_t bytes_max, bool made);
  void CommitGroup(std::vector<CommitQueue::Item> group);
  absl::StatusOr<Store::Results> CommitBatches(std::vector<Batch>& batches,
                                               std::chrono::steady_clock::time_point submitted);
  // Whether a call of the store would have to wait for one that is away, or seems to be.
  bool IsStoreAway() const;
  // With the store in hand, as `status` says of it: what callers are told, who need not know where
  // it is. Reports that the store has gone, once, and that it is back.
  absl::Status NoteStore(const absl::Status& status);
  void RunIdle();
  void Follow();
  // Makes what is durable visible: memory, then the head, then the followers.
  void Publish(Store::News news);
  absl::StatusOr<Instant> RecordedAt(uint64_t sequence);
  void Report(const absl::Status& status) const;

  const StoreJournalOptions options_;
  std::timed_mutex store_mutex_;  // for the calls of the store that one thread at a time may make
  std::unique_ptr<Store> store_;
  const Store::Publish publish_;
  RecentEntries recent_;
  std::atomic<uint64_t> head_;
  std::atomic<bool> closed_ = false;
  std::mutex close_mutex_;
  Tail tail_;
  bool store_failed_ = false;  // with store_mutex_
  // Since when a group is being committed, in the clock's ticks; 0: none is.
  std::atomic<std::chrono::steady_clock::rep> committing_since_ = 0;
  CommitQueue queue_;  // these two last: their threads use the others
  Poller poller_;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_STORE_JOURNAL_H_
