// How the feed from ingest is doing: written by the follower, read by answers.
#ifndef OUTLAY_SERVICES_AGGREGATION_FEED_STATUS_H_
#define OUTLAY_SERVICES_AGGREGATION_FEED_STATUS_H_

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <optional>

#include "services/common/time/instant.h"

namespace outlay::aggregation {

struct FeedReading {
  bool ready = false;          // has caught up once, and the view was not reset since
  bool connected = false;      // the subscription is up
  uint64_t head_sequence = 0;  // the last head that ingest has told
  std::optional<time::Instant> last_heard;
};

// Safe for concurrent use.
class FeedStatus {
 public:
  FeedReading Read() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return reading_;
  }
  bool ready() const { return Read().ready; }

  // A message came; `head_sequence` is at least what it told of.
  void Heard(time::Instant now, uint64_t head_sequence) {
    const std::lock_guard<std::mutex> lock(mutex_);
    reading_.connected = true;
    reading_.last_heard = now;
    reading_.head_sequence = std::max(reading_.head_sequence, head_sequence);
  }
  void Disconnected() {
    const std::lock_guard<std::mutex> lock(mutex_);
    reading_.connected = false;
  }
  void Ready() {
    const std::lock_guard<std::mutex> lock(mutex_);
    reading_.ready = true;
  }
  // Before the view is emptied.
  void WillReset() {
    const std::lock_guard<std::mutex> lock(mutex_);
    reading_.ready = false;
    reading_.head_sequence = 0;
  }

 private:
  mutable std::mutex mutex_;
  FeedReading reading_;
};

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_FEED_STATUS_H_
