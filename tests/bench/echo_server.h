// The peer of unary calls: a server of the same kind that gives every message back.
#ifndef OUTLAY_TESTS_BENCH_ECHO_SERVER_H_
#define OUTLAY_TESTS_BENCH_ECHO_SERVER_H_

#include <signal.h>

#include <cstdio>

#include "grpcpp/impl/codegen/rpc_service_method.h"
#include "grpcpp/impl/service_type.h"
#include "grpcpp/support/server_callback.h"
#include "services/common/rpc/server.h"
#include "services/common/rpc/unary.h"

namespace outlay::bench {

inline constexpr char kEchoMethod[] = "/outlay.bench.v1.EchoService/Echo";

// What the generator makes of a service with one unary method, for a message that is its own answer.
template <class Message>
class EchoService final : public grpc::Service {
 public:
  explicit EchoService(rpc::Runtime& runtime) {
    AddMethod(new grpc::internal::RpcServiceMethod(kEchoMethod,
                                                   grpc::internal::RpcMethod::NORMAL_RPC, nullptr));
    MarkMethodCallback(0, new grpc::internal::CallbackUnaryHandler<Message, Message>(
                              [&runtime](grpc::CallbackServerContext* context,
                                         const Message* request, Message* response) {
                                return rpc::HandleInline(runtime, kEchoMethod + 1, *context,
                                                         [=](const rpc::CallContext&) {
                                                           *response = *request;
                                                           return absl::OkStatus();
                                                         });
                              }));
  }
};

// Parses messages and answers each with itself, through the same scaffold as every server of Outlay and its callback API, on gRPC's own
// threads; stores nothing. Writes its address as a line to standard output and runs until SIGTERM.
template <class Message>
int RunEchoServer() {
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigprocmask(SIG_BLOCK, &stop, nullptr);
  rpc::Server server({}, telemetry::Logger());
  EchoService<Message> service(server.runtime());
  server.AddService(service, "outlay.bench.v1.EchoService");
  if (!server.Start().ok()) return 1;
  std::printf("listening on %s\n", server.address().c_str());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&stop, &signal);
  return 0;
}

}  // namespace outlay::bench

#endif  // OUTLAY_TESTS_BENCH_ECHO_SERVER_H_
