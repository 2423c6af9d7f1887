#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_POLLER_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_POLLER_H_

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace outlay::journal {

// Calls a function again and again on a thread of its own, with an interval between two calls.
class Poller {
 public:
  // An interval of 0: never, and there is no thread.
  Poller(std::chrono::milliseconds interval, std::function<void()> run);
  ~Poller();  // stops

  // Waits for the call in progress. Idempotent; not from inside the call.
  void Stop();

 private:
  void Run();

  const std::chrono::milliseconds interval_;
  const std::function<void()> run_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_POLLER_H_
