#include "services/common/rpc/forwarding.h"

#include <future>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/common/rpc/channel.h"
#include "services/common/rpc/error_mapping.h"
#include "services/common/rpc/errors.h"
#include "services/common/status/error.h"
#include "tests/common/rpc/test_server.h"

namespace outlay::rpc::testing {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::Le;

constexpr char kService[] = "outlay.rpc.testing.EchoService/";

// A server with a forwarder alone, in front of a backend with the service.
class ForwardingTest : public ::testing::Test {
 protected:
  void Start(ServerOptions options = QuickOptions()) {
    backend_.Start();
    gateway_ = std::make_unique<Server>(options, log_.logger());
    std::vector<Route> routes;
    for (const char* const method : {"Echo", "Expand", "Subscribe", "Chat"}) {
      routes.push_back({kService + std::string(method), "echo", backend_.channel()});
    }
    auto forwarder = Forwarder::Make(gateway_->runtime(), std::move(routes));
    ASSERT_TRUE(forwarder.ok()) << forwarder.status();
    forwarder_ = *std::move(forwarder);
    gateway_->SetGenericService(*forwarder_);
    ASSERT_TRUE(gateway_->Start().ok());
    const auto channel = MakeChannel({.target = gateway_->address()});
    ASSERT_TRUE(channel.ok());
    stub_ = EchoService::NewStub(*channel);
  }

  void TearDown() override {
    if (gateway_ == nullptr) return;
    EXPECT_TRUE(gateway_->Stop().ok());
  }

  TestServer backend_;
  LogLines log_;
  std::unique_ptr<Server> gateway_;
  std::unique_ptr<Forwarder> forwarder_;
  std::unique_ptr<EchoService::Stub> stub_;
};

TEST_F(ForwardingTest, UnaryCallGoesThrough) {
  Start();
  const Reply reply = CallEcho(*stub_, "hello");
  EXPECT_TRUE(reply.status.ok()) << reply.status.error_message();
  EXPECT_EQ(reply.text, "hello");
}

TEST_F(ForwardingTest, LargeMessageGoesThrough) {
  Start();
  const std::string large(3 * 1024 * 1024, 'x');
  EXPECT_EQ(CallEcho(*stub_, large).text, large);
}

TEST_F(ForwardingTest, ErrorComesBackWithItsDetails) {
  const absl::Status error = MakeError(absl::StatusCode::kOutOfRange, "no rate near 1900-01-01",
                                       {.reason = "NO_RATE",
                                        .metadata = {{"pair", "USD/KRW"}},
                                        .violations = {{"date", "is before 1999-01-04"}},
                                        .retry_after_ms = 5});
  backend_.service().handler = [&](const CallContext&, const EchoRequest&, EchoResponse&) {
    return error;
  };
  Start();
  const grpc::Status status = CallEcho(*stub_, "x").status;
  EXPECT_EQ(status.error_details(), ToGrpcStatus(error).error_details());
  EXPECT_EQ(FromGrpcStatus(status).message(), error.message());
  EXPECT_EQ(GetErrorDetail(FromGrpcStatus(status)), GetErrorDetail(error));
  EXPECT_EQ(log_.With("NO_RATE").size(), 1u);
}

TEST_F(ForwardingTest, ServerStreamGoesThrough) {
  Start();
  grpc::ClientContext context;
  const auto reader = stub_->Expand(&context, Request("m", 100));
  EchoResponse response;
  int next = 0;
  while (reader->Read(&response)) EXPECT_EQ(response.text(), "m" + std::to_string(next++));
  EXPECT_EQ(next, 100);
  EXPECT_TRUE(reader->Finish().ok());
}

TEST_F(ForwardingTest, ErrorInAServerStreamComesAfterItsMessages) {
  backend_.service().on_expand = [](int index) {
    return index == 2 ? InvalidField("BAD_PAGE", "page", "is bad") : absl::OkStatus();
  };
  Start();
  grpc::ClientContext context;
  const auto reader = stub_->Expand(&context, Request("m", 4));
  EchoResponse response;
  int received = 0;
  while (reader->Read(&response)) ++received;
  EXPECT_EQ(received, 2);
  EXPECT_EQ(GetErrorDetail(FromGrpcStatus(reader->Finish())).reason, "BAD_PAGE");
}

TEST_F(ForwardingTest, BidiStreamGoesThroughMessageByMessage) {
  Start();
  grpc::ClientContext context;
  const auto chat = stub_->Chat(&context);
  EchoResponse response;
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(chat->Write(Request(std::to_string(i))));
    ASSERT_TRUE(chat->Read(&response));
    EXPECT_EQ(response.text(), std::to_string(i));
  }
  chat->WritesDone();
  EXPECT_FALSE(chat->Read(&response));
  EXPECT_TRUE(chat->Finish().ok());
}

TEST_F(ForwardingTest, BackendThatEndsAStreamEarlyEndsItForTheCaller) {
  backend_.service().chat = [](const std::string&) -> absl::StatusOr<std::string> {
    return InvalidField("BAD_TEXT", "text", "is bad");
  };
  Start();
  grpc::ClientContext context;
  const auto chat = stub_->Chat(&context);
  chat->Write(Request("a"));
  EchoResponse response;
  // The caller has not half-closed.
  EXPECT_FALSE(chat->Read(&response));
  EXPECT_EQ(GetErrorDetail(FromGrpcStatus(chat->Finish())).reason, "BAD_TEXT");
}

TEST_F(ForwardingTest, MetadataOfTheListAndTheDeadlineReachTheBackend) {
  std::map<std::string, std::optional<std::string>> seen;
  int64_t remaining_ms = 0;
  backend_.service().handler = [&](const CallContext& call, const EchoRequest&, EchoResponse&) {
    for (const char* const key : {"traceparent", "x-request-id", "authorization", "x-other"}) {
      seen[key] = call.Metadata(key);
    }
    remaining_ms = call.RemainingMs();
    return absl::OkStatus();
  };
  Start();
  grpc::ClientContext context;
  context.set_deadline(Clock::now() + std::chrono::seconds(20));
  context.AddMetadata("traceparent", "00-1-2-01");
  context.AddMetadata("x-request-id", "r-1");
  context.AddMetadata("authorization", "Bearer t");
  context.AddMetadata("x-other", "stays");
  ASSERT_TRUE(CallEcho(*stub_, context, "x").status.ok());
  EXPECT_EQ(seen["traceparent"], "00-1-2-01");
  EXPECT_EQ(seen["x-request-id"], "r-1");
  EXPECT_EQ(seen["authorization"], "Bearer t");
  EXPECT_EQ(seen["x-other"], std::nullopt);
  EXPECT_THAT(remaining_ms, AllOf(Ge(1), Le(21'000)));
}

TEST_F(ForwardingTest, TrailingMetadataComesBack) {
  backend_.service().handler = [](const CallContext& call, const EchoRequest&, EchoResponse&) {
    call.AddTrailingMetadata("x-sequence", "12");
    return absl::OkStatus();
  };
  Start();
  grpc::ClientContext context;
  ASSERT_TRUE(CallEcho(*stub_, context, "x").status.ok());
  EXPECT_EQ(context.GetServerTrailingMetadata().find("x-sequence")->second, "12");
  EXPECT_EQ(context.GetServerTrailingMetadata().count("grpc-status-details-bin"), 0u);
}

TEST_F(ForwardingTest, MissingDeadlineOfAUnaryCallGetsTheDefault) {
  ServerOptions options = QuickOptions();
  options.runtime.default_deadline_ms = 15'000;
  int64_t remaining_ms = 0;
  backend_.service().handler = [&](const CallContext& call, const EchoRequest&, EchoResponse&) {
    remaining_ms = call.RemainingMs();
    return absl::OkStatus();
  };
  Start(options);
  ASSERT_TRUE(CallEcho(*stub_, "x").status.ok());
  EXPECT_THAT(remaining_ms, AllOf(Ge(1), Le(16'000)));
}

TEST_F(ForwardingTest, CallerThatCancelsCancelsTheBackendsCall) {
  std::promise<void> entered;
  std::promise<void> cancelled;
  backend_.service().handler = [&](const CallContext& call, const EchoRequest&, EchoResponse&) {
    entered.set_value();
    while (!call.ClientGone()) std::this_thread::yield();
    cancelled.set_value();
    return call.CheckLive();
  };
  Start();
  grpc::ClientContext context;
  auto call = std::async(std::launch::async, [&] { return CallEcho(*stub_, context, "x"); });
  entered.get_future().wait();
  context.TryCancel();
  cancelled.get_future().wait();
  EXPECT_EQ(call.get().status.error_code(), grpc::StatusCode::CANCELLED);
  // Its handler uses the promises and may outlive the caller's call.
  EXPECT_TRUE(backend_.server().Stop().ok());
}

TEST_F(ForwardingTest, CallerThatCancelsAStreamCancelsTheBackends) {
  std::promise<std::shared_ptr<Subscription>> subscribed;
  backend_.service().on_subscribe = [&](std::shared_ptr<Subscription> stream) {
    subscribed.set_value(std::move(stream));
  };
  Start();
  grpc::ClientContext context;
  const auto reader = stub_->Subscribe(&context, Request(""));
  const std::shared_ptr<Subscription> stream = subscribed.get_future().get();
  stream->Send("a");
  EchoResponse response;
  ASSERT_TRUE(reader->Read(&response));
  context.TryCancel();
  stream->closed.get_future().wait();
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(ForwardingTest, SlowCallerHoldsTheBackendBack) {
  std::promise<std::shared_ptr<Subscription>> subscribed;
  backend_.service().on_subscribe = [&](std::shared_ptr<Subscription> stream) {
    subscribed.set_value(std::move(stream));
  };
  Start();
  grpc::ClientContext context;
  const auto reader = stub_->Subscribe(&context, Request(""));
  const std::shared_ptr<Subscription> stream = subscribed.get_future().get();
  // 128 MiB cannot all be on the way: windows and sockets hold a few.
  const std::string large(1024 * 1024, 'x');
  for (int i = 0; i < 128; ++i) ASSERT_TRUE(stream->Send(large));
  stream->End(absl::OkStatus());
  EXPECT_EQ(backend_.server().runtime().streams().size(), 1u);
  EchoResponse response;
  int received = 0;
  while (reader->Read(&response)) ++received;
  EXPECT_EQ(received, 128);
  EXPECT_TRUE(reader->Finish().ok());
}

TEST_F(ForwardingTest, DrainOfTheGatewayEndsStreamsWithUnavailable) {
  Start();
  grpc::ClientContext context;
  const auto chat = stub_->Chat(&context);
  EchoResponse response;
  chat->Write(Request("a"));
  ASSERT_TRUE(chat->Read(&response));
  auto stop = std::async(std::launch::async, [&] { return gateway_->Stop(); });
  EXPECT_FALSE(chat->Read(&response));
  EXPECT_EQ(GetErrorDetail(FromGrpcStatus(chat->Finish())).reason, "DRAINING");
  EXPECT_TRUE(stop.get().ok());
}

TEST_F(ForwardingTest, BackendThatIsNotThereIsNamed) {
  Start();
  ASSERT_TRUE(backend_.server().Stop().ok());
  const absl::Status status = FromGrpcStatus(CallEcho(*stub_, "x").status);
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(GetErrorDetail(status).reason, "BACKEND_UNAVAILABLE");
  EXPECT_EQ(GetErrorDetail(status).metadata["service"], "echo");
}

TEST_F(ForwardingTest, MethodWithoutARouteIsUnimplemented) {
  Start();
  grpc::ClientContext context;
  EchoResponse response;
  const grpc::Status status = stub_->EchoInline(&context, Request("x"), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(status.error_message(),
            "the server has no method \"outlay.rpc.testing.EchoService/EchoInline\"");
  EXPECT_EQ(GetErrorDetail(FromGrpcStatus(status)).reason, "UNKNOWN_METHOD");
}

TEST_F(ForwardingTest, UnaryCallsCountAtTheGate) {
  ServerOptions options = QuickOptions();
  options.runtime.max_concurrent_calls = 1;
  std::promise<void> entered;
  std::promise<void> release;
  backend_.service().handler = [&](const CallContext&, const EchoRequest&, EchoResponse&) {
    entered.set_value();
    release.get_future().wait();
    return absl::OkStatus();
  };
  Start(options);
  auto first = std::async(std::launch::async, [&] { return CallEcho(*stub_, "1"); });
  entered.get_future().wait();
  const grpc::Status second = CallEcho(*stub_, "2").status;
  release.set_value();
  EXPECT_EQ(GetErrorDetail(FromGrpcStatus(second)).reason, "TOO_MANY_CALLS");
  EXPECT_TRUE(first.get().status.ok());
}

TEST(Forwarder, RouteOfNoLinkedProtoIsRefused) {
  Server server(QuickOptions(), telemetry::Logger());
  for (const std::string method :
       {"outlay.Nope/Get", "Echo", "outlay.rpc.testing.EchoService.Echo"}) {
    const auto forwarder = Forwarder::Make(server.runtime(), {{method, "x", nullptr}});
    EXPECT_EQ(GetErrorDetail(forwarder.status()).reason, "BAD_ROUTE") << method;
  }
}

TEST(Forwarder, RouteListedTwiceIsRefused) {
  Server server(QuickOptions(), telemetry::Logger());
  const Route route{"outlay.rpc.testing.EchoService/Echo", "x", nullptr};
  EXPECT_EQ(GetErrorDetail(Forwarder::Make(server.runtime(), {route, route}).status()).reason,
            "BAD_ROUTE");
}

}  // namespace
}  // namespace outlay::rpc::testing
