#include "services/common/rpc/server.h"

#include <string>

#include "gmock/gmock.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "gtest/gtest.h"
#include "services/common/config/server_settings.h"
#include "services/common/rpc/error_mapping.h"
#include "services/common/rpc/grpc_log.h"
#include "services/common/status/error.h"
#include "tests/common/rpc/test_server.h"

namespace outlay::rpc::testing {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using ::testing::HasSubstr;

// "SERVING", "NOT_SERVING", or the call's error code.
std::string HealthOf(TestServer& server, const std::string& name) {
  grpc::ClientContext context;
  HealthCheckRequest request;
  request.set_service(name);
  HealthCheckResponse response;
  const auto stub = Health::NewStub(server.channel());
  const grpc::Status status = stub->Check(&context, request, &response);
  if (!status.ok()) return "error " + std::to_string(status.error_code());
  return HealthCheckResponse::ServingStatus_Name(response.status());
}

TEST(Server, PortZeroLetsTheSystemChoose) {
  TestServer server;
  server.Start();
  EXPECT_GT(server.server().port(), 0);
  EXPECT_EQ(server.server().address(), "127.0.0.1:" + std::to_string(server.server().port()));
}

TEST(Server, SecondServerOnThePortFailsWithAClearMessage) {
  TestServer first;
  first.Start();
  ServerOptions options = QuickOptions();
  options.listen_address = first.target();
  Server second(options, telemetry::Logger());
  const absl::Status status = second.Start();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(GetErrorDetail(status).reason, "CANNOT_LISTEN");
  EXPECT_EQ(std::string(status.message()),
            "cannot listen on " + first.target() + ": Address already in use");
  EXPECT_TRUE(CallEcho(first.stub(), "x").status.ok());
}

TEST(Server, WhatGrpcSaysOfAPortThatIsTakenIsForDebugging) {
  TestServer first;
  first.Start();
  LogLines log;
  RouteGrpcLog(log.logger());
  ServerOptions options = QuickOptions();
  options.listen_address = first.target();
  EXPECT_FALSE(Server(options, telemetry::Logger()).Start().ok());
  RouteGrpcLog(telemetry::Logger());
  const std::vector<std::string> said = log.With("Address already in use");
  EXPECT_FALSE(said.empty());
  for (const std::string& line : said) EXPECT_THAT(line, HasSubstr("\"level\":\"debug\""));
}

TEST(Server, WrongAddressFailsWithAClearMessage) {
  ServerOptions options = QuickOptions();
  options.listen_address = "192.0.2.1:7401";
  EXPECT_EQ(std::string(Server(options, telemetry::Logger()).Start().message()),
            "cannot listen on 192.0.2.1:7401: Cannot assign requested address");
  options.listen_address = "127.0.0.1:http:x";
  EXPECT_THAT(std::string(Server(options, telemetry::Logger()).Start().message()),
              HasSubstr("cannot listen on 127.0.0.1:http:x: "));
}

TEST(Server, ServerThatDidNotStartStopsAtOnce) {
  Server server(QuickOptions(), telemetry::Logger());
  EXPECT_TRUE(server.Stop().ok());
  EXPECT_TRUE(server.Stop().ok());
}

TEST(Server, HealthOfAnUnknownServiceIsNotFound) {
  TestServer server;
  server.Start();
  EXPECT_EQ(HealthOf(server, "outlay.unknown"), "error 5");
}

TEST(Server, HealthFollowsTheServicesAndTheWholeServesWhileAllDo) {
  TestServer server;
  server.Start();
  const std::string name(kHealthName);
  EXPECT_EQ(HealthOf(server, name), "SERVING");
  EXPECT_EQ(HealthOf(server, ""), "SERVING");
  server.server().SetServing(kHealthName, false);
  EXPECT_EQ(HealthOf(server, name), "NOT_SERVING");
  EXPECT_EQ(HealthOf(server, ""), "NOT_SERVING");
  server.server().SetServing(kHealthName, true);
  EXPECT_EQ(HealthOf(server, name), "SERVING");
  EXPECT_EQ(HealthOf(server, ""), "SERVING");
}

TEST(Server, ServiceMayBeAddedNotServingYet) {
  TestServer server;
  server.server().SetServing(kHealthName, false);
  server.Start();
  EXPECT_EQ(HealthOf(server, std::string(kHealthName)), "NOT_SERVING");
}

TEST(Server, MessageBeyondTheLimitIsResourceExhausted) {
  ServerOptions options = QuickOptions();
  options.max_message_bytes = 64 * 1024;
  TestServer server(options);
  server.Start();
  EXPECT_TRUE(CallEcho(server.stub(), std::string(60 * 1024, 'x')).status.ok());
  EXPECT_EQ(CallEcho(server.stub(), std::string(70 * 1024, 'x')).status.error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(CallEcho(server.stub(), "x").status.ok());
}

TEST(ServerOptions, ComeFromTheCommonSettings) {
  const auto settings = config::Settings::Make(
      config::ServerSettings(7401),
      {{"listen-address", "0.0.0.0:7401"}, {"drain-ms", "5"}, {"max-concurrent-streams", "7"}});
  ASSERT_TRUE(settings.ok());
  const ServerOptions options = ServerOptionsFrom(*settings);
  EXPECT_EQ(options.listen_address, "0.0.0.0:7401");
  EXPECT_EQ(options.drain_ms, 5);
  EXPECT_EQ(options.runtime.max_concurrent_streams, 7);
  EXPECT_EQ(options.runtime.default_deadline_ms, 30'000);
}

}  // namespace
}  // namespace outlay::rpc::testing
