// The gRPC shell of aggregation: parse, call the domain, answer.
#ifndef OUTLAY_SERVICES_AGGREGATION_AGGREGATION_SERVICE_H_
#define OUTLAY_SERVICES_AGGREGATION_AGGREGATION_SERVICE_H_

#include <chrono>
#include <memory>
#include <string_view>

#include "outlay/aggregation/v1/aggregation_service.grpc.pb.h"
#include "services/aggregation/aggregate.h"
#include "services/aggregation/feed_status.h"
#include "services/aggregation/sequence_waiters.h"
#include "services/aggregation/view.h"
#include "services/common/rpc/runtime.h"
#include "services/common/rpc/unary.h"
#include "services/common/time/clock.h"

namespace outlay::aggregation {

inline constexpr std::string_view kServiceName = "outlay.aggregation.v1.AggregationService";

class AggregationService final : public v1::AggregationService::CallbackService {
 public:
  // All references outlive the service. Without news from ingest for longer than `stale_after`, answers carry PARTIAL.
  AggregationService(rpc::Runtime& runtime, const View& view, const FeedStatus& feed,
                     SequenceWaiters& waiters, const time::Clock& clock,
                     std::chrono::milliseconds stale_after)
      : runtime_(runtime),
        view_(view),
        feed_(feed),
        waiters_(waiters),
        clock_(clock),
        stale_after_(stale_after) {}

  grpc::ServerUnaryReactor* Aggregate(grpc::CallbackServerContext* context,
                                      const v1::AggregateRequest* request,
                                      v1::AggregateResponse* response) override;
  grpc::ServerWriteReactor<v1::StreamAggregateResponse>* StreamAggregate(
      grpc::CallbackServerContext* context, const v1::StreamAggregateRequest* request) override;
  grpc::ServerWriteReactor<v1::WatchAggregateResponse>* WatchAggregate(
      grpc::CallbackServerContext* context, const v1::WatchAggregateRequest* request) override;
  grpc::ServerUnaryReactor* ExplainCell(grpc::CallbackServerContext* context,
                                        const v1::ExplainCellRequest* request,
                                        v1::ExplainCellResponse* response) override;
  grpc::ServerUnaryReactor* GetStatus(grpc::CallbackServerContext* context,
                                      const v1::GetStatusRequest* request,
                                      v1::GetStatusResponse* response) override;

 private:
  // One Aggregate call on its way through waiting and computing.
  struct Pending;

  void Begin(std::shared_ptr<Pending> pending);
  void AfterWait(const std::shared_ptr<Pending>& pending, WaitOutcome outcome);
  absl::Status Compute(const Pending& pending) const;
  absl::Status ComputeCatching(const Pending& pending) const;
  absl::Status CheckReady() const;
  void AddFeedWarnings(v1::AggregateResponse& response) const;
  absl::Status WriteStatus(v1::GetStatusResponse& response) const;

  rpc::Runtime& runtime_;
  const View& view_;
  const FeedStatus& feed_;
  SequenceWaiters& waiters_;
  const time::Clock& clock_;
  const std::chrono::milliseconds stale_after_;
};

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_AGGREGATION_SERVICE_H_
