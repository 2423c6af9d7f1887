// The streaming methods of IngestService.
#include <memory>
#include <string_view>

#include "services/common/feed/feed_stream_service.h"
#include "services/ingest/ingest_service.h"
#include "services/ingest/record_stream_service.h"

namespace outlay::ingest {
namespace {

constexpr std::string_view kSubscribe = "outlay.ingest.v1.IngestService/SubscribeChanges";
constexpr std::string_view kStream = "outlay.ingest.v1.IngestService/StreamDisclosures";

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* IngestService::SubscribeChanges(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request) {
  return feed::Subscribe<v1::SubscribeChangesRequest>(
      parts_.runtime, kSubscribe, *context,
      {.journal = parts_.journal, .encoder = feed_encoder_, .options = options_.feed}, *request);
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* IngestService::StreamDisclosures(
    grpc::CallbackServerContext* context) {
  return RecordStream::Run(
      std::make_shared<RecordStream>(parts_.runtime, kStream, *context, parts_.recorder));
}

}  // namespace outlay::ingest
