// Handling server-streaming methods: fed by a subscription from other threads, or generated message
// by message on the executor.
#ifndef OUTLAY_SERVICES_COMMON_RPC_SERVER_STREAM_H_
#define OUTLAY_SERVICES_COMMON_RPC_SERVER_STREAM_H_

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "grpcpp/support/server_callback.h"
#include "services/common/rpc/stream_base.h"

namespace outlay::rpc {

// A subscription derives from it:
//   return rpc::ServerStream<Change>::Run(
//       std::make_shared<ChangeStream>(runtime_, method, *context, *request));
// OnReady comes first when the call begins, then each time everything queued is written. The
// request belongs to gRPC: copy what is kept.
template <class Response>
class ServerStream : public StreamBase<grpc::ServerWriteReactor<Response>, Response> {
 public:
  using StreamBase<grpc::ServerWriteReactor<Response>, Response>::StreamBase;

  static grpc::ServerWriteReactor<Response>* Run(std::shared_ptr<ServerStream> stream) {
    ServerStream* const raw = stream.get();
    if (raw->Begin(std::move(stream))) raw->OnReady();
    return raw;
  }
};

// The next message; nullopt at the end.
template <class Response>
using Generator = std::function<absl::StatusOr<std::optional<Response>>(const CallContext& call)>;

// A finite answer: `next` runs on the executor, once for each message, as fast as the client reads.
template <class Response>
grpc::ServerWriteReactor<Response>* HandleGenerated(Runtime& runtime, std::string_view method,
                                                    grpc::CallbackServerContext& context,
                                                    Generator<Response> next) {
  class Generated final : public ServerStream<Response>,
                          public std::enable_shared_from_this<Generated> {
   public:
    Generated(Runtime& runtime, std::string_view method, grpc::CallbackServerContext& context,
              Generator<Response> next)
        : ServerStream<Response>(runtime, method, context), next_(std::move(next)) {}

   private:
    void OnReady() override {
      Executor& executor = this->runtime().executor();
      if (!executor.TrySubmit([self = this->shared_from_this()] { self->Step(); })) {
        this->End(WorkersBusy(executor.queue_limit()));
      }
    }

    void Step() {
      if (!this->open()) return;
      absl::StatusOr<std::optional<Response>> message = Next();
      if (!message.ok()) {
        this->End(message.status());
      } else if (!message->has_value()) {
        this->End(absl::OkStatus());
      } else {
        this->Write(*std::move(*message));
      }
    }

    absl::StatusOr<std::optional<Response>> Next() {
      try {
        return next_(this->call());
      } catch (const std::exception& exception) {
        return UncaughtException(exception.what());
      }
    }

    Generator<Response> next_;
  };
  return ServerStream<Response>::Run(
      std::make_shared<Generated>(runtime, method, context, std::move(next)));
}

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_SERVER_STREAM_H_
