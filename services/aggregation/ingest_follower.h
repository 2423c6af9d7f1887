// Follows ingest's journal: one subscription, renewed for ever, that feeds the view.
#ifndef OUTLAY_SERVICES_AGGREGATION_INGEST_FOLLOWER_H_
#define OUTLAY_SERVICES_AGGREGATION_INGEST_FOLLOWER_H_

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <random>
#include <string_view>
#include <thread>

#include "absl/status/status.h"
#include "services/aggregation/change_feed.h"
#include "services/aggregation/feed_status.h"
#include "services/aggregation/view.h"
#include "services/common/telemetry/logger.h"
#include "services/common/time/clock.h"

namespace outlay::aggregation {

struct FollowerOptions {
  std::chrono::milliseconds min_backoff{100};
  std::chrono::milliseconds max_backoff{5'000};
};

// A thread of its own reads the stream, so that no thread of gRPC's ever waits for the view.
//
// After an end of the stream it subscribes again, after the last sequence applied. The wait before that doubles up to max_backoff, of
// which a random half to whole is waited, and starts over once a message has come. A journal that is not the one the view was made from
// (shorter than what was applied, with another checksum there, or with another sequence next) empties the view, which is then built anew from the start.
class IngestFollower {
 public:
  // Called on the follower's thread; must not block.
  struct Listener {
    std::function<void(bool ready)>
        on_ready;                      // the view may be asked; false: no longer, it was emptied
    std::function<void()> on_applied;  // the view has moved
  };

  // All references outlive the follower.
  IngestFollower(ChangeFeed& feed, const FollowerOptions& options, View& view, FeedStatus& status,
                 const time::Clock& clock, telemetry::Logger logger, Listener listener);
  // Stops.
  ~IngestFollower();

  IngestFollower(const IngestFollower&) = delete;
  IngestFollower& operator=(const IngestFollower&) = delete;

  // Once.
  void Start();
  // Ends the subscription and waits for the thread. Idempotent.
  void Stop();

 private:
  void Run();
  // One subscription, to its end.
  void Subscribe();
  // These return whether the subscription goes on; where not, the view was reset.
  bool Take(FeedEvent event);
  bool TakeChanges(std::vector<SequencedChange> changes, uint64_t last_checksum);
  bool TakeHead(uint64_t head_sequence, bool caught_up);
  bool Reset(std::string_view why);
  void LogEnd(const absl::Status& status);
  // False once stopping.
  bool SleepBeforeRetry();
  bool stopping();

  ChangeFeed& feed_;
  const FollowerOptions options_;
  View& view_;
  FeedStatus& status_;
  const time::Clock& clock_;
  const telemetry::Logger logger_;
  const Listener listener_;

  // Of the thread alone.
  uint64_t checksum_ = 0;  // ingest's journal's, at what the view has applied; 0: not known
  std::chrono::milliseconds backoff_;
  bool connected_ = false;  // for one log line a change
  bool ever_failed_ = false;
  std::mt19937 random_{std::random_device{}()};

  std::mutex mutex_;  // what follows
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_INGEST_FOLLOWER_H_
