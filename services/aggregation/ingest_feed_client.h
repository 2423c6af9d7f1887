// Subscribes to ingest over gRPC.
#ifndef OUTLAY_SERVICES_AGGREGATION_INGEST_FEED_CLIENT_H_
#define OUTLAY_SERVICES_AGGREGATION_INGEST_FEED_CLIENT_H_

#include <memory>
#include <mutex>

#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "outlay/ingest/v1/ingest_service.grpc.pb.h"
#include "services/aggregation/change_feed.h"
#include "services/common/telemetry/logger.h"

namespace outlay::aggregation {

// A change that cannot be read is logged and handed on as Unreadable.
class IngestFeedClient final : public ChangeFeed {
 public:
  IngestFeedClient(std::shared_ptr<grpc::Channel> channel, telemetry::Logger logger);

  absl::Status Follow(uint64_t after_sequence, uint64_t after_checksum, const Taker& take) override;
  void Cancel() override;

 private:
  // Lets Cancel reach a call for as long as its context lives.
  class CurrentCall {
   public:
    CurrentCall(IngestFeedClient& client, grpc::ClientContext& context);
    ~CurrentCall();
    CurrentCall(const CurrentCall&) = delete;
    CurrentCall& operator=(const CurrentCall&) = delete;

    // False once cancelled: the call must not be made.
    bool is_wanted() const { return is_wanted_; }

   private:
    IngestFeedClient& client_;
    bool is_wanted_ = false;
  };

  FeedEvent Read(const ingest::v1::SubscribeChangesResponse& message) const;
  SequencedChange ReadEntry(const ingest::v1::SequencedChange& message) const;

  const std::unique_ptr<ingest::v1::IngestService::Stub> stub_;
  const telemetry::Logger logger_;

  std::mutex mutex_;  // what follows
  bool cancelled_ = false;
  grpc::ClientContext* call_ = nullptr;  // the subscription under way
};

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_INGEST_FEED_CLIENT_H_
