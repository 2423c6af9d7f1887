#include "tests/common/rpc/echo_service.h"

#include <utility>

#include "services/common/status/error.h"

namespace outlay::rpc::testing {
namespace {

class ChatStream final : public BidiStream<EchoRequest, EchoResponse> {
 public:
  ChatStream(Runtime& runtime, grpc::CallbackServerContext& context,
             std::function<absl::StatusOr<std::string>(const std::string&)> answer)
      : BidiStream(runtime, "outlay.rpc.testing.EchoService/Chat", context),
        answer_(std::move(answer)) {}

 private:
  void OnMessage(EchoRequest& message) override {
    absl::StatusOr<std::string> answer = answer_(message.text());
    if (!answer.ok()) {
      End(answer.status());
      return;
    }
    EchoResponse response;
    response.set_text(*std::move(answer));
    Write(std::move(response));
    ReadNext();
  }

  void OnHalfClosed() override { End(absl::OkStatus()); }

  std::function<absl::StatusOr<std::string>(const std::string&)> answer_;
};

}  // namespace

EchoServiceImpl::EchoServiceImpl(Runtime& runtime)
    : handler([](const CallContext&, const EchoRequest& request, EchoResponse& response) {
        response.set_text(request.text());
        return absl::OkStatus();
      }),
      async_handler([](const CallContext&, const FinishCall& finish) { finish(absl::OkStatus()); }),
      on_subscribe([](const std::shared_ptr<Subscription>&) {}),
      chat([](const std::string& text) { return text; }),
      on_expand([](int) { return absl::OkStatus(); }),
      runtime_(runtime) {}

grpc::ServerUnaryReactor* EchoServiceImpl::Echo(grpc::CallbackServerContext* context,
                                                const EchoRequest* request,
                                                EchoResponse* response) {
  return HandleOnWorker(runtime_, "outlay.rpc.testing.EchoService/Echo", *context,
                        [this, request, response](const CallContext& call) {
                          return handler(call, *request, *response);
                        });
}

grpc::ServerUnaryReactor* EchoServiceImpl::EchoInline(grpc::CallbackServerContext* context,
                                                      const EchoRequest* request,
                                                      EchoResponse* response) {
  return HandleInline(runtime_, "outlay.rpc.testing.EchoService/EchoInline", *context,
                      [this, request, response](const CallContext& call) {
                        return handler(call, *request, *response);
                      });
}

grpc::ServerUnaryReactor* EchoServiceImpl::EchoAsync(grpc::CallbackServerContext* context,
                                                     const EchoRequest*, EchoResponse*) {
  return HandleAsync(runtime_, "outlay.rpc.testing.EchoService/EchoAsync", *context, async_handler);
}

grpc::ServerWriteReactor<EchoResponse>* EchoServiceImpl::Expand(
    grpc::CallbackServerContext* context, const EchoRequest* request) {
  return HandleGenerated<EchoResponse>(
      runtime_, "outlay.rpc.testing.EchoService/Expand", *context,
      [this, request = *request,
       index = 0](const CallContext&) mutable -> absl::StatusOr<std::optional<EchoResponse>> {
        RETURN_IF_ERROR(on_expand(index));
        if (index == request.count()) return std::nullopt;
        EchoResponse response;
        response.set_text(request.text() + std::to_string(index++));
        return response;
      });
}

grpc::ServerWriteReactor<EchoResponse>* EchoServiceImpl::Subscribe(
    grpc::CallbackServerContext* context, const EchoRequest*) {
  auto stream = std::make_shared<Subscription>(runtime_, "outlay.rpc.testing.EchoService/Subscribe",
                                               *context);
  grpc::ServerWriteReactor<EchoResponse>* const reactor = Subscription::Run(stream);
  on_subscribe(std::move(stream));
  return reactor;
}

grpc::ServerBidiReactor<EchoRequest, EchoResponse>* EchoServiceImpl::Chat(
    grpc::CallbackServerContext* context) {
  return BidiStream<EchoRequest, EchoResponse>::Run(
      std::make_shared<ChatStream>(runtime_, *context, chat));
}

}  // namespace outlay::rpc::testing
