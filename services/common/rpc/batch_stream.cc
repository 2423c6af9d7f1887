#include "services/common/rpc/batch_stream.h"

#include <algorithm>
#include <exception>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "services/common/rpc/errors.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::rpc {
namespace {

// So many that no stage waits for another: of batches to store, a group is being committed, the one before is being applied, the next one
// is being checked.
constexpr size_t kUnderWayBytesMax = size_t{32} << 20;
constexpr size_t kUnderWayMax = 64;
constexpr size_t kUnsentMax = 16;
constexpr size_t kUnsentBytesMax = size_t{8} << 20;
constexpr std::chrono::milliseconds kRetryWhenBusy{10};

}  // namespace

void BatchStream::OnMessage(grpc::ByteBuffer& message) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    reading_ = false;
    next_ = std::move(message);
  }
  Proceed();
}

void BatchStream::Schedule(std::function<void()> step) {
  if (!runtime().executor().TrySubmit(step)) RunLater(std::move(step), kRetryWhenBusy);
}

void BatchStream::RunLater(std::function<void()> step, std::chrono::milliseconds delay) {
  auto alarm = std::make_unique<grpc::Alarm>();
  const std::lock_guard<std::mutex> lock(mutex_);
  if (closed_) return;
  std::swap(alarm_, alarm);
  // With the lock held: OnClosed, on another thread, destroys it.
  alarm_->Set(std::chrono::system_clock::now() + delay,
              [self = shared_from_this(), step = std::move(step)](bool ok) {
                if (ok) self->Schedule(step);
              });
}

void BatchStream::TakeOnWorker(const grpc::ByteBuffer& message) {
  try {
    Take(message);
  } catch (const std::exception& exception) {
    Refuse(UncaughtException(exception.what()));
  }
}

void BatchStream::BeginBatch(uint64_t number, size_t bytes) {
  const std::lock_guard<std::mutex> lock(mutex_);
  under_way_.push_back({.number = number, .bytes = bytes, .answer = std::nullopt});
  under_way_bytes_ += bytes;
}

void BatchStream::TakeNext() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    taking_ = false;
  }
  Proceed();
}

void BatchStream::Refuse(const absl::Status& error) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    taking_ = false;
    if (!failure_) failure_ = error;
  }
  Proceed();
}

void BatchStream::Answer(uint64_t number, grpc::ByteBuffer answer) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto batch = std::ranges::find(under_way_, number, &UnderWay::number);
    batch->answer = std::move(answer);
    SendAnswers();
  }
  Proceed();
}

void BatchStream::Fail(uint64_t number, const absl::Status& error) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    Forget(number);
    if (!failure_) failure_ = error;
    SendAnswers();
  }
  Proceed();
}

void BatchStream::Withdraw(uint64_t number) {
  const std::lock_guard<std::mutex> lock(mutex_);
  Forget(number);
}

void BatchStream::Forget(uint64_t number) {
  const auto batch = std::ranges::find(under_way_, number, &UnderWay::number);
  under_way_bytes_ -= batch->bytes;
  under_way_.erase(batch);
}

void BatchStream::SendAnswers() {
  // A later batch may be done first.
  while (!under_way_.empty() && under_way_.front().answer) {
    answered_number_ = under_way_.front().number;
    ++unsent_;
    unsent_bytes_ += under_way_.front().answer->Length();
    under_way_bytes_ -= under_way_.front().bytes;
    Write(*std::move(under_way_.front().answer));
    under_way_.pop_front();
  }
}

uint64_t BatchStream::answered_number() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return answered_number_;
}

void BatchStream::OnReady() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    unsent_ = 0;
    unsent_bytes_ = 0;
  }
  Proceed();
}

void BatchStream::OnHalfClosed() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    half_closed_ = true;
  }
  Proceed();
}

void BatchStream::OnDrain() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    draining_ = true;
  }
  Proceed();
}

bool BatchStream::HasRoom() const {
  return under_way_.size() < kUnderWayMax && under_way_bytes_ < kUnderWayBytesMax &&
         unsent_ < kUnsentMax && unsent_bytes_ < kUnsentBytesMax;
}

void BatchStream::Proceed() {
  std::optional<absl::Status> end;
  bool drained = false;
  bool read = false;
  std::optional<grpc::ByteBuffer> message;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const bool room = HasRoom();
    if (failure_ || ending_) next_.reset();
    if (next_ && !taking_ && room) {
      message = std::exchange(next_, std::nullopt);
      taking_ = true;
    }
    const bool idle = under_way_.empty() && !taking_ && !next_;
    if (idle && (failure_ || half_closed_)) end = failure_.value_or(absl::OkStatus());
    drained = idle && draining_ && !end;
    ending_ = ending_ || end || drained;
    read = !ending_ && !failure_ && !half_closed_ && !draining_ && !reading_ && !next_ && room;
    if (read) reading_ = true;
  }
  if (message) {
    Schedule(
        [self = shared_from_this(), taken = *std::move(message)] { self->TakeOnWorker(taken); });
  }
  if (end) {
    End(*end);
  } else if (drained) {
    EndDraining();
  } else if (read) {
    ReadNext();
  }
}

void BatchStream::OnClosed() {
  std::unique_ptr<grpc::Alarm> alarm;
  const std::lock_guard<std::mutex> lock(mutex_);
  closed_ = true;
  std::swap(alarm, alarm_);
}

absl::Status AtBatch(const absl::Status& error, std::string_view number_name, uint64_t number) {
  ErrorDetail detail = GetErrorDetail(error);
  detail.metadata[std::string(number_name)] = fmt::to_string(number);
  return MakeError(error.code(), FromAbsl(error.message()), std::move(detail));
}

}  // namespace outlay::rpc
