// `outlay report` and what its exit code says.
#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include "fmt/format.h"
#include "gateway/cli/cli.h"
#include "outlay/gateway/v1/gateway_service.grpc.pb.h"
#include "tests/gateway/cli/test_session.h"

namespace outlay::cli {
namespace {

class FakeGateway final : public gateway::v1::GatewayService::Service {
 public:
  grpc::Status GetReport(grpc::ServerContext*, const gateway::v1::GetReportRequest*,
                         gateway::v1::GetReportResponse* response) override {
    *response->mutable_report() = report;
    return grpc::Status::OK;
  }

  gateway::v1::Report report;
};

class ReportCommandTest : public testing::Test {
 protected:
  ReportCommandTest() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(&gateway_);
    server_ = builder.BuildAndStart();
    gateway_.report.add_rows()->set_organization_id("amazon");
  }

  int Report(const std::string& format) {
    TestSession test;
    const int code = RunCli({"report", "--organization", "amazon", "--year", "2025", "--format",
                             format, "--gateway", fmt::format("127.0.0.1:{}", port_)},
                            {}, test.session);
    EXPECT_THAT(test.out.str(), testing::HasSubstr("amazon")) << test.err.str();
    return code;
  }

  FakeGateway gateway_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

TEST_F(ReportCommandTest, APartialReportIsPrintedAndEndsWith3WhateverTheFormat) {
  for (const std::string format : {"table", "json", "csv", "markdown"}) {
    gateway_.report.clear_missing();
    EXPECT_EQ(Report(format), kSuccess) << format;
    gateway_.report.add_missing()->set_service("fx");
    EXPECT_EQ(Report(format), kPartial) << format;
  }
}

TEST_F(ReportCommandTest, TheHelpSaysWhatTheExitCodesMean) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"report", "--help"}, {"--help"}}) {
    TestSession test;
    EXPECT_EQ(RunCli(arguments, {}, test.session), kSuccess);
    EXPECT_THAT(test.out.str(),
                testing::AllOf(testing::HasSubstr("Exit codes: 0"), testing::HasSubstr("PARTIAL")));
  }
}

}  // namespace
}  // namespace outlay::cli
