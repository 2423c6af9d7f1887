// Handling unary methods of a callback service. Each does the same round it: the gate, the
// deadline, cancellation, exceptions, the error mapping and the log line; they differ in where the
// handler runs.
//
//   grpc::ServerUnaryReactor* GetRate(grpc::CallbackServerContext* context,
//                                     const GetRateRequest* request,
//                                     GetRateResponse* response) override {
//     return rpc::HandleInline(runtime_, "outlay.fx.v1.FxService/GetRate", *context,
//                              [=, this](const rpc::CallContext& call) {
//                                return Answer(call, *request, *response);  // absl::Status
//                              });
//   }
//
// `request` and `response` belong to gRPC and live until the call is finished.
#ifndef OUTLAY_SERVICES_COMMON_RPC_UNARY_H_
#define OUTLAY_SERVICES_COMMON_RPC_UNARY_H_

#include <functional>
#include <string_view>

#include "absl/status/status.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/common/rpc/call_context.h"
#include "services/common/rpc/runtime.h"

namespace outlay::rpc {

using UnaryHandler = std::function<absl::Status(const CallContext& call)>;

// Finishes the call: to be called once, from any thread. The CallContext, request and response are
// gone after it.
using FinishCall = std::function<void(const absl::Status& status)>;
using AsyncUnaryHandler = std::function<void(const CallContext& call, FinishCall finish)>;

// Runs the handler on gRPC's own thread, of which there are as many as cores: only for work of
// microseconds that never waits.
grpc::ServerUnaryReactor* HandleInline(Runtime& runtime, std::string_view method,
                                       grpc::CallbackServerContext& context, UnaryHandler handler);

// Runs the handler on the runtime's executor; RESOURCE_EXHAUSTED (WORKERS_BUSY) when its queue is
// full. A handler whose turn comes after its deadline or after a cancellation is not run.
grpc::ServerUnaryReactor* HandleOnWorker(Runtime& runtime, std::string_view method,
                                         grpc::CallbackServerContext& context,
                                         UnaryHandler handler);

// Starts the handler on gRPC's own thread; it passes the work on (to the journal's thread, to other
// services) and the last one to hold `finish` calls it. An exception that leaves the handler
// finishes the call, so `finish` must not have been called or kept then.
grpc::ServerUnaryReactor* HandleAsync(Runtime& runtime, std::string_view method,
                                      grpc::CallbackServerContext& context,
                                      AsyncUnaryHandler handler);

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_UNARY_H_
