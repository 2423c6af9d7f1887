// Batches on their way to the commit thread.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_COMMIT_QUEUE_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_COMMIT_QUEUE_H_

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "services/common/journal/journal.h"
#include "services/common/journal/limits.h"

namespace outlay::journal {

// Group commit: while one group is being committed the next gathers, and everything that has
// gathered is one group. Thread safe.
class CommitQueue {
 public:
  struct Item {
    Batch batch;
    Journal::Done done;
    std::chrono::steady_clock::time_point submitted;
  };
  // Commits a group and calls every `done`. Runs on the commit thread, one group at a time, in the
  // order of submission.
  using Commit = std::function<void(std::vector<Item> group)>;
  // Runs on the commit thread, once after each spell of groups, when nothing has come for a while.
  struct Idle {
    std::chrono::milliseconds after{0};
    std::function<void()> run;  // empty: nothing to do
  };

  CommitQueue(const JournalLimits& limits, Commit commit)
      : CommitQueue(limits, std::move(commit), Idle()) {}
  CommitQueue(const JournalLimits& limits, Commit commit, Idle idle);
  ~CommitQueue();  // closes

  // As Journal::Submit: calls `done` at once with an error when the batch is too large, the queue
  // full or closed.
  void Submit(Batch batch, Journal::Done done);

  // Takes no more, commits what waits, ends the commit thread. Idempotent.
  void Close();

 private:
  absl::Status Enqueue(Batch& batch, Journal::Done& done);
  void Run();
  // Returns with the lock held, once there is something to commit or the queue is closed.
  void WaitForWork(std::unique_lock<std::mutex>& lock);
  // Where several submit at once more come soon, and a commit costs the same for one and for many: waits a moment for them.
  void Gather(std::unique_lock<std::mutex>& lock);

  const JournalLimits limits_;
  const Commit commit_;
  const Idle idle_;
  std::mutex mutex_;
  std::condition_variable not_empty_;
  std::vector<Item> waiting_;
  size_t bytes_ = 0;  // of what waits and of the group being committed
  size_t waiting_bytes_ = 0;
  size_t last_group_size_ = 0;  // the commit thread's
  bool closed_ = false;
  std::mutex join_mutex_;
  std::thread thread_;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_COMMIT_QUEUE_H_
