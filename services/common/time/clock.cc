#include "services/common/time/clock.h"

namespace outlay::time {

Instant SystemClock::Now() const {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

void FakeClock::Advance(std::chrono::microseconds by) {
  Instant now = now_.load();
  while (!now_.compare_exchange_weak(now, now + by)) {
  }
}

}  // namespace outlay::time
