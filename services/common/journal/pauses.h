#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_PAUSES_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_PAUSES_H_

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

namespace outlay::journal {

// The pauses between attempts, growing from some milliseconds to half a second, each shortened by a
// random part so that processes that failed together do not come back together.
class Pauses {
 public:
  explicit Pauses(std::chrono::steady_clock::time_point deadline) : deadline_(deadline) {}

  // Sleeps and returns true, or false at once when it would end beyond the deadline.
  bool Pause() {
    const std::chrono::milliseconds pause{
        std::uniform_int_distribution<int64_t>(longest_.count() / 2, longest_.count())(random_)};
    if (std::chrono::steady_clock::now() + pause >= deadline_) return false;
    std::this_thread::sleep_for(pause);
    longest_ = std::min(2 * longest_, kLongest);
    return true;
  }

 private:
  static constexpr std::chrono::milliseconds kLongest{500};

  const std::chrono::steady_clock::time_point deadline_;
  std::chrono::milliseconds longest_{8};
  std::minstd_rand random_{std::random_device()()};
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_PAUSES_H_
