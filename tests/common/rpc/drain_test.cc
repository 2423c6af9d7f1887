#include <chrono>
#include <future>
#include <string>
#include <thread>

#include "gmock/gmock.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "gtest/gtest.h"
#include "services/common/rpc/error_mapping.h"
#include "services/common/rpc/server.h"
#include "services/common/status/error.h"
#include "tests/common/rpc/test_server.h"

namespace outlay::rpc::testing {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

TEST(Drain, OpenUnaryCallIsFinished) {
  TestServer server;
  std::promise<void> entered;
  std::promise<void> release;
  server.service().handler = [&](const CallContext&, const EchoRequest&, EchoResponse& response) {
    entered.set_value();
    release.get_future().wait();
    response.set_text("finished");
    return absl::OkStatus();
  };
  server.Start();
  auto call = std::async(std::launch::async, [&] { return CallEcho(server.stub(), "x"); });
  entered.get_future().wait();
  auto stop = std::async(std::launch::async, [&] { return server.server().Stop(); });
  while (server.log().With("draining").empty()) std::this_thread::yield();
  release.set_value();
  const Reply reply = call.get();
  EXPECT_TRUE(reply.status.ok()) << reply.status.error_message();
  EXPECT_EQ(reply.text, "finished");
  EXPECT_TRUE(stop.get().ok());
}

TEST(Drain, OpenStreamGetsWhatWasQueuedThenItsPositionAndUnavailable) {
  TestServer server;
  std::promise<std::shared_ptr<Subscription>> subscribed;
  server.service().on_subscribe = [&](std::shared_ptr<Subscription> stream) {
    subscribed.set_value(std::move(stream));
  };
  server.Start();
  grpc::ClientContext context;
  const auto reader = server.stub().Subscribe(&context, Request(""));
  const std::shared_ptr<Subscription> stream = subscribed.get_future().get();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(stream->Send("x"));
  auto stop = std::async(std::launch::async, [&] { return server.server().Stop(); });
  EchoResponse response;
  int received = 0;
  while (reader->Read(&response)) ++received;
  EXPECT_EQ(received, 3);
  const absl::Status status = FromGrpcStatus(reader->Finish());
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(
      GetErrorDetail(status),
      (ErrorDetail{.reason = "DRAINING", .metadata = {{"sequence", "3"}}, .retry_after_ms = 100}));
  EXPECT_TRUE(stop.get().ok());
  EXPECT_FALSE(stream->Send("late"));
}

TEST(Drain, OpenBidiStreamEndsWithUnavailable) {
  TestServer server;
  server.Start();
  grpc::ClientContext context;
  const auto chat = server.stub().Chat(&context);
  EchoResponse response;
  chat->Write(Request("a"));
  ASSERT_TRUE(chat->Read(&response));
  auto stop = std::async(std::launch::async, [&] { return server.server().Stop(); });
  EXPECT_FALSE(chat->Read(&response));
  EXPECT_EQ(GetErrorDetail(FromGrpcStatus(chat->Finish())).reason, "DRAINING");
  EXPECT_TRUE(stop.get().ok());
}

TEST(Drain, HealthGoesOffFirstWhileCallsAreStillTaken) {
  ServerOptions options = QuickOptions();
  options.drain_ms = 60'000;
  // The wait is long so that the test never races it; the process ends before it is over.
  auto* const server = new TestServer(options);
  server->Start();
  std::thread([server] { (void)server->server().Stop(); }).detach();
  const auto stub = Health::NewStub(server->channel());
  HealthCheckResponse response;
  do {
    grpc::ClientContext context;
    ASSERT_TRUE(stub->Check(&context, HealthCheckRequest(), &response).ok());
  } while (response.status() != HealthCheckResponse::NOT_SERVING);
  EXPECT_TRUE(CallEcho(server->stub(), "x").status.ok());
  server->server().SetServing(kHealthName, true);
  grpc::ClientContext context;
  ASSERT_TRUE(stub->Check(&context, HealthCheckRequest(), &response).ok());
  EXPECT_EQ(response.status(), HealthCheckResponse::NOT_SERVING) << "nothing turns it on again";
}

TEST(Drain, ClientThatWatchesHealthHearsItAndDoesNotHoldTheServer) {
  TestServer server;
  server.Start();
  grpc::ClientContext context;
  HealthCheckRequest request;
  const auto watch = Health::NewStub(server.channel())->Watch(&context, request);
  HealthCheckResponse response;
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);
  const auto begin = std::chrono::steady_clock::now();
  auto stop = std::async(std::launch::async, [&] { return server.server().Stop(); });
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::NOT_SERVING);
  EXPECT_TRUE(stop.get().ok());
  // The limit is 20 s: without the cancellation of gRPC's own streams the drain would take that.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

TEST(Drain, CallsLeftAtTheTimeoutAreCancelledAndTheServerStops) {
  ServerOptions options = QuickOptions();
  options.drain_timeout_ms = 100;
  TestServer server(options);
  std::promise<void> entered;
  server.service().handler = [&](const CallContext& call, const EchoRequest&, EchoResponse&) {
    entered.set_value();
    while (!call.cancelled()) std::this_thread::yield();
    return call.CheckLive();
  };
  server.Start();
  auto call = std::async(std::launch::async, [&] { return CallEcho(server.stub(), "x"); });
  entered.get_future().wait();
  EXPECT_TRUE(server.server().Stop().ok());
  EXPECT_FALSE(call.get().status.ok());
  EXPECT_EQ(server.log().With("after cancelling the calls left").size(), 1u);
}

TEST(Drain, HandlerThatNeverReturnsIsReportedAndTheWaitIsBounded) {
  ServerOptions options = QuickOptions();
  options.drain_timeout_ms = 100;
  // Left to the handler that outlives the test.
  auto* const server = new TestServer(options);
  auto* const entered = new std::promise<void>;
  server->service().handler = [entered](const CallContext&, const EchoRequest&, EchoResponse&) {
    entered->set_value();
    while (true) std::this_thread::sleep_for(std::chrono::hours(1));
    return absl::OkStatus();
  };
  server->Start();
  std::thread([server] { (void)CallEcho(server->stub(), "x"); }).detach();
  entered->get_future().wait();
  const absl::Status status = server->server().Stop();
  EXPECT_EQ(GetErrorDetail(status).reason, "DRAIN_TIMED_OUT");
  EXPECT_EQ(server->server().Stop(), status) << "a second Stop returns the same";
}

TEST(Drain, ThePortIsFreeAfterwards) {
  TestServer first;
  first.Start();
  const std::string address = first.target();
  ASSERT_TRUE(first.server().Stop().ok());
  ServerOptions options = QuickOptions();
  options.listen_address = address;
  TestServer second(options);
  second.Start();
  EXPECT_TRUE(CallEcho(second.stub(), "x").status.ok());
}

TEST(Drain, CallsAfterwardsAreUnavailable) {
  TestServer server;
  server.Start();
  ASSERT_TRUE(server.server().Stop().ok());
  EXPECT_EQ(CallEcho(server.stub(), "x").status.error_code(), grpc::StatusCode::UNAVAILABLE);
}

}  // namespace
}  // namespace outlay::rpc::testing
