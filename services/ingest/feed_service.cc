// The streaming methods of IngestService.
#include <memory>

#include "services/common/status/error.h"
#include "services/ingest/ingest_service.h"
#include "services/ingest/record_stream_service.h"

namespace outlay::ingest {
namespace {

constexpr std::string_view kSubscribe = "outlay.ingest.v1.IngestService/SubscribeChanges";
constexpr std::string_view kStream = "outlay.ingest.v1.IngestService/StreamDisclosures";

using ByteStream = rpc::ServerStream<grpc::ByteBuffer>;

// A stream that only says why there is none.
class RefusedStream final : public ByteStream {
 public:
  RefusedStream(rpc::Runtime& runtime, std::string_view method,
                grpc::CallbackServerContext& context, absl::Status refusal)
      : ByteStream(runtime, method, context), refusal_(std::move(refusal)) {}

 private:
  void OnReady() override { End(refusal_); }

  const absl::Status refusal_;
};

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* IngestService::SubscribeChanges(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request) {
  grpc::ByteBuffer bytes = *request;
  v1::SubscribeChangesRequest parsed;
  if (!grpc::SerializationTraits<v1::SubscribeChangesRequest>::Deserialize(&bytes, &parsed).ok()) {
    return ByteStream::Run(std::make_shared<RefusedStream>(
        parts_.runtime, kSubscribe, *context,
        InvalidField("MALFORMED_REQUEST", "",
                     "the request is not an outlay.ingest.v1.SubscribeChangesRequest")));
  }
  return ByteStream::Run(std::make_shared<ChangeStream>(
      parts_.runtime, kSubscribe, *context, parts_.journal, options_.feed, parsed.after_sequence(),
      parsed.after_checksum()));
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* IngestService::StreamDisclosures(
    grpc::CallbackServerContext* context) {
  return RecordStream::Run(
      std::make_shared<RecordStream>(parts_.runtime, kStream, *context, parts_.recorder));
}

}  // namespace outlay::ingest
