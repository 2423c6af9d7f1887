// Calling other services from a handler: deadline, cancellation and metadata are carried on, and
// several calls run at once.
#ifndef OUTLAY_SERVICES_COMMON_RPC_CLIENT_CALL_H_
#define OUTLAY_SERVICES_COMMON_RPC_CLIENT_CALL_H_

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "grpcpp/client_context.h"
#include "services/common/rpc/call_context.h"
#include "services/common/rpc/error_mapping.h"

namespace outlay::rpc {

// What the caller keeps of its deadline to answer in, when a backend uses up the rest.
inline constexpr int64_t kDeadlineMarginMs = 50;

// A context for a call on behalf of `call`: its deadline less the margin (at most a tenth of what
// is left), cancelled with it, and with traceparent, tracestate and x-request-id carried on. Must
// not outlive `call`.
std::shared_ptr<grpc::ClientContext> MakeClientContext(const CallContext& call);
// The same with at most `timeout_ms` from now, which leaves time to answer without this call.
std::shared_ptr<grpc::ClientContext> MakeClientContext(const CallContext& call, int64_t timeout_ms);

// The form of a unary method on a stub's async():
// &FxService::StubInterface::async_interface::GetRate.
template <class Async, class Request, class Response>
using AsyncMethod = void (Async::*)(grpc::ClientContext*, const Request*, Response*,
                                    std::function<void(grpc::Status)>);

// Starts one unary call and returns. `request` and `response` must live until `done` has run; it
// runs once, on a gRPC thread, and must not block. For handlers of HandleAsync. `service` ("fx")
// names the backend in errors. The context is MakeClientContext's, perhaps with an earlier deadline;
// whoever else holds it lets go of it before the call that it is made for is finished.
template <class Async, class Request, class Response>
void CallAsync(std::shared_ptr<grpc::ClientContext> context, std::string_view service, Async& async,
               AsyncMethod<Async, Request, Response> method, const Request& request,
               Response& response, std::function<void(const absl::Status&)> done) {
  // gRPC keeps a copy of the callback until it has returned to this thread, which may be after the other copy has run: so the
  // copies share what they hold.
  struct Held {
    std::shared_ptr<grpc::ClientContext> context;
    std::string service;
    std::function<void(const absl::Status&)> done;
  };
  grpc::ClientContext* const raw = context.get();
  auto held =
      std::make_shared<Held>(Held{std::move(context), std::string(service), std::move(done)});
  (async.*method)(raw, &request, &response, [held = std::move(held)](const grpc::Status& status) {
    // Before `done`, which may end the call that the context belongs to.
    held->context.reset();
    std::exchange(held->done, nullptr)(FromGrpcStatus(status, held->service));
  });
}

// The same with a context of its own.
template <class Async, class Request, class Response>
void CallAsync(const CallContext& call, std::string_view service, Async& async,
               AsyncMethod<Async, Request, Response> method, const Request& request,
               Response& response, std::function<void(const absl::Status&)> done) {
  CallAsync(MakeClientContext(call), service, async, method, request, response, std::move(done));
}

// Several unary calls at once, waited for together. Wait blocks: for handlers on the executor
// (HandleOnWorker), not on gRPC's threads.
//
//   rpc::CallGroup group(call);
//   group.Start("fx", *fx_stub.async(), &Fx::StubInterface::async_interface::BatchGetRates,
//               request, response);
//   group.Start("ingest", …);
//   RETURN_IF_ERROR(group.Wait());
class CallGroup {
 public:
  explicit CallGroup(const CallContext& call) : call_(call) {}
  // Cancels what still runs and waits for it.
  ~CallGroup();

  CallGroup(const CallGroup&) = delete;
  CallGroup& operator=(const CallGroup&) = delete;

  // `request` and `response` must live until Wait has returned.
  template <class Async, class Request, class Response>
  void Start(std::string_view service, Async& async, AsyncMethod<Async, Request, Response> method,
             const Request& request, Response& response) {
    Slot& slot = NewSlot();
    (async.*method)(slot.context.get(), &request, &response,
                    [this, service = std::string(service)](const grpc::Status& status) {
                      Done(FromGrpcStatus(status, service));
                    });
  }

  // Waits for all; OK when all are. Otherwise the error of the call that failed first, after which
  // the others were cancelled.
  absl::Status Wait();

 private:
  struct Slot {
    std::shared_ptr<grpc::ClientContext> context;
  };

  Slot& NewSlot();
  void Done(absl::Status status);

  const CallContext& call_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::unique_ptr<Slot>> slots_;
  size_t running_ = 0;
  absl::Status first_error_;
};

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_CLIENT_CALL_H_
