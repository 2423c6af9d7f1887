// The feed of ingest's journal, as the follower sees it.
#ifndef OUTLAY_SERVICES_AGGREGATION_CHANGE_FEED_H_
#define OUTLAY_SERVICES_AGGREGATION_CHANGE_FEED_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/status.h"
#include "services/aggregation/change.h"

namespace outlay::aggregation {

struct FeedEvent {
  enum class Kind : uint8_t {
    kChanges,    // consecutive changes
    kCaughtUp,   // everything up to the head has been sent
    kHeartbeat,  // nothing new; this is the head
    kOther,      // news that this version does not know
  };

  Kind kind = Kind::kOther;
  std::vector<SequencedChange> changes;  // kChanges
  uint64_t last_checksum = 0;            // kChanges: the journal's, at the last of them
  uint64_t head_sequence = 0;            // kCaughtUp, kHeartbeat
};

class ChangeFeed {
 public:
  // Whether to go on.
  using Taker = std::function<bool(FeedEvent event)>;

  virtual ~ChangeFeed() = default;

  // Subscribes after a sequence, at which the journal has had this checksum (0: not known), and hands `take` one event after another, on this thread, until the stream ends or `take` returns
  // false: then OK. Otherwise the error that ended the stream; its reason is SEQUENCE_AHEAD where the journal is not that long, and
  // JOURNAL_DIFFERS where it is another one.
  virtual absl::Status Follow(uint64_t after_sequence, uint64_t after_checksum,
                              const Taker& take) = 0;

  // Ends Follow soon, if it runs, and every later one at once. Any thread; never blocks for long.
  virtual void Cancel() = 0;
};

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_CHANGE_FEED_H_
