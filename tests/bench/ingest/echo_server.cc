#include "tests/bench/ingest/echo_server.h"

#include <signal.h>

#include <cstdio>

#include "grpcpp/impl/codegen/rpc_service_method.h"
#include "grpcpp/impl/service_type.h"
#include "grpcpp/support/server_callback.h"
#include "outlay/ingest/v1/ingest_service.pb.h"
#include "services/common/rpc/server.h"
#include "services/common/rpc/unary.h"

namespace outlay::bench {
namespace {

using Message = ingest::v1::RecordDisclosuresRequest;

// What the generator makes of a service with one unary method, for a message that is its own answer.
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

}  // namespace

int RunEchoServer() {
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigprocmask(SIG_BLOCK, &stop, nullptr);
  rpc::Server server({}, telemetry::Logger());
  EchoService service(server.runtime());
  server.AddService(service, "outlay.bench.v1.EchoService");
  if (!server.Start().ok()) return 1;
  std::printf("listening on %s\n", server.address().c_str());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&stop, &signal);
  return 0;
}

}  // namespace outlay::bench
