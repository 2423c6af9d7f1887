#include "services/fx/rate_stream_service.h"

#include "fmt/format.h"
#include "google/protobuf/arena.h"
#include "services/common/rpc/errors.h"
#include "services/common/rpc/message_bytes.h"
#include "services/common/status/error.h"
#include "services/fx/recording_proto.h"

namespace outlay::fx {
namespace {

constexpr std::string_view kBatchNumber = "batch_number";

}  // namespace

RateStream::RateStream(rpc::Runtime& runtime, std::string_view method,
                       grpc::CallbackServerContext& context, RateRecorder& recorder,
                       const RateReader& reader)
    : BatchStream(runtime, method, context), recorder_(recorder), reader_(reader) {}

std::map<std::string, std::string> RateStream::Position() const {
  return {{std::string(kBatchNumber), fmt::to_string(answered_number())}};
}

absl::Status RateStream::Accept(const v1::StreamRatesRequest& request) {
  if (last_batch_number_ && request.batch_number() <= *last_batch_number_) {
    return rpc::BatchNumberOrder(request.batch_number(), *last_batch_number_);
  }
  last_batch_number_ = request.batch_number();
  if (request.has_change()) {
    note_ = {.actor = request.change().actor(), .reason = request.change().reason()};
  }
  return absl::OkStatus();
}

void RateStream::Take(const grpc::ByteBuffer& message) {
  google::protobuf::Arena arena;
  auto& request = *google::protobuf::Arena::CreateMessage<v1::StreamRatesRequest>(&arena);
  absl::Status status = rpc::FromBytes(message, call().method(), request);
  if (!status.ok()) {
    Refuse(status);
    return;
  }
  v1::StreamRatesResponse response;
  status = Accept(request);
  if (status.ok()) status = RecordBatch(recorder_, reader_.Now(), note_, request, response);
  if (!status.ok()) {
    Refuse(rpc::AtBatch(status, kBatchNumber, request.batch_number()));
    return;
  }
  BeginBatch(request.batch_number(), message.Length());
  Answer(request.batch_number(), rpc::ToBytes(response));
  TakeNext();
}

}  // namespace outlay::fx
