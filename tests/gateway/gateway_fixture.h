// The real gateway in the test's process, in front of faked services, called over a socket.
#ifndef OUTLAY_TESTS_GATEWAY_GATEWAY_FIXTURE_H_
#define OUTLAY_TESTS_GATEWAY_GATEWAY_FIXTURE_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "grpcpp/channel.h"
#include "gtest/gtest.h"
#include "outlay/gateway/v1/gateway_service.grpc.pb.h"
#include "services/common/rpc/run_server.h"
#include "services/common/status/error.h"
#include "tests/gateway/fake_backends.h"

namespace outlay::gateway::testing {

// What a failed call said.
struct Failure {
  absl::StatusCode code = absl::StatusCode::kOk;
  std::string message;
  ErrorDetail detail;

  // The violations' field paths, in order.
  std::vector<std::string> fields() const;
};
Failure FailureOf(const grpc::Status& status);

// The gateway starts with the first call; before it, settings can be set and services stopped.
class GatewayTest : public ::testing::Test {
 protected:
  // Before the first call.
  void Set(const std::string& setting, const std::string& value) { settings_[setting] = value; }

  // A channel to the gateway.
  std::shared_ptr<grpc::Channel> channel();
  v1::GatewayService::Stub& gateway();

  grpc::Status GetReport(const v1::GetReportRequest& request, v1::GetReportResponse& response);
  // The answer; the test fails where there is none.
  v1::GetReportResponse Answer(const v1::GetReportRequest& request);
  v1::Report Report(const v1::GetReportRequest& request) { return Answer(request).report(); }
  // The error; the test fails where there is none.
  Failure ReportFailure(const v1::GetReportRequest& request);

  FakeIngest ingest_;
  FakeFx fx_;
  FakeAggregation aggregation_;
  FakeServer ingest_server_{ingest_};
  FakeServer fx_server_{fx_};
  FakeServer aggregation_server_{aggregation_};

 private:
  void Start();

  std::map<std::string, std::string> settings_;
  std::unique_ptr<rpc::RunningServer> gateway_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::GatewayService::Stub> stub_;
};

}  // namespace outlay::gateway::testing

#endif  // OUTLAY_TESTS_GATEWAY_GATEWAY_FIXTURE_H_
