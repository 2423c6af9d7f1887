// The real aggregation service over gRPC, following a fake ingest.
#ifndef OUTLAY_TESTS_AGGREGATION_RUNNING_AGGREGATION_H_
#define OUTLAY_TESTS_AGGREGATION_RUNNING_AGGREGATION_H_

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpcpp/create_channel.h"
#include "outlay/aggregation/v1/aggregation_service.grpc.pb.h"
#include "services/aggregation/aggregation_module.h"
#include "services/aggregation/settings.h"
#include "services/common/rpc/error_mapping.h"
#include "services/common/status/error.h"
#include "tests/aggregation/fake_ingest.h"

namespace outlay::aggregation {

class RunningAggregation {
 public:
  explicit RunningAggregation(const std::string& ingest_address,
                              std::map<std::string, std::string> settings = {}) {
    settings.merge(std::map<std::string, std::string>{{"listen-address", "127.0.0.1:0"},
                                                      {"ingest-address", ingest_address},
                                                      {"drain-ms", "0"},
                                                      {"resubscribe-max-backoff-ms", "20"}});
    auto clock = std::make_unique<time::FakeClock>(time::StartOfDay(time::Date{}));
    clock_ = clock.get();
    running_ = rpc::RunningServer::Start(
                   config::Settings::Make(AggregationSettings(), settings).value(),
                   [&clock](const config::Settings& values, rpc::Server& server,
                            const telemetry::Logger& logger)
                       -> absl::StatusOr<std::unique_ptr<rpc::Application>> {
                     return AggregationModule::Create(values, server, logger, std::move(clock));
                   },
                   telemetry::Logger())
                   .value();
    channel_ =
        grpc::CreateChannel(running_->server().address(), grpc::InsecureChannelCredentials());
    stub_ = v1::AggregationService::NewStub(channel_);
  }

  absl::StatusOr<v1::AggregateResponse> Aggregate(const v1::AggregateRequest& request,
                                                  int deadline_ms = 20'000) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(deadline_ms));
    v1::AggregateResponse response;
    const grpc::Status status = stub_->Aggregate(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpcStatus(status);
    return response;
  }

  v1::GetStatusResponse GetStatus() {
    grpc::ClientContext context;
    v1::GetStatusResponse response;
    const grpc::Status status = stub_->GetStatus(&context, {}, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  grpc::health::v1::HealthCheckResponse::ServingStatus Health() {
    grpc::ClientContext context;
    grpc::health::v1::HealthCheckRequest request;
    request.set_service("outlay.aggregation.v1.AggregationService");
    grpc::health::v1::HealthCheckResponse response;
    grpc::health::v1::Health::NewStub(channel_)->Check(&context, request, &response);
    return response.status();
  }

  // Waits for a condition on the status; the test's own time limit ends it.
  template <class Condition>
  void WaitUntil(Condition condition) {
    while (!condition(GetStatus())) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  void WaitUntilReadyAt(uint64_t sequence) {
    WaitUntil([sequence](const v1::GetStatusResponse& status) {
      return status.ready() && status.applied_sequence() == sequence;
    });
  }

  void Advance(std::chrono::microseconds by) { clock_->Advance(by); }
  absl::Status Stop() { return running_->Stop(); }
  std::string address() const { return running_->server().address(); }
  v1::AggregationService::Stub& stub() { return *stub_; }

 private:
  time::FakeClock* clock_ = nullptr;  // the module's
  std::unique_ptr<rpc::RunningServer> running_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::AggregationService::Stub> stub_;
};

// The paths of the wrong fields.
inline std::vector<std::string> FieldsOf(const absl::Status& error) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : GetErrorDetail(error).violations)
    fields.push_back(violation.field);
  return fields;
}

// One query about one organization and 2025.
inline v1::AggregateRequest AskAbout(const std::string& organization_id) {
  v1::AggregateRequest request;
  request.add_queries()->add_organization_ids(organization_id);
  request.mutable_queries(0)->add_periods()->set_label("2025");
  return request;
}

}  // namespace outlay::aggregation

#endif  // OUTLAY_TESTS_AGGREGATION_RUNNING_AGGREGATION_H_
