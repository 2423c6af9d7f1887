#include "services/ingest/record_stream_service.h"

#include <algorithm>
#include <utility>

#include "fmt/format.h"
#include "services/common/journal/errors.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/ingest/disclosure_proto.h"
#include "services/ingest/errors.h"
#include "services/ingest/record_proto.h"

namespace outlay::ingest {
namespace {

// Of a stream's batches that the journal has. So many that no stage waits for another: a group is being committed, the one before is being applied, the
// next one is being checked.
constexpr size_t kUnderWayBytesMax = size_t{32} << 20;
// What is made of an entry besides, however small its message is.
constexpr size_t kEntryBytes = size_t{1} << 10;
constexpr size_t kUnderWayMax = 64;
constexpr size_t kUnsentMax = 16;  // acknowledgements
constexpr std::chrono::milliseconds kRetryWhenBusy{10};
constexpr int64_t kRetryMs = 100;

grpc::ByteBuffer Serialize(const v1::StreamDisclosuresResponse& response) {
  const grpc::Slice slice(response.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

// The error, saying of which batch it is.
absl::Status AtBatch(const absl::Status& status, uint64_t batch_number) {
  ErrorDetail detail = GetErrorDetail(status);
  detail.metadata["batch_number"] = fmt::to_string(batch_number);
  return MakeError(status.code(), FromAbsl(status.message()), std::move(detail));
}

}  // namespace

RecordStream::RecordStream(rpc::Runtime& runtime, std::string_view method,
                           grpc::CallbackServerContext& context, Recorder& recorder)
    : BidiStream(runtime, method, context), recorder_(recorder) {}

std::map<std::string, std::string> RecordStream::Position() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return {{"batch_number", fmt::to_string(acknowledged_batch_number_)}};
}

void RecordStream::OnMessage(grpc::ByteBuffer& message) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    reading_ = false;
    next_ = std::move(message);
  }
  Proceed();
}

void RecordStream::Schedule(std::function<void()> step) {
  if (!runtime().executor().TrySubmit(step)) ScheduleLater(std::move(step), kRetryWhenBusy);
}

void RecordStream::ScheduleLater(std::function<void()> step, std::chrono::milliseconds delay) {
  auto alarm = std::make_unique<grpc::Alarm>();
  grpc::Alarm& started = *alarm;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (closed_) return;
    std::swap(alarm_, alarm);
  }
  started.Set(std::chrono::system_clock::now() + delay,
              [self = shared_from_this(), step = std::move(step)](bool ok) {
                if (ok) self->Schedule(step);
              });
}

absl::StatusOr<RecordStream::BatchPtr> RecordStream::Parse(const grpc::ByteBuffer& message) {
  const auto batch = std::make_shared<Batch>();
  if (!message.TrySingleSlice(&batch->bytes).ok() &&
      !message.DumpToSingleSlice(&batch->bytes).ok()) {
    return MalformedStreamBatch();
  }
  const std::string_view bytes(reinterpret_cast<const char*>(batch->bytes.begin()),
                               batch->bytes.size());
  ASSIGN_OR_RETURN(batch->parts, ReadStreamBatch(bytes));
  RETURN_IF_ERROR(Accept(batch->parts));
  return batch;
}

absl::Status RecordStream::Accept(const StreamBatch& batch) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (has_message_ && batch.batch_number <= last_batch_number_) {
    return BatchNumberOrder(batch.batch_number, last_batch_number_);
  }
  has_message_ = true;
  last_batch_number_ = batch.batch_number;
  if (batch.note) note_ = *batch.note;
  Violations violations;
  CheckWriteRequest({.note = note_}, ReasonRule::kOptional, violations);
  return violations.ToStatus();
}

void RecordStream::Take(grpc::ByteBuffer message) {
  const absl::StatusOr<BatchPtr> batch = Parse(message);
  message.Clear();
  if (batch.ok()) {
    Process(*batch);
    return;
  }
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    handing_over_ = false;
  }
  FailAfterAll(batch.status());
}

void RecordStream::Process(const BatchPtr& batch) {
  const StreamBatch& parts = batch->parts;
  const uint64_t number = parts.batch_number;
  RecordCommand command{.atomic = false,
                        .entries_max = kStreamBatchMax,
                        .entry = [&parts](size_t i) { return ReadEntry(parts.entries[i]); },
                        .entry_count = parts.entries.size(),
                        .bytes = batch->bytes.size()};
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    command.request.note = note_;
    const size_t bytes = batch->bytes.size() + parts.entries.size() * kEntryBytes;
    under_way_.push_back({.batch_number = number, .bytes = bytes});
    under_way_bytes_ += bytes;
  }
  // The batch goes along: the texts of the entries lie in it.
  recorder_.Record(std::move(command), [self = shared_from_this(), number,
                                        batch](const absl::StatusOr<RecordOutcome>& outcome) {
    self->OnRecorded(number, outcome);
  });
  std::optional<std::chrono::milliseconds> refused_for;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    refused_for = std::exchange(refused_for_, std::nullopt);
    handing_over_ = refused_for.has_value();
  }
  if (refused_for) {
    ScheduleLater([self = shared_from_this(), batch] { self->Process(batch); }, *refused_for);
  } else {
    Proceed();
  }
}

void RecordStream::OnRecorded(uint64_t batch_number, const absl::StatusOr<RecordOutcome>& outcome) {
  std::optional<grpc::ByteBuffer> response;
  if (outcome.ok()) response = Serialize(Acknowledge(batch_number, *outcome));
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto acknowledgement = std::find_if(
        under_way_.begin(), under_way_.end(),
        [batch_number](const UnderWay& batch) { return batch.batch_number == batch_number; });
    if (outcome.ok()) {
      acknowledgement->response = std::move(response);
    } else {
      under_way_bytes_ -= acknowledgement->bytes;
      under_way_.erase(acknowledgement);
      const ErrorDetail detail = GetErrorDetail(outcome.status());
      if (detail.reason == journal::kQueueFullReason) {
        // Told inside Record: Process sees it.
        refused_for_ = std::chrono::milliseconds(detail.retry_after_ms.value_or(kRetryMs));
        return;
      }
      if (!failure_) failure_ = AtBatch(outcome.status(), batch_number);
    }
    SendAcknowledgements();
  }
  Proceed();
}

void RecordStream::SendAcknowledgements() {
  // In the order sent: a later batch may be told of first.
  while (!under_way_.empty() && under_way_.front().response) {
    acknowledged_batch_number_ = under_way_.front().batch_number;
    ++unsent_;
    under_way_bytes_ -= under_way_.front().bytes;
    Write(*std::move(under_way_.front().response));
    under_way_.pop_front();
  }
}

void RecordStream::OnReady() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    unsent_ = 0;
  }
  Proceed();
}

void RecordStream::FailAfterAll(const absl::Status& error) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!failure_) failure_ = error;
  }
  Proceed();
}

void RecordStream::OnHalfClosed() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    half_closed_ = true;
  }
  Proceed();
}

void RecordStream::OnDrain() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    draining_ = true;
  }
  Proceed();
}

void RecordStream::Proceed() {
  std::optional<absl::Status> end;
  bool drained = false;
  bool read = false;
  std::optional<grpc::ByteBuffer> message;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const bool room = under_way_.size() < kUnderWayMax && under_way_bytes_ < kUnderWayBytesMax &&
                      unsent_ < kUnsentMax;
    if (failure_) next_.reset();
    if (next_ && !handing_over_ && room) {
      message = std::exchange(next_, std::nullopt);
      handing_over_ = true;
    }
    const bool idle = under_way_.empty() && !handing_over_ && !next_;
    if (idle && (failure_ || half_closed_)) end = failure_.value_or(absl::OkStatus());
    drained = idle && draining_ && !end;
    read = !failure_ && !half_closed_ && !draining_ && !reading_ && !next_ && room;
    if (read) reading_ = true;
  }
  if (message) {
    Schedule([self = shared_from_this(), taken = *std::move(message)] { self->Take(taken); });
  }
  if (end) {
    End(*end);
  } else if (drained) {
    EndDraining();
  } else if (read) {
    ReadNext();
  }
}

void RecordStream::OnClosed() {
  std::unique_ptr<grpc::Alarm> alarm;
  const std::lock_guard<std::mutex> lock(mutex_);
  closed_ = true;
  std::swap(alarm, alarm_);
}

}  // namespace outlay::ingest
