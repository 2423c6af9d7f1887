#include "services/common/rpc/unary.h"

#include <chrono>
#include <future>
#include <new>
#include <stdexcept>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "services/common/rpc/error_mapping.h"
#include "services/common/rpc/errors.h"
#include "services/common/status/error.h"
#include "tests/common/rpc/test_server.h"

namespace outlay::rpc::testing {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;

std::string ReasonOf(const grpc::Status& status) {
  return GetErrorDetail(FromGrpcStatus(status)).reason;
}

// Lets handlers wait until the test says go. Declared before the server, whose handlers may still
// be leaving it when the client already has its answer.
class Latch {
 public:
  void Wait() { future_.wait(); }
  void Open() { promise_.set_value(); }

 private:
  std::promise<void> promise_;
  std::shared_future<void> future_ = promise_.get_future().share();
};

TEST(Unary, WorkerInlineAndAsyncHandlersAnswer) {
  TestServer server;
  server.Start();
  EXPECT_EQ(CallEcho(server.stub(), "a").text, "a");
  grpc::ClientContext inline_context;
  EchoResponse response;
  EXPECT_TRUE(server.stub().EchoInline(&inline_context, Request("b"), &response).ok());
  EXPECT_EQ(response.text(), "b");
  grpc::ClientContext async_context;
  EXPECT_TRUE(server.stub().EchoAsync(&async_context, Request("c"), &response).ok());
}

TEST(Unary, AsyncHandlerIsFinishedFromAnotherThread) {
  TestServer server;
  std::thread thread;
  server.service().async_handler = [&](const CallContext&, const FinishCall& finish) {
    thread = std::thread([finish] { finish(absl::AbortedError("from elsewhere")); });
  };
  server.Start();
  grpc::ClientContext context;
  EchoResponse response;
  EXPECT_EQ(server.stub().EchoAsync(&context, Request(""), &response).error_message(),
            "from elsewhere");
  thread.join();
}

TEST(Unary, CallsBeyondTheLimitAreRefusedWithRetryAdvice) {
  ServerOptions options = QuickOptions();
  options.runtime.max_concurrent_calls = 1;
  Latch entered;
  Latch release;
  TestServer server(options);
  server.service().handler = [&](const CallContext&, const EchoRequest&, EchoResponse&) {
    entered.Open();
    release.Wait();
    return absl::OkStatus();
  };
  server.Start();
  auto first = std::async(std::launch::async, [&] { return CallEcho(server.stub(), "1"); });
  entered.Wait();
  const Reply second = CallEcho(server.stub(), "2");
  release.Open();
  EXPECT_TRUE(first.get().status.ok());
  EXPECT_EQ(second.status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(GetErrorDetail(FromGrpcStatus(second.status)),
            (ErrorDetail{
                .reason = "TOO_MANY_CALLS", .metadata = {{"limit", "1"}}, .retry_after_ms = 100}));
}

TEST(Unary, ACallThatEndedMakesRoomForTheNext) {
  ServerOptions options = QuickOptions();
  options.runtime.max_concurrent_calls = 1;
  TestServer server(options);
  server.Start();
  for (int i = 0; i < 20; ++i) {
    // The place is free only once gRPC is done with the call, a moment after the client has the
    // answer.
    while (server.server().runtime().gate().in_flight() != 0) std::this_thread::yield();
    EXPECT_TRUE(CallEcho(server.stub(), "x").status.ok());
  }
}

TEST(Unary, FullQueueOfTheWorkersIsRefused) {
  ServerOptions options = QuickOptions();
  options.runtime.worker_threads = 1;
  options.runtime.worker_queue_limit = 1;
  Latch entered;
  Latch release;
  TestServer server(options);
  server.Start();
  Executor& executor = server.server().runtime().executor();
  ASSERT_TRUE(executor.TrySubmit([&] {
    entered.Open();
    release.Wait();
  }));
  entered.Wait();
  ASSERT_TRUE(executor.TrySubmit([] {}));
  EXPECT_EQ(ReasonOf(CallEcho(server.stub(), "x").status), "WORKERS_BUSY");
  release.Open();
}

TEST(Unary, MissingDeadlineGetsTheDefault) {
  ServerOptions options = QuickOptions();
  options.runtime.default_deadline_ms = 20'000;
  TestServer server(options);
  int64_t remaining_ms = 0;
  server.service().handler = [&](const CallContext& call, const EchoRequest&, EchoResponse&) {
    remaining_ms = call.RemainingMs();
    return absl::OkStatus();
  };
  server.Start();
  ASSERT_TRUE(CallEcho(server.stub(), "x").status.ok());
  EXPECT_THAT(remaining_ms, AllOf(Ge(1), Le(20'000)));
}

TEST(Unary, LongDeadlineIsCapped) {
  ServerOptions options = QuickOptions();
  options.runtime.max_deadline_ms = 40'000;
  TestServer server(options);
  int64_t remaining_ms = 0;
  server.service().handler = [&](const CallContext& call, const EchoRequest&, EchoResponse&) {
    remaining_ms = call.RemainingMs();
    return absl::OkStatus();
  };
  server.Start();
  grpc::ClientContext context;
  context.set_deadline(Clock::now() + std::chrono::hours(10));
  ASSERT_TRUE(CallEcho(server.stub(), context, "x").status.ok());
  EXPECT_THAT(remaining_ms, AllOf(Ge(20'000), Le(40'000)));
}

TEST(Unary, ShorterDeadlineOfTheClientHolds) {
  TestServer server;
  int64_t remaining_ms = 0;
  server.service().handler = [&](const CallContext& call, const EchoRequest&, EchoResponse&) {
    remaining_ms = call.RemainingMs();
    return absl::OkStatus();
  };
  server.Start();
  grpc::ClientContext context;
  context.set_deadline(Clock::now() + std::chrono::seconds(25));
  ASSERT_TRUE(CallEcho(server.stub(), context, "x").status.ok());
  // gRPC rounds a timeout up on the wire.
  EXPECT_THAT(remaining_ms, AllOf(Ge(1), Le(26'000)));
}

TEST(Unary, HandlerIsNotRunAfterItsDeadline) {
  ServerOptions options = QuickOptions();
  options.runtime.worker_threads = 1;
  options.runtime.default_deadline_ms = 1;
  bool ran = false;
  Latch release;
  TestServer server(options);
  server.service().handler = [&](const CallContext&, const EchoRequest&, EchoResponse&) {
    ran = true;
    return absl::OkStatus();
  };
  server.Start();
  ASSERT_TRUE(server.server().runtime().executor().TrySubmit([&] { release.Wait(); }));
  auto call = std::async(std::launch::async, [&] { return CallEcho(server.stub(), "x"); });
  while (server.server().runtime().gate().in_flight() == 0) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  release.Open();
  const Reply reply = call.get();
  EXPECT_EQ(reply.status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_EQ(ReasonOf(reply.status), "DEADLINE_EXCEEDED");
  EXPECT_FALSE(ran);
}

TEST(Unary, AnAnsweredCallMakesRoomThoughGrpcIsNotDoneWithIt) {
  CallGate gate(2);
  ASSERT_TRUE(gate.Enter().ok());
  ASSERT_TRUE(gate.Enter().ok());
  EXPECT_EQ(GetErrorDetail(gate.Enter()).reason, "TOO_MANY_CALLS");
  gate.Answered();
  EXPECT_TRUE(gate.Enter().ok());
  EXPECT_EQ(gate.in_flight(), 3);
  EXPECT_EQ(GetErrorDetail(gate.Enter()).reason, "TOO_MANY_CALLS");
  gate.Leave();
  EXPECT_EQ(gate.in_flight(), 2);
}

TEST(Unary, CallsWhoseAnswersNobodyTakesAreBoundedToo) {
  CallGate gate(2);
  for (int answered = 0; answered < 8; ++answered) {
    ASSERT_TRUE(gate.Enter().ok());
    gate.Answered();
  }
  EXPECT_EQ(GetErrorDetail(gate.Enter()).reason, "TOO_MANY_CALLS");
  gate.Leave();
  EXPECT_TRUE(gate.Enter().ok());
}

TEST(Unary, HandlerSeesTheClientCancel) {
  Latch entered;
  std::promise<absl::Status> seen;
  TestServer server;
  server.service().handler = [&](const CallContext& call, const EchoRequest&, EchoResponse&) {
    entered.Open();
    while (!call.cancelled()) std::this_thread::yield();
    seen.set_value(call.CheckLive());
    return call.CheckLive();
  };
  server.Start();
  grpc::ClientContext context;
  auto call = std::async(std::launch::async, [&] { return CallEcho(server.stub(), context, "x"); });
  entered.Wait();
  context.TryCancel();
  EXPECT_EQ(call.get().status.error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_EQ(seen.get_future().get(), CallCancelled());
}

TEST(Unary, OnCancelCallbackRunsOnceAndNotAfterItsRemoval) {
  Latch entered;
  std::promise<void> kept_ran;
  bool removed_ran = false;
  std::promise<void> handler_left;
  TestServer server;
  server.service().handler = [&](const CallContext& call, const EchoRequest&, EchoResponse&) {
    call.OnCancel([&] { kept_ran.set_value(); });
    call.RemoveOnCancel(call.OnCancel([&] { removed_ran = true; }));
    entered.Open();
    kept_ran.get_future().wait();
    bool late_ran = false;
    call.OnCancel([&] { late_ran = true; });
    EXPECT_TRUE(late_ran) << "a callback after the cancellation runs at once";
    handler_left.set_value();
    return absl::OkStatus();
  };
  server.Start();
  grpc::ClientContext context;
  auto call = std::async(std::launch::async, [&] { return CallEcho(server.stub(), context, "x"); });
  entered.Wait();
  context.TryCancel();
  call.wait();
  handler_left.get_future().wait();
  EXPECT_FALSE(removed_ran);
}

TEST(Unary, ExceptionsBecomeInternal) {
  TestServer server;
  server.service().handler = [&](const CallContext&, const EchoRequest& request,
                                 EchoResponse&) -> absl::Status {
    if (request.text() == "memory") throw std::bad_alloc();
    throw std::runtime_error("broken");
  };
  server.service().async_handler = [](const CallContext&, const FinishCall&) {
    throw std::runtime_error("async");
  };
  server.Start();
  const Reply memory = CallEcho(server.stub(), "memory");
  EXPECT_EQ(memory.status.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_EQ(memory.status.error_message(), "unexpected exception: std::bad_alloc");
  EXPECT_EQ(ReasonOf(memory.status), "UNCAUGHT_EXCEPTION");
  grpc::ClientContext inline_context;
  EchoResponse response;
  EXPECT_EQ(server.stub().EchoInline(&inline_context, Request("x"), &response).error_message(),
            "unexpected exception: broken");
  grpc::ClientContext async_context;
  EXPECT_EQ(server.stub().EchoAsync(&async_context, Request("x"), &response).error_message(),
            "unexpected exception: async");
}

TEST(Unary, FailedCallLogsOneLine) {
  TestServer server;
  server.service().handler = [](const CallContext&, const EchoRequest&, EchoResponse&) {
    return InvalidField("BAD_CURRENCY", "amount.currency", "\"USX\" is no currency");
  };
  server.Start();
  grpc::ClientContext context;
  context.AddMetadata("x-request-id", "r-17");
  (void)CallEcho(server.stub(), context, "x");
  const std::vector<std::string> lines = server.log().With("call failed");
  ASSERT_THAT(lines, SizeIs(1));
  const auto line = nlohmann::json::parse(lines[0]);
  EXPECT_EQ(line["level"], "info");
  EXPECT_EQ(line["method"], "outlay.rpc.testing.EchoService/Echo");
  EXPECT_EQ(line["code"], "INVALID_ARGUMENT");
  EXPECT_EQ(line["reason"], "BAD_CURRENCY");
  EXPECT_EQ(line["error"], "amount.currency: \"USX\" is no currency");
  EXPECT_EQ(line["request_id"], "r-17");
  EXPECT_EQ(line["peer"].get<std::string>().substr(0, 15), "ipv4:127.0.0.1:");
  EXPECT_THAT(line["elapsed_ms"].get<int64_t>(), Ge(0));
}

TEST(Unary, InternalErrorIsLoggedAsAnErrorAndSeenByTheClient) {
  TestServer server;
  server.service().handler = [](const CallContext&, const EchoRequest&, EchoResponse&) {
    return absl::InternalError("sequence 7 is missing");
  };
  server.Start();
  EXPECT_EQ(CallEcho(server.stub(), "x").status.error_message(), "sequence 7 is missing");
  const std::vector<std::string> lines = server.log().With("sequence 7 is missing");
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(nlohmann::json::parse(lines[0])["level"], "error");
}

TEST(Unary, SucceededCallLogsNothing) {
  TestServer server;
  server.Start();
  ASSERT_TRUE(CallEcho(server.stub(), "x").status.ok());
  EXPECT_THAT(server.log().Get(), IsEmpty());
}

TEST(CallContext, ReadsMetadataAndMakesARequestIdWhereThereIsNoneOfUse) {
  TestServer server;
  std::vector<std::string> ids;
  std::optional<std::string> traceparent;
  std::optional<std::string> absent;
  server.service().handler = [&](const CallContext& call, const EchoRequest&, EchoResponse&) {
    ids.push_back(call.request_id());
    traceparent = call.Metadata("traceparent");
    absent = call.Metadata("x-absent");
    return absl::OkStatus();
  };
  server.Start();
  grpc::ClientContext given;
  given.AddMetadata("x-request-id", "abc");
  given.AddMetadata("traceparent", "00-1-2-01");
  ASSERT_TRUE(CallEcho(server.stub(), given, "x").status.ok());
  EXPECT_EQ(ids[0], "abc");
  EXPECT_EQ(traceparent, "00-1-2-01");
  EXPECT_EQ(absent, std::nullopt);
  grpc::ClientContext too_long;
  too_long.AddMetadata("x-request-id", std::string(129, 'a'));
  ASSERT_TRUE(CallEcho(server.stub(), too_long, "x").status.ok());
  EXPECT_THAT(ids[1], SizeIs(16));
}

TEST(CallContext, TrailingMetadataReachesTheClient) {
  TestServer server;
  server.service().handler = [](const CallContext& call, const EchoRequest&, EchoResponse&) {
    call.AddTrailingMetadata("x-sequence", "12");
    return absl::OkStatus();
  };
  server.Start();
  grpc::ClientContext context;
  ASSERT_TRUE(CallEcho(server.stub(), context, "x").status.ok());
  EXPECT_EQ(context.GetServerTrailingMetadata().find("x-sequence")->second, "12");
}

}  // namespace
}  // namespace outlay::rpc::testing
