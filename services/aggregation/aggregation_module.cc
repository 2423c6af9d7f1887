#include "services/aggregation/aggregation_module.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "services/aggregation/aggregation_service.h"
#include "services/aggregation/feed_status.h"
#include "services/aggregation/ingest_feed_client.h"
#include "services/aggregation/ingest_follower.h"
#include "services/aggregation/sequence_waiters.h"
#include "services/aggregation/view.h"
#include "services/common/rpc/channel.h"
#include "services/common/rpc/stream_registry.h"
#include "services/common/status/error.h"

namespace outlay::aggregation {
namespace {

using std::chrono::milliseconds;

FollowerOptions BackoffFrom(const config::Settings& settings) {
  FollowerOptions options;
  options.max_backoff = milliseconds(settings.DurationMs("resubscribe-max-backoff-ms"));
  options.min_backoff = std::min(options.min_backoff, options.max_backoff);
  return options;
}

}  // namespace

// In the order of construction. Registered as a stream: when the server drains, calls that wait for a sequence end.
struct AggregationModule::Parts final : rpc::DrainableStream {
  Parts(const config::Settings& settings, rpc::Server& the_server, const telemetry::Logger& logger,
        std::unique_ptr<const time::Clock> the_clock, std::shared_ptr<grpc::Channel> ingest)
      : server(the_server),
        clock(std::move(the_clock)),
        waiters([this] { return view.applied_sequence(); },
                [this] { server.runtime().streams().Remove(*this); }),
        service(server.runtime(), view, feed, waiters, *clock,
                milliseconds(settings.DurationMs("stale-after-ms"))),
        ingest_feed(std::move(ingest), logger),
        follower(ingest_feed, BackoffFrom(settings), view, feed, *clock, logger,
                 {.on_ready = [this](bool ready) { server.SetServing(kServiceName, ready); },
                  .on_applied = [this] { waiters.Notify(); }}) {}

  void Drain() override { waiters.Close(); }

  rpc::Server& server;
  const std::unique_ptr<const time::Clock> clock;
  View view;
  FeedStatus feed;
  SequenceWaiters waiters;
  AggregationService service;
  IngestFeedClient ingest_feed;
  IngestFollower follower;
};

AggregationModule::AggregationModule(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

AggregationModule::~AggregationModule() = default;

absl::StatusOr<std::unique_ptr<AggregationModule>> AggregationModule::Create(
    const config::Settings& settings, rpc::Server& server, const telemetry::Logger& logger,
    std::unique_ptr<const time::Clock> clock) {
  ASSIGN_OR_RETURN(std::shared_ptr<grpc::Channel> ingest,
                   rpc::MakeChannel({.target = settings.String("ingest-address"),
                                     .max_message_bytes = settings.Integer("max-message-bytes")}));
  auto parts =
      std::make_unique<Parts>(settings, server, logger, std::move(clock), std::move(ingest));
  RETURN_IF_ERROR(server.runtime().streams().Add(*parts));
  server.AddService(parts->service, kServiceName, false);
  return std::unique_ptr<AggregationModule>(new AggregationModule(std::move(parts)));
}

absl::Status AggregationModule::Started() {
  parts_->follower.Start();
  return absl::OkStatus();
}

absl::Status AggregationModule::Close() {
  parts_->follower.Stop();
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<rpc::Application>> MakeAggregation(const config::Settings& settings,
                                                                  rpc::Server& server,
                                                                  const telemetry::Logger& logger) {
  return AggregationModule::Create(settings, server, logger,
                                   std::make_unique<const time::SystemClock>());
}

}  // namespace outlay::aggregation
