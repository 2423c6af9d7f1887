// The tests' service: each method does what the test says.
#ifndef OUTLAY_TESTS_COMMON_RPC_ECHO_SERVICE_H_
#define OUTLAY_TESTS_COMMON_RPC_ECHO_SERVICE_H_

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <mutex>

#include "services/common/rpc/bidi_stream.h"
#include "services/common/rpc/runtime.h"
#include "services/common/rpc/server_stream.h"
#include "services/common/rpc/unary.h"
#include "tests/common/rpc/echo.grpc.pb.h"

namespace outlay::rpc::testing {

inline constexpr std::string_view kHealthName = "outlay.rpc.testing.EchoService";

// A stream that the test feeds.
class Subscription final : public ServerStream<EchoResponse> {
 public:
  using ServerStream<EchoResponse>::ServerStream;

  // Set before the first call; each is counted.
  std::atomic<int> ready_count{0};
  std::atomic<int> written_count{0};
  std::promise<void> cancelled;
  std::promise<void> closed;

  bool Send(const std::string& text) {
    EchoResponse response;
    response.set_text(text);
    const bool taken = Write(std::move(response));
    if (taken) ++written_count;
    return taken;
  }

 private:
  void OnReady() override { ++ready_count; }
  void OnCancelled() override { cancelled.set_value(); }
  void OnClosed() override { closed.set_value(); }
  std::map<std::string, std::string> Position() const override {
    return {{"sequence", std::to_string(written_count)}};
  }
};

class EchoServiceImpl final : public EchoService::CallbackService {
 public:
  using Handler =
      std::function<absl::Status(const CallContext&, const EchoRequest&, EchoResponse&)>;

  explicit EchoServiceImpl(Runtime& runtime);

  // What Echo and EchoInline do; by default they return the text.
  Handler handler;
  // What EchoAsync does; by default it finishes at once.
  std::function<void(const CallContext&, FinishCall)> async_handler;
  // Called when Subscribe has begun.
  std::function<void(std::shared_ptr<Subscription>)> on_subscribe;
  // What Chat answers to a message; an error ends the stream.
  std::function<absl::StatusOr<std::string>(const std::string&)> chat;
  // What Expand does at message `index`, from 0, before it is sent.
  std::function<absl::Status(int index)> on_expand;

 private:
  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context, const EchoRequest* request,
                                 EchoResponse* response) override;
  grpc::ServerUnaryReactor* EchoInline(grpc::CallbackServerContext* context,
                                       const EchoRequest* request, EchoResponse* response) override;
  grpc::ServerUnaryReactor* EchoAsync(grpc::CallbackServerContext* context,
                                      const EchoRequest* request, EchoResponse* response) override;
  grpc::ServerWriteReactor<EchoResponse>* Expand(grpc::CallbackServerContext* context,
                                                 const EchoRequest* request) override;
  grpc::ServerWriteReactor<EchoResponse>* Subscribe(grpc::CallbackServerContext* context,
                                                    const EchoRequest* request) override;
  grpc::ServerBidiReactor<EchoRequest, EchoResponse>* Chat(
      grpc::CallbackServerContext* context) override;

  Runtime& runtime_;
};

}  // namespace outlay::rpc::testing

#endif  // OUTLAY_TESTS_COMMON_RPC_ECHO_SERVICE_H_
