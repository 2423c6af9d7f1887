#include "services/common/rpc/unary.h"

#include <exception>
#include <memory>
#include <utility>

#include "services/common/rpc/error_mapping.h"
#include "services/common/rpc/errors.h"

namespace outlay::rpc {
namespace {

// One call in flight. Deletes itself when gRPC is done with it, which is after End.
class UnaryCall final : public grpc::ServerUnaryReactor {
 public:
  UnaryCall(Runtime& runtime, std::string_view method, grpc::CallbackServerContext& context)
      : runtime_(runtime),
        call_(context, method, runtime.UnaryDeadline(context)),
        start_(std::chrono::steady_clock::now()) {}

  const CallContext& call() const { return call_; }
  Runtime& runtime() { return runtime_; }

  // Whether the server takes the call; if not, it is ended.
  bool Admit() {
    const absl::Status admitted = runtime_.gate().Enter();
    counted_ = admitted.ok();
    if (!counted_) End(admitted);
    return counted_;
  }

  void End(const absl::Status& status) {
    runtime_.LogFailure(call_, status, start_);
    if (counted_) runtime_.gate().Answered();
    Finish(ToGrpcStatus(status));
  }

  // Runs the handler, unless nobody waits for the answer any more.
  void Run(const UnaryHandler& handler) {
    const absl::Status live = call_.CheckLive();
    End(live.ok() ? Catching(handler) : live);
  }

 private:
  absl::Status Catching(const UnaryHandler& handler) {
    try {
      return handler(call_);
    } catch (const std::exception& exception) {
      return UncaughtException(exception.what());
    }
  }

  void OnCancel() override { call_.MarkCancelled(); }

  void OnDone() override {
    if (counted_) runtime_.gate().Leave();
    delete this;
  }

  Runtime& runtime_;
  CallContext call_;
  const std::chrono::steady_clock::time_point start_;
  bool counted_ = false;
};

}  // namespace

grpc::ServerUnaryReactor* HandleInline(Runtime& runtime, std::string_view method,
                                       grpc::CallbackServerContext& context, UnaryHandler handler) {
  auto* const call = new UnaryCall(runtime, method, context);
  if (call->Admit()) call->Run(handler);
  return call;
}

grpc::ServerUnaryReactor* HandleOnWorker(Runtime& runtime, std::string_view method,
                                         grpc::CallbackServerContext& context,
                                         UnaryHandler handler) {
  auto* const call = new UnaryCall(runtime, method, context);
  if (!call->Admit()) return call;
  Executor& executor = runtime.executor();
  if (!executor.TrySubmit([call, handler = std::move(handler)] { call->Run(handler); })) {
    call->End(WorkersBusy(executor.queue_limit()));
  }
  return call;
}

grpc::ServerUnaryReactor* HandleAsync(Runtime& runtime, std::string_view method,
                                      grpc::CallbackServerContext& context,
                                      AsyncUnaryHandler handler) {
  auto* const call = new UnaryCall(runtime, method, context);
  if (!call->Admit()) return call;
  try {
    handler(call->call(), [call](const absl::Status& status) { call->End(status); });
  } catch (const std::exception& exception) {
    call->End(UncaughtException(exception.what()));
  }
  return call;
}

}  // namespace outlay::rpc
