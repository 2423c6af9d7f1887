#include "services/common/rpc/client_call.h"

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/common/status/error.h"
#include "tests/common/rpc/test_server.h"

namespace outlay::rpc::testing {
namespace {

using Async = EchoService::StubInterface::async_interface;
using ::testing::AllOf;
using ::testing::Ge;
using ::testing::Le;

// A front server whose handlers call a backend.
class ClientCallTest : public ::testing::Test {
 protected:
  void Start() {
    backend_.Start();
    front_.Start();
  }

  // Where handlers use locals of a test and may outlive the client's call.
  void StopBoth() {
    EXPECT_TRUE(front_.server().Stop().ok());
    EXPECT_TRUE(backend_.server().Stop().ok());
  }

  TestServer backend_;
  TestServer front_;
};

TEST_F(ClientCallTest, GroupRunsItsCallsAtOnce) {
  std::atomic<int> running{0};
  backend_.service().handler = [&](const CallContext&, const EchoRequest& request,
                                   EchoResponse& response) {
    // Each waits for the others: one after the other would never end.
    ++running;
    while (running < 3) std::this_thread::yield();
    response.set_text(request.text());
    return absl::OkStatus();
  };
  front_.service().handler = [&](const CallContext& call, const EchoRequest&,
                                 EchoResponse& response) -> absl::Status {
    const EchoRequest requests[3] = {Request("a"), Request("b"), Request("c")};
    EchoResponse responses[3];
    CallGroup group(call);
    for (int i = 0; i < 3; ++i) {
      group.Start("echo", *backend_.stub().async(), &Async::Echo, requests[i], responses[i]);
    }
    RETURN_IF_ERROR(group.Wait());
    response.set_text(responses[0].text() + responses[1].text() + responses[2].text());
    return absl::OkStatus();
  };
  Start();
  EXPECT_EQ(CallEcho(front_.stub(), "x").text, "abc");
}

TEST_F(ClientCallTest, FirstErrorCancelsTheOthersAndIsReturned) {
  backend_.service().handler = [&](const CallContext& call, const EchoRequest& request,
                                   EchoResponse&) -> absl::Status {
    if (request.text() == "fail") return InvalidField("BAD_TEXT", "text", "fails");
    while (!call.cancelled()) std::this_thread::yield();
    return call.CheckLive();
  };
  front_.service().handler = [&](const CallContext& call, const EchoRequest&,
                                 EchoResponse&) -> absl::Status {
    const EchoRequest waits = Request("wait");
    const EchoRequest fails = Request("fail");
    EchoResponse responses[2];
    CallGroup group(call);
    group.Start("echo", *backend_.stub().async(), &Async::Echo, waits, responses[0]);
    group.Start("echo", *backend_.stub().async(), &Async::Echo, fails, responses[1]);
    return group.Wait();
  };
  Start();
  const absl::Status status = FromGrpcStatus(CallEcho(front_.stub(), "x").status);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(GetErrorDetail(status).reason, "BAD_TEXT");
}

TEST_F(ClientCallTest, DeadlineLessAMarginAndMetadataAreCarriedOn) {
  int64_t backend_remaining_ms = 0;
  std::string request_id;
  std::optional<std::string> traceparent;
  std::optional<std::string> other;
  backend_.service().handler = [&](const CallContext& call, const EchoRequest&, EchoResponse&) {
    backend_remaining_ms = call.RemainingMs();
    request_id = call.request_id();
    traceparent = call.Metadata("traceparent");
    other = call.Metadata("x-other");
    return absl::OkStatus();
  };
  front_.service().handler = [&](const CallContext& call, const EchoRequest& request,
                                 EchoResponse& response) {
    CallGroup group(call);
    group.Start("echo", *backend_.stub().async(), &Async::Echo, request, response);
    return group.Wait();
  };
  Start();
  grpc::ClientContext context;
  context.set_deadline(Clock::now() + std::chrono::seconds(20));
  context.AddMetadata("x-request-id", "r-9");
  context.AddMetadata("traceparent", "00-1-2-01");
  context.AddMetadata("x-other", "stays");
  ASSERT_TRUE(CallEcho(front_.stub(), context, "x").status.ok());
  EXPECT_THAT(backend_remaining_ms, AllOf(Ge(1), Le(21'000)));
  EXPECT_EQ(request_id, "r-9");
  EXPECT_EQ(traceparent, "00-1-2-01");
  EXPECT_EQ(other, std::nullopt);
}

TEST_F(ClientCallTest, BackendThatUsesUpTheDeadlineLeavesTimeToSaySo) {
  std::promise<void> answered;
  const auto wait_for_answer = answered.get_future().share();
  backend_.service().handler = [&](const CallContext&, const EchoRequest&, EchoResponse&) {
    wait_for_answer.wait();
    return absl::OkStatus();
  };
  front_.service().handler = [&](const CallContext& call, const EchoRequest& request,
                                 EchoResponse& response) {
    CallGroup group(call);
    group.Start("echo", *backend_.stub().async(), &Async::Echo, request, response);
    const absl::Status status = group.Wait();
    EXPECT_EQ(GetErrorDetail(status).metadata["service"], "echo");
    EXPECT_EQ(GetErrorDetail(status).reason, "BACKEND_DEADLINE_EXCEEDED");
    answered.set_value();
    return status;
  };
  Start();
  grpc::ClientContext context;
  context.set_deadline(Clock::now() + std::chrono::milliseconds(300));
  EXPECT_EQ(CallEcho(front_.stub(), context, "x").status.error_code(),
            grpc::StatusCode::DEADLINE_EXCEEDED);
  StopBoth();
}

TEST_F(ClientCallTest, CallerThatCancelsCancelsTheBackendsCall) {
  std::promise<void> backend_entered;
  std::promise<void> backend_cancelled;
  backend_.service().handler = [&](const CallContext& call, const EchoRequest&, EchoResponse&) {
    backend_entered.set_value();
    while (!call.ClientGone()) std::this_thread::yield();
    backend_cancelled.set_value();
    return call.CheckLive();
  };
  front_.service().handler = [&](const CallContext& call, const EchoRequest& request,
                                 EchoResponse& response) {
    CallGroup group(call);
    group.Start("echo", *backend_.stub().async(), &Async::Echo, request, response);
    return group.Wait();
  };
  Start();
  grpc::ClientContext context;
  auto call = std::async(std::launch::async, [&] { return CallEcho(front_.stub(), context, "x"); });
  backend_entered.get_future().wait();
  context.TryCancel();
  backend_cancelled.get_future().wait();
  EXPECT_EQ(call.get().status.error_code(), grpc::StatusCode::CANCELLED);
  StopBoth();
}

TEST_F(ClientCallTest, BackendThatIsNotThereIsNamed) {
  front_.service().handler = [&](const CallContext& call, const EchoRequest& request,
                                 EchoResponse& response) {
    CallGroup group(call);
    group.Start("fx", *backend_.stub().async(), &Async::Echo, request, response);
    return group.Wait();
  };
  Start();
  ASSERT_TRUE(backend_.server().Stop().ok());
  const absl::Status status = FromGrpcStatus(CallEcho(front_.stub(), "x").status);
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(GetErrorDetail(status).reason, "BACKEND_UNAVAILABLE");
  EXPECT_EQ(GetErrorDetail(status).metadata["service"], "fx");
}

TEST_F(ClientCallTest, AsyncHandlerFinishesFromTheBackendsAnswer) {
  front_.service().async_handler = [&](const CallContext& call, const FinishCall& finish) {
    struct Exchange {
      EchoRequest request = Request("x");
      EchoResponse response;
    };
    const auto exchange = std::make_shared<Exchange>();
    CallAsync(call, "echo", *backend_.stub().async(), &Async::Echo, exchange->request,
              exchange->response, [exchange, finish](const absl::Status& status) {
                finish(status.ok() ? absl::AlreadyExistsError(exchange->response.text()) : status);
              });
  };
  Start();
  // Many times: the front call may be gone before the backend's callback has returned.
  for (int i = 0; i < 500; ++i) {
    grpc::ClientContext context;
    EchoResponse response;
    const grpc::Status status = front_.stub().EchoAsync(&context, Request(""), &response);
    ASSERT_EQ(status.error_code(), grpc::StatusCode::ALREADY_EXISTS);
    ASSERT_EQ(status.error_message(), "x");
  }
}

// A stub that keeps a copy of the callback beyond the call, as gRPC's own does on the thread that starts it.
struct KeepingStub {
  using Callback = std::function<void(grpc::Status)>;

  void Echo(grpc::ClientContext*, const EchoRequest*, EchoResponse*, Callback callback) {
    kept = callback;
    callback(grpc::Status::OK);
  }

  Callback kept;
};

TEST_F(ClientCallTest, WhateverGrpcKeepsTheContextIsGoneWhenTheCallIs) {
  KeepingStub stub;
  bool is_gone = false;
  front_.service().async_handler = [&](const CallContext& call, const FinishCall& finish) {
    std::shared_ptr<grpc::ClientContext> context = MakeClientContext(call);
    const std::weak_ptr<grpc::ClientContext> observed = context;
    const EchoRequest request;
    EchoResponse response;
    CallAsync(std::move(context), "echo", stub, &KeepingStub::Echo, request, response,
              [&, finish](const absl::Status& status) {
                is_gone = observed.expired();
                finish(status);
              });
  };
  Start();
  grpc::ClientContext context;
  EchoResponse response;
  EXPECT_TRUE(front_.stub().EchoAsync(&context, Request(""), &response).ok());
  EXPECT_TRUE(is_gone);
  StopBoth();
}

TEST_F(ClientCallTest, APartOfACallHasAnEarlierDeadline) {
  bool is_earlier = false;
  bool is_the_calls = false;
  front_.service().handler = [&](const CallContext& call, const EchoRequest&, EchoResponse&) {
    is_earlier = MakeClientContext(call, 1'000)->deadline() < call.deadline();
    is_the_calls =
        MakeClientContext(call, 3'600'000)->deadline() <= MakeClientContext(call)->deadline();
    return absl::OkStatus();
  };
  Start();
  EXPECT_TRUE(CallEcho(front_.stub(), "x").status.ok());
  EXPECT_TRUE(is_earlier);
  EXPECT_TRUE(is_the_calls);
  StopBoth();
}

}  // namespace
}  // namespace outlay::rpc::testing
