#include "services/common/rpc/channel.h"

#include <atomic>

#include "gmock/gmock.h"
#include "grpcpp/support/validate_service_config.h"
#include "gtest/gtest.h"
#include "services/common/status/error.h"
#include "tests/common/rpc/test_server.h"

namespace outlay::rpc::testing {
namespace {

constexpr char kEcho[] = "outlay.rpc.testing.EchoService/Echo";

TEST(ServiceConfig, HasRoundRobinAndRetriesOnlyForTheNamedMethods) {
  const std::string json = ServiceConfigJson({.target = "x:1", .idempotent_methods = {kEcho}});
  EXPECT_EQ(json, R"({"loadBalancingConfig":[{"round_robin":{}}],"methodConfig":[{"name":[)"
                  R"({"method":"Echo","service":"outlay.rpc.testing.EchoService"}],"retryPolicy":{)"
                  R"("backoffMultiplier":2,"initialBackoff":"0.050s","maxAttempts":4,)"
                  R"("maxBackoff":"1.000s","retryableStatusCodes":["UNAVAILABLE"]}}]})");
  EXPECT_EQ(grpc::experimental::ValidateServiceConfigJSON(json), "");
}

TEST(ServiceConfig, WithoutIdempotentMethodsNothingIsRetried) {
  EXPECT_EQ(ServiceConfigJson({.target = "x:1"}),
            R"({"loadBalancingConfig":[{"round_robin":{}}]})");
}

TEST(MakeChannel, EmptyTargetIsRefused) {
  const auto channel = MakeChannel({});
  EXPECT_EQ(GetErrorDetail(channel.status()).reason, "BAD_TARGET");
  EXPECT_EQ(channel.status().message(), "target: \"\" is empty: give host:port");
}

TEST(MakeChannel, MethodNameOfAnotherFormIsRefused) {
  for (const std::string name : {"Echo", "/pkg.S/M", "pkg.S/", "pkg.S/M/N"}) {
    const auto channel = MakeChannel({.target = "x:1", .idempotent_methods = {name}});
    EXPECT_EQ(GetErrorDetail(channel.status()).reason, "BAD_METHOD_NAME") << name;
  }
}

TEST(MakeChannel, RetryPolicyOutOfRangeIsRefused) {
  const auto channel =
      MakeChannel({.target = "x:1", .idempotent_methods = {kEcho}, .max_attempts = 1});
  EXPECT_EQ(GetErrorDetail(channel.status()).reason, "BAD_TARGET");
}

TEST(MakeChannel, IdempotentCallIsRetriedOnUnavailableOnly) {
  TestServer server;
  std::atomic<int> attempts{0};
  server.service().handler = [&](const CallContext&, const EchoRequest& request, EchoResponse&) {
    ++attempts;
    if (request.text() == "unavailable" && attempts < 3) return absl::UnavailableError("not now");
    if (request.text() == "aborted") return absl::AbortedError("no");
    return absl::OkStatus();
  };
  server.Start();
  const auto channel = MakeChannel(
      {.target = server.target(), .idempotent_methods = {kEcho}, .initial_backoff_ms = 1});
  ASSERT_TRUE(channel.ok()) << channel.status();
  const auto stub = EchoService::NewStub(*channel);
  EXPECT_TRUE(CallEcho(*stub, "unavailable").status.ok());
  EXPECT_EQ(attempts, 3);
  attempts = 0;
  EXPECT_EQ(CallEcho(*stub, "aborted").status.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(attempts, 1);
}

TEST(MakeChannel, OtherCallIsNotRetried) {
  TestServer server;
  std::atomic<int> attempts{0};
  server.service().handler = [&](const CallContext&, const EchoRequest&, EchoResponse&) {
    ++attempts;
    return absl::UnavailableError("not now");
  };
  server.Start();
  const auto channel = MakeChannel({.target = server.target()});
  ASSERT_TRUE(channel.ok());
  EXPECT_EQ(CallEcho(*EchoService::NewStub(*channel), "x").status.error_code(),
            grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(attempts, 1);
}

}  // namespace
}  // namespace outlay::rpc::testing
