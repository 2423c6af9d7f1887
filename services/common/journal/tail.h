// Waking those who follow a journal.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_TAIL_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_TAIL_H_

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>

namespace outlay::journal {

enum class Wake {
  kAdvanced,  // the head is beyond the sequence waited for
  kClosed,    // the journal closes: nothing more will come
};

// One wake-up source a process, however many follow: a waiter is called once, reads as far as it
// likes with Journal::ReadFrom, and waits again from where it stands. Nothing is queued for a
// waiter, so nothing is discarded and a slow one slows only itself.
//
// Callbacks run on the tail's one notifier thread, never on the commit thread; they must not block
// (hand the work on: reading may touch the disk). Thread safe; callbacks may call Wait and Cancel.
class Tail {
 public:
  using Handle = uint64_t;
  using Ready = std::function<void(Wake)>;

  explicit Tail(uint64_t head);
  ~Tail();  // closes
  Tail(const Tail&) = delete;
  Tail& operator=(const Tail&) = delete;

  // `ready` runs once: when the head is beyond `after` (at once, still on the notifier thread, when
  // it already is), or when the tail closes (at once when it has). O(log waiters).
  [[nodiscard]] Handle Wait(uint64_t after, Ready ready);

  // After it returns the callback neither runs nor will run, and what it captured is destroyed;
  // called from inside that very callback it returns at once. A handle that has fired or is unknown
  // is fine.
  void Cancel(Handle handle);

  // Engines call these. Advance with a head that is not beyond the last one does nothing.
  void Advance(uint64_t head);
  // Calls every waiter (one that is due with kAdvanced, and again with kClosed when it waits again)
  // and returns when none is left. A callback must not wait again after kClosed. Idempotent. Not
  // from inside a callback.
  void Close();

 private:
  // Sequence waited for, then handle: the next that is due comes first.
  using Position = std::pair<uint64_t, Handle>;

  void Run();
  bool DueLocked() const;

  std::mutex mutex_;
  std::condition_variable due_;
  std::condition_variable callback_ended_;
  std::map<Position, Ready> waiters_;
  std::unordered_map<Handle, uint64_t> after_of_;  // the waiters' positions by handle, for Cancel
  Handle last_handle_ = 0;
  Handle running_ = 0;  // whose callback runs now; 0: none
  uint64_t head_;
  bool closed_ = false;
  bool stopping_ = false;
  std::thread notifier_;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_TAIL_H_
