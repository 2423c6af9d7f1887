// Methods that the contracts have and this version does not build yet: they say so, and docs/status.md lists them.
#ifndef OUTLAY_SERVICES_COMMON_RPC_NOT_BUILT_H_
#define OUTLAY_SERVICES_COMMON_RPC_NOT_BUILT_H_

#include <memory>
#include <string_view>

#include "services/common/rpc/bidi_stream.h"
#include "services/common/rpc/errors.h"
#include "services/common/rpc/server_stream.h"
#include "services/common/rpc/unary.h"

namespace outlay::rpc {

inline grpc::ServerUnaryReactor* NotBuiltUnary(Runtime& runtime, std::string_view method,
                                               grpc::CallbackServerContext& context) {
  return HandleInline(runtime, method, context,
                      [](const CallContext& call) { return NotBuiltYet(call.method()); });
}

template <class Response>
grpc::ServerWriteReactor<Response>* NotBuiltServerStream(Runtime& runtime, std::string_view method,
                                                         grpc::CallbackServerContext& context) {
  class Stream final : public ServerStream<Response> {
   public:
    using ServerStream<Response>::ServerStream;

   private:
    void OnReady() override { this->End(NotBuiltYet(this->call().method())); }
  };
  return ServerStream<Response>::Run(std::make_shared<Stream>(runtime, method, context));
}

template <class Request, class Response>
grpc::ServerBidiReactor<Request, Response>* NotBuiltBidiStream(
    Runtime& runtime, std::string_view method, grpc::CallbackServerContext& context) {
  class Stream final : public BidiStream<Request, Response> {
   public:
    using BidiStream<Request, Response>::BidiStream;

    void Refuse() { this->End(NotBuiltYet(this->call().method())); }

   private:
    void OnMessage(Request&) override {}
    void OnHalfClosed() override {}
  };
  const auto stream = std::make_shared<Stream>(runtime, method, context);
  grpc::ServerBidiReactor<Request, Response>* const reactor =
      BidiStream<Request, Response>::Run(stream);
  // At once: a client may wait for an answer before it sends anything.
  stream->Refuse();
  return reactor;
}

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_NOT_BUILT_H_
