#include "services/fx/convert_stream_service.h"

#include <utility>

#include "fmt/format.h"
#include "google/protobuf/arena.h"
#include "outlay/fx/v1/fx_service.pb.h"
#include "services/common/rpc/message_bytes.h"
#include "services/common/status/error.h"
#include "services/fx/conversions_proto.h"

namespace outlay::fx {
namespace {

constexpr std::string_view kMessageNumber = "message_number";

}  // namespace

ConvertStream::ConvertStream(rpc::Runtime& runtime, std::string_view method,
                             grpc::CallbackServerContext& context, const RateReader& reader)
    : BatchStream(runtime, method, context), reader_(reader) {}

std::map<std::string, std::string> ConvertStream::Position() const {
  return {{std::string(kMessageNumber), fmt::to_string(answered_number())}};
}

absl::StatusOr<grpc::ByteBuffer> ConvertStream::Convert(const grpc::ByteBuffer& message) const {
  google::protobuf::Arena arena;
  auto& request = *google::protobuf::Arena::CreateMessage<v1::StreamConvertRequest>(&arena);
  auto& response = *google::protobuf::Arena::CreateMessage<v1::StreamConvertResponse>(&arena);
  RETURN_IF_ERROR(rpc::FromBytes(message, call().method(), request));
  const absl::Status status = BatchConvert(
      reader_, [this] { return call().CheckLive(); }, request.batch(), *response.mutable_batch());
  if (!status.ok()) return Under("batch", status);
  return rpc::ToBytes(response);
}

void ConvertStream::Take(const grpc::ByteBuffer& message) {
  const uint64_t number = taken_ + 1;
  absl::StatusOr<grpc::ByteBuffer> answer = Convert(message);
  if (!answer.ok()) {
    Refuse(rpc::AtBatch(answer.status(), kMessageNumber, number));
    return;
  }
  taken_ = number;
  BeginBatch(number, message.Length());
  Answer(number, *std::move(answer));
  TakeNext();
}

}  // namespace outlay::fx
