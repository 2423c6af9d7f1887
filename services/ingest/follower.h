// Keeps the ledger up with the journal, and tells those who wait for a sequence.
#ifndef OUTLAY_SERVICES_INGEST_FOLLOWER_H_
#define OUTLAY_SERVICES_INGEST_FOLLOWER_H_

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/journal.h"
#include "services/common/telemetry/logger.h"
#include "services/ingest/change_codec.h"
#include "services/ingest/ledger.h"

namespace outlay::ingest {

// Entries ready for the ledger: what this process has just recorded as it was made, the others decoded. DATA_LOSS PAYLOAD_UNREADABLE names the entry.
absl::StatusOr<std::vector<SequencedChange>> DecodeEntries(std::vector<journal::Entry> entries,
                                                           const ChangeCodec& codec);

// Thread safe. Order of life: CatchUp, Start, Stop; the journal is closed after Stop.
class Follower {
 public:
  using TimePoint = std::chrono::system_clock::time_point;
  using Handle = uint64_t;
  // OK: the ledger has the sequence. UNAVAILABLE: BEHIND_MINIMUM after the deadline, LEDGER_STOPPED. DATA_LOSS: the journal's entries
  // cannot be applied any more.
  using Applied = std::function<void(const absl::Status&)>;

  static constexpr TimePoint kNoDeadline = TimePoint::max();

  // `on_failure` runs on the follower's thread when the journal's entries cannot be applied any more: reads then stay where they are.
  Follower(journal::Journal& journal, Ledger& ledger, const ChangeCodec& codec,
           telemetry::Logger logger, std::function<void()> on_failure);
  ~Follower();  // stops

  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

  // Applies everything up to the head, on the calling thread; before Start. Errors of ReadFrom and Apply.
  absl::Status CatchUp();

  // Goes on on a thread of its own.
  void Start();

  // Ends the thread; those who still wait get LEDGER_STOPPED. Idempotent.
  void Stop();

  // Calls `done` once: inside the call where the ledger has the sequence already, else on the follower's thread, which it must not block.
  Handle WhenApplied(uint64_t sequence, TimePoint deadline, Applied done);

  // OK, or why the journal's entries cannot be applied any more. Then nothing should be stored that nobody could read.
  absl::Status failure();

  // WhenApplied and wait, without a deadline: for what has been committed. Not from the follower's or the journal's threads.
  absl::Status WaitApplied(uint64_t sequence);

  // Takes in what other processes have stored until now: before a refusal that they may have made wrong. Whether there was anything. Errors of
  // Journal::Refresh and WhenApplied: then nobody knows whether the refusal would be right, and it must not be given. Not from the follower's or
  // the journal's threads; blocks on the store where others may write to it, but not while it is known to be away.
  absl::StatusOr<bool> LearnMore();

  // Makes a deadline pass now: nobody needs the answer any more. A handle that has been called is fine.
  void Expire(Handle handle);

 private:
  struct Waiter {
    uint64_t sequence = 0;
    TimePoint deadline;
    Applied done;
  };
  using Deadline = std::pair<TimePoint, Handle>;

  void Run();
  absl::StatusOr<bool> ApplySome();  // whether there was anything
  void WaitForWork(std::unique_lock<std::mutex>& lock);
  // Takes out those that are due, with what each is told. With the lock held.
  std::vector<std::pair<Applied, absl::Status>> TakeDue();
  void Tell(std::unique_lock<std::mutex>& lock);
  Applied Remove(std::map<Handle, Waiter>::iterator waiter);

  journal::Journal& journal_;
  Ledger& ledger_;
  const ChangeCodec& codec_;
  const telemetry::Logger logger_;
  const std::function<void()> on_failure_;

  std::mutex mutex_;
  std::condition_variable changed_;
  bool advanced_ = false;  // the tail has called
  bool stopping_ = false;
  absl::Status failure_;  // why nothing is applied any more
  Handle last_handle_ = 0;
  std::map<Handle, Waiter> waiters_;
  std::set<std::pair<uint64_t, Handle>> by_sequence_;
  std::set<Deadline> by_deadline_;
  std::thread thread_;
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_FOLLOWER_H_
