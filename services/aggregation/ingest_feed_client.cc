#include "services/aggregation/ingest_feed_client.h"

#include <utility>

#include "services/aggregation/ingest_change_proto.h"
#include "services/common/rpc/error_mapping.h"
#include "services/common/rpc/errors.h"
#include "services/common/status/text.h"
#include "services/common/wire/time_proto.h"

namespace outlay::aggregation {

IngestFeedClient::IngestFeedClient(std::shared_ptr<grpc::Channel> channel, telemetry::Logger logger)
    : stub_(ingest::v1::IngestService::NewStub(std::move(channel))), logger_(std::move(logger)) {}

absl::Status IngestFeedClient::Follow(uint64_t after_sequence, uint64_t after_checksum,
                                      const Taker& take) {
  grpc::ClientContext context;
  const CurrentCall current(*this, context);
  if (!current.is_wanted()) return rpc::CallCancelled();
  ingest::v1::SubscribeChangesRequest request;
  request.set_after_sequence(after_sequence);
  request.set_after_checksum(after_checksum);
  const auto reader = stub_->SubscribeChanges(&context, request);
  ingest::v1::SubscribeChangesResponse message;
  bool going_on = true;
  while (going_on && reader->Read(&message)) going_on = take(Read(message));
  if (!going_on) context.TryCancel();
  const grpc::Status status = reader->Finish();
  return going_on ? rpc::FromGrpcStatus(status, "ingest") : absl::OkStatus();
}

void IngestFeedClient::Cancel() {
  const std::lock_guard<std::mutex> lock(mutex_);
  cancelled_ = true;
  if (call_ != nullptr) call_->TryCancel();
}

IngestFeedClient::CurrentCall::CurrentCall(IngestFeedClient& client, grpc::ClientContext& context)
    : client_(client) {
  const std::lock_guard<std::mutex> lock(client_.mutex_);
  is_wanted_ = !client_.cancelled_;
  if (is_wanted_) client_.call_ = &context;
}

IngestFeedClient::CurrentCall::~CurrentCall() {
  const std::lock_guard<std::mutex> lock(client_.mutex_);
  client_.call_ = nullptr;
}

FeedEvent IngestFeedClient::Read(const ingest::v1::SubscribeChangesResponse& message) const {
  FeedEvent event;
  switch (message.event_case()) {
    case ingest::v1::SubscribeChangesResponse::kBatch:
      event.kind = FeedEvent::Kind::kChanges;
      event.last_checksum = message.batch().last_checksum();
      event.changes.reserve(static_cast<size_t>(message.batch().changes_size()));
      for (const ingest::v1::SequencedChange& entry : message.batch().changes()) {
        event.changes.push_back(ReadEntry(entry));
      }
      return event;
    case ingest::v1::SubscribeChangesResponse::kCaughtUpSequence:
      event.kind = FeedEvent::Kind::kCaughtUp;
      event.head_sequence = message.caught_up_sequence();
      return event;
    case ingest::v1::SubscribeChangesResponse::kHeartbeatSequence:
      event.kind = FeedEvent::Kind::kHeartbeat;
      event.head_sequence = message.heartbeat_sequence();
      return event;
    default:
      return event;
  }
}

SequencedChange IngestFeedClient::ReadEntry(const ingest::v1::SequencedChange& message) const {
  SequencedChange entry{.sequence = message.sequence()};
  // An impossible time counts as no later than the entries before it.
  entry.recorded_time = wire::FromProto(message.recorded_time()).value_or(time::Instant{});
  absl::StatusOr<ChangeKind> kind = ReadChange(message.change());
  if (kind.ok()) {
    entry.kind = *std::move(kind);
  } else {
    logger_.Error("a change of ingest's journal is left out",
                  {{"sequence", message.sequence()}, {"why", FromAbsl(kind.status().message())}});
    entry.kind = Unreadable{};
  }
  return entry;
}

}  // namespace outlay::aggregation
