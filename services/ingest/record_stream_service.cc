#include "services/ingest/record_stream_service.h"

#include <utility>

#include "fmt/format.h"
#include "services/common/journal/errors.h"
#include "services/common/rpc/errors.h"
#include "services/common/status/error.h"
#include "services/ingest/disclosure_proto.h"
#include "services/ingest/errors.h"
#include "services/ingest/record_proto.h"

namespace outlay::ingest {
namespace {

// What is made of an entry besides, however small its message is.
constexpr size_t kEntryBytes = size_t{1} << 10;
constexpr int64_t kRetryMs = 100;
constexpr std::string_view kBatchNumber = "batch_number";

grpc::ByteBuffer Serialize(const v1::StreamDisclosuresResponse& response) {
  const grpc::Slice slice(response.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace

RecordStream::RecordStream(rpc::Runtime& runtime, std::string_view method,
                           grpc::CallbackServerContext& context, Recorder& recorder)
    : BatchStream(runtime, method, context), recorder_(recorder) {}

std::shared_ptr<RecordStream> RecordStream::Self() {
  return std::static_pointer_cast<RecordStream>(shared_from_this());
}

std::map<std::string, std::string> RecordStream::Position() const {
  return {{std::string(kBatchNumber), fmt::to_string(answered_number())}};
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
  if (has_message_ && batch.batch_number <= last_batch_number_) {
    return rpc::BatchNumberOrder(batch.batch_number, last_batch_number_);
  }
  has_message_ = true;
  last_batch_number_ = batch.batch_number;
  if (batch.note) note_ = *batch.note;
  Violations violations;
  CheckWriteRequest({.note = note_}, ReasonRule::kOptional, violations);
  return violations.ToStatus();
}

void RecordStream::Take(const grpc::ByteBuffer& message) {
  const absl::StatusOr<BatchPtr> batch = Parse(message);
  if (batch.ok()) {
    Process(*batch);
  } else {
    Refuse(batch.status());
  }
}

void RecordStream::Process(const BatchPtr& batch) {
  const StreamBatch& parts = batch->parts;
  const uint64_t number = parts.batch_number;
  RecordCommand command{.atomic = false,
                        .entries_max = kStreamBatchMax,
                        .entry = [&parts](size_t i) { return ReadEntry(parts.entries[i]); },
                        .entry_count = parts.entries.size(),
                        .bytes = batch->bytes.size()};
  command.request.note = note_;
  BeginBatch(number, batch->bytes.size() + parts.entries.size() * kEntryBytes);
  refused_for_.reset();
  // The batch goes along: the texts of the entries lie in it.
  recorder_.Record(std::move(command),
                   [self = Self(), number, batch](const absl::StatusOr<RecordOutcome>& outcome) {
                     self->OnRecorded(number, outcome);
                   });
  if (refused_for_) {
    RunLater([self = Self(), batch] { self->Process(batch); }, *refused_for_);
  } else {
    TakeNext();
  }
}

void RecordStream::OnRecorded(uint64_t batch_number, const absl::StatusOr<RecordOutcome>& outcome) {
  if (outcome.ok()) {
    Answer(batch_number, Serialize(Acknowledge(batch_number, *outcome)));
    return;
  }
  const ErrorDetail detail = GetErrorDetail(outcome.status());
  if (detail.reason == journal::kQueueFullReason) {
    refused_for_ = std::chrono::milliseconds(detail.retry_after_ms.value_or(kRetryMs));
    Withdraw(batch_number);
  } else {
    Fail(batch_number, rpc::AtBatch(outcome.status(), kBatchNumber, batch_number));
  }
}

}  // namespace outlay::ingest
