#include "services/aggregation/ingest_follower.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "services/aggregation/errors.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::aggregation {

IngestFollower::IngestFollower(ChangeFeed& feed, const FollowerOptions& options, View& view,
                               FeedStatus& status, const time::Clock& clock,
                               telemetry::Logger logger, Listener listener)
    : feed_(feed),
      options_(options),
      view_(view),
      status_(status),
      clock_(clock),
      logger_(std::move(logger)),
      listener_(std::move(listener)),
      backoff_(options.min_backoff) {}

IngestFollower::~IngestFollower() { Stop(); }

void IngestFollower::Start() {
  thread_ = std::thread([this] { Run(); });
}

void IngestFollower::Stop() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
    stopped_.notify_all();
  }
  feed_.Cancel();
  if (thread_.joinable()) thread_.join();
}

bool IngestFollower::stopping() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return stopping_;
}

void IngestFollower::Run() {
  do {
    Subscribe();
    status_.Disconnected();
  } while (SleepBeforeRetry());
}

void IngestFollower::Subscribe() {
  const uint64_t after_sequence = view_.applied_sequence();
  const absl::Status status = feed_.Follow(after_sequence, checksum_, [&](FeedEvent event) {
    if (!connected_) logger_.Info("following ingest", {{"after_sequence", after_sequence}});
    connected_ = true;
    const bool going_on = Take(std::move(event));
    // A journal that keeps starting over is no sign of health.
    if (going_on) backoff_ = options_.min_backoff;
    return going_on;
  });
  if (status.ok() || stopping()) return;
  if (GetErrorDetail(status).reason == "SEQUENCE_AHEAD") {
    Reset("ingest's journal is shorter than the view");
  } else if (GetErrorDetail(status).reason == "JOURNAL_DIFFERS") {
    Reset("ingest's journal is not the one that the view was made from");
  } else {
    LogEnd(status);
  }
}

bool IngestFollower::Take(FeedEvent event) {
  switch (event.kind) {
    case FeedEvent::Kind::kChanges:
      return TakeChanges(std::move(event.changes), event.last_checksum);
    case FeedEvent::Kind::kCaughtUp:
      return TakeHead(event.head_sequence, true);
    case FeedEvent::Kind::kHeartbeat:
      return TakeHead(event.head_sequence, false);
    case FeedEvent::Kind::kOther:
      break;
  }
  status_.Heard(clock_.Now(), view_.applied_sequence());
  return true;
}

bool IngestFollower::TakeChanges(std::vector<SequencedChange> changes, uint64_t last_checksum) {
  // The view passes over what it has: here that would hide another journal.
  const uint64_t applied = view_.applied_sequence();
  if (!changes.empty() && changes.front().sequence != applied + 1) {
    return Reset(FromAbsl(SequenceGap(applied, changes.front().sequence).message()));
  }
  const uint64_t last = applied + changes.size();
  const absl::Status status = view_.Apply(std::move(changes));
  if (!status.ok()) return Reset(FromAbsl(status.message()));
  if (view_.applied_sequence() != last) return Reset("a sequence came twice");
  checksum_ = last_checksum;
  status_.Heard(clock_.Now(), last);
  listener_.on_applied();
  return true;
}

bool IngestFollower::TakeHead(uint64_t head_sequence, bool caught_up) {
  const uint64_t applied = view_.applied_sequence();
  // The stream is in order: a head below what it has sent is another journal's.
  if (head_sequence < applied) {
    return Reset(
        fmt::format("ingest's journal ends at {}, the view is at {}", head_sequence, applied));
  }
  if (caught_up && applied < head_sequence) {
    return Reset(
        fmt::format("ingest calls {} caught up, the view is at {}", head_sequence, applied));
  }
  status_.Heard(clock_.Now(), head_sequence);
  if (caught_up && !status_.ready()) {
    status_.Ready();
    logger_.Info("caught up with ingest", {{"sequence", applied}});
    listener_.on_ready(true);
  }
  return true;
}

bool IngestFollower::Reset(std::string_view why) {
  logger_.Warning("the view is emptied and built anew",
                  {{"why", why}, {"applied_sequence", view_.applied_sequence()}});
  const bool was_ready = status_.ready();
  status_.WillReset();
  view_.Reset();
  checksum_ = 0;
  if (was_ready) listener_.on_ready(false);
  return false;
}

void IngestFollower::LogEnd(const absl::Status& status) {
  if (!connected_ && ever_failed_) return;
  connected_ = false;
  ever_failed_ = true;
  logger_.Warning("the subscription to ingest ended; trying again",
                  {{"reason", GetErrorDetail(status).reason},
                   {"message", FromAbsl(status.message())},
                   {"applied_sequence", view_.applied_sequence()}});
}

bool IngestFollower::SleepBeforeRetry() {
  const int64_t longest_ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(backoff_).count();
  std::uniform_int_distribution<int64_t> wait_ms(longest_ms / 2, longest_ms);
  const std::chrono::milliseconds wait(wait_ms(random_));
  backoff_ = std::min(backoff_ * 2, options_.max_backoff);
  std::unique_lock<std::mutex> lock(mutex_);
  stopped_.wait_for(lock, wait, [this] { return stopping_; });
  return !stopping_;
}

}  // namespace outlay::aggregation
