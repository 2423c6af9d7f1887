// Calls that wait until the view has reached a sequence, without holding a thread each.
#ifndef OUTLAY_SERVICES_AGGREGATION_SEQUENCE_WAITERS_H_
#define OUTLAY_SERVICES_AGGREGATION_SEQUENCE_WAITERS_H_

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <thread>
#include <utility>

namespace outlay::aggregation {

enum class WaitOutcome : uint8_t { kReached, kTimedOut, kGone, kClosed };

// Safe for concurrent use. One thread of its own serves all waiters.
class SequenceWaiters {
 public:
  using TimePoint = std::chrono::system_clock::time_point;

  struct Waiter {
    uint64_t sequence = 0;
    TimePoint deadline;
    std::function<bool()> gone;             // nobody waits for the answer any more; must not block
    std::function<void(WaitOutcome)> done;  // called once, without a lock; must not block
  };

  // `applied` tells how far the view is; it must not block for long. `on_closed` is called once, after Close, when every waiter has
  // been told.
  SequenceWaiters(std::function<uint64_t()> applied, std::function<void()> on_closed);
  // Closes.
  ~SequenceWaiters();

  SequenceWaiters(const SequenceWaiters&) = delete;
  SequenceWaiters& operator=(const SequenceWaiters&) = delete;

  // Calls `done` at once where the sequence is reached or after Close.
  void Wait(Waiter waiter);

  // The view has moved, or a caller has gone: looks at all waiters. Never blocks for long.
  void Notify();

  // Tells every waiter kClosed, and those that come later. Idempotent; not to be called from a `done`.
  void Close();

 private:
  void Run();
  // Until closed.
  void Serve();
  // Takes out those that are done, with their outcome. With the lock held.
  std::list<std::pair<Waiter, WaitOutcome>> TakeDone();

  const std::function<uint64_t()> applied_;
  const std::function<void()> on_closed_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::list<Waiter> waiters_;
  bool notified_ = false;
  bool closed_ = false;
  std::thread thread_;
};

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_SEQUENCE_WAITERS_H_
