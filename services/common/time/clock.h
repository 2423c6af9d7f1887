// Where "now" comes from. Passed down by reference from main; tests pass a FakeClock.
#ifndef OUTLAY_SERVICES_COMMON_TIME_CLOCK_H_
#define OUTLAY_SERVICES_COMMON_TIME_CLOCK_H_

#include <atomic>

#include "services/common/time/instant.h"

namespace outlay::time {

// Thread-safe, like both implementations.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant Now() const = 0;
};

// The system's clock. It follows the host's adjustments and may step back.
class SystemClock final : public Clock {
 public:
  Instant Now() const override;
};

// Stands still until it is set.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Instant now) : now_(now) {}

  Instant Now() const override { return now_.load(); }
  void Set(Instant now) { now_.store(now); }
  void Advance(std::chrono::microseconds by);

 private:
  std::atomic<Instant> now_;
};

}  // namespace outlay::time

#endif  // OUTLAY_SERVICES_COMMON_TIME_CLOCK_H_
