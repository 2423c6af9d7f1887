#ifndef OUTLAY_SERVICES_FX_RATE_FOLLOWER_H_
#define OUTLAY_SERVICES_FX_RATE_FOLLOWER_H_

#include <condition_variable>
#include <mutex>
#include <thread>

#include "services/common/journal/journal.h"
#include "services/common/telemetry/logger.h"
#include "services/fx/rate_projection.h"

namespace outlay::fx {

// Keeps the book up with what other processes write to the journal, on a thread of its own. What
// this process writes is in the book before it is acknowledged.
class RateFollower {
 public:
  // Both outlive it.
  RateFollower(journal::Journal& journal, RateProjection& projection, telemetry::Logger logger);
  ~RateFollower();  // stops

  void Start();
  // Before the journal is closed. Idempotent.
  void Stop();

 private:
  void Run();
  // Returns when the journal is beyond `sequence` or this is to stop.
  void WaitBeyond(uint64_t sequence, std::unique_lock<std::mutex>& lock);

  journal::Journal& journal_;
  RateProjection& projection_;
  const telemetry::Logger logger_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool advanced_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_RATE_FOLLOWER_H_
