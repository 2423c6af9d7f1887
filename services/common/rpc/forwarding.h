// Forwards an explicit list of methods to other servers, message by message, without decoding them.
#ifndef OUTLAY_SERVICES_COMMON_RPC_FORWARDING_H_
#define OUTLAY_SERVICES_COMMON_RPC_FORWARDING_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "grpcpp/channel.h"
#include "grpcpp/generic/async_generic_service.h"
#include "services/common/rpc/runtime.h"

namespace outlay::rpc {

struct Route {
  std::string method;   // "outlay.fx.v1.FxService/ConvertMoney"; its proto must be linked in
  std::string service;  // "fx", for errors and logs
  std::shared_ptr<grpc::Channel> channel;
};

// A generic service for Server::SetGenericService. Carried to the backend: messages, deadline (for
// unary methods the default and the cap of the runtime hold), cancellation, and the metadata
// traceparent, tracestate, x-request-id and authorization. Carried back: messages, metadata, and
// the status with its details, untouched. One message is in memory per direction, so that a slow
// side slows the other. Unary methods count at the gate, streaming ones as open streams. A method
// without a route is UNIMPLEMENTED.
class Forwarder final : public grpc::CallbackGenericService {
 public:
  // INVALID_ARGUMENT (BAD_ROUTE) for a method that no linked proto has, or that is listed twice.
  static absl::StatusOr<std::unique_ptr<Forwarder>> Make(Runtime& runtime,
                                                         std::vector<Route> routes);

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override;

 private:
  struct Destination {
    std::string service;
    bool streaming = false;
    std::shared_ptr<grpc::Channel> channel;
  };
  class ForwardedCall;

  Forwarder(Runtime& runtime, std::map<std::string, Destination> destinations)
      : runtime_(runtime), destinations_(std::move(destinations)) {}

  Runtime& runtime_;
  const std::map<std::string, Destination> destinations_;  // by "/package.Service/Method"
};

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_FORWARDING_H_
