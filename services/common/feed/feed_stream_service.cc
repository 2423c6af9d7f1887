#include "services/common/feed/feed_stream_service.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "services/common/journal/errors.h"

namespace outlay::feed {
namespace {

constexpr std::chrono::milliseconds kRetryWhenBusy{50};

}  // namespace

FeedStream::FeedStream(rpc::Runtime& runtime, std::string_view method,
                       grpc::CallbackServerContext& context, const Source& source,
                       const Start& start)
    : ServerStream(runtime, method, context),
      journal_(source.journal),
      encoder_(source.encoder),
      options_(source.options),
      after_checksum_(start.after_checksum),
      position_(start.after_sequence),
      verified_(start.after_sequence == 0 || start.after_checksum == 0) {}

std::map<std::string, std::string> FeedStream::Position() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return {{"sequence", fmt::to_string(position_)}};
}

void FeedStream::OnReady() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    unsent_ = false;
  }
  Step();
}

void FeedStream::Step() {
  std::unique_lock<std::mutex> lock(mutex_);
  if (closed_ || reading_ || unsent_) return;
  if (alarm_ == nullptr) SetAlarm(options_.heartbeat);
  const uint64_t head = journal_.Head();
  if (position_ > head && !refreshed_) {
    reading_ = runtime().executor().TrySubmit([self = shared_from_this()] { self->Refresh(); });
    if (!reading_) SetAlarm(kRetryWhenBusy);
  } else if (position_ > head) {
    const absl::Status ahead = journal::SequenceAhead("after_sequence", position_, head);
    lock.unlock();
    End(ahead);
  } else if (!verified_) {
    reading_ = runtime().executor().TrySubmit(
        [self = shared_from_this(), after = position_] { self->Verify(after); });
    if (!reading_) SetAlarm(kRetryWhenBusy);
  } else if (position_ < head) {
    reading_ = runtime().executor().TrySubmit([self = shared_from_this()] { self->Read(); });
    if (!reading_) SetAlarm(kRetryWhenBusy);
  } else if (!caught_up_sent_) {
    caught_up_sent_ = Send(encoder_.CaughtUp(head));
  } else if (!waiting_) {
    waiting_ = true;
    lock.unlock();
    WaitAtTail();
  }
}

void FeedStream::Refresh() {
  if (const absl::Status status = journal_.Refresh().status(); !status.ok()) {
    End(status);
    return;
  }
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    reading_ = false;
    refreshed_ = true;
  }
  Step();
}

void FeedStream::Verify(uint64_t after_sequence) {
  const absl::StatusOr<std::vector<journal::Entry>> entries =
      journal_.ReadFrom(after_sequence - 1, 1, 0);
  if (!entries.ok()) {
    End(entries.status());
    return;
  }
  if (entries->empty() || entries->front().checksum != after_checksum_) {
    End(journal::JournalDiffers(after_sequence));
    return;
  }
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    reading_ = false;
    verified_ = true;
  }
  Step();
}

void FeedStream::Read() {
  uint64_t after = 0;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (closed_) return;
    after = position_;
  }
  const absl::StatusOr<std::vector<journal::Entry>> entries =
      journal_.ReadFrom(after, options_.batch_records_max, options_.batch_bytes_max);
  if (!entries.ok()) {
    End(entries.status());
    return;
  }
  if (entries->empty()) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      reading_ = false;
    }
    Step();
    return;
  }
  grpc::ByteBuffer batch = encoder_.Batch(*entries);
  const std::lock_guard<std::mutex> lock(mutex_);
  reading_ = false;
  if (!Send(std::move(batch))) return;
  position_ = entries->back().sequence;
  caught_up_sent_ = false;
}

bool FeedStream::Send(grpc::ByteBuffer message) {
  unsent_ = true;
  last_write_ = std::chrono::steady_clock::now();
  return Write(std::move(message));
}

void FeedStream::WaitAtTail() {
  uint64_t after = 0;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    after = position_;
  }
  // The callback must not keep the stream alive: a client may wait for ever.
  const journal::Tail::Handle handle =
      journal_.tail().Wait(after, [weak = weak_from_this()](journal::Wake wake) {
        if (const auto self = weak.lock()) self->OnTail(wake);
      });
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!closed_) {
      tail_ = handle;
      return;
    }
  }
  journal_.tail().Cancel(handle);
}

void FeedStream::OnTail(journal::Wake wake) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    waiting_ = false;
  }
  if (wake == journal::Wake::kClosed) {
    EndDraining();
  } else {
    Step();
  }
}

void FeedStream::SetAlarm(std::chrono::milliseconds delay) {
  // The one before is cancelled by its destruction.
  alarm_ = std::make_unique<grpc::Alarm>();
  alarm_->Set(std::chrono::system_clock::now() + delay, [weak = weak_from_this()](bool ok) {
    if (!ok) return;
    if (const auto self = weak.lock()) self->OnAlarm();
  });
}

void FeedStream::OnAlarm() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (closed_) return;
    const auto quiet_for = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - last_write_);
    if (waiting_ && !unsent_ && quiet_for >= options_.heartbeat) {
      SetAlarm(options_.heartbeat);
      Send(encoder_.Heartbeat(position_));
      return;
    }
    SetAlarm(std::clamp(options_.heartbeat - quiet_for, std::chrono::milliseconds(1),
                        options_.heartbeat));
  }
  Step();
}

void FeedStream::OnClosed() {
  std::unique_ptr<grpc::Alarm> alarm;
  std::optional<journal::Tail::Handle> tail;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    closed_ = true;
    alarm = std::move(alarm_);
    tail = tail_;
  }
  // Waits for a callback that runs, which takes the lock.
  if (tail) journal_.tail().Cancel(*tail);
}

}  // namespace outlay::feed
