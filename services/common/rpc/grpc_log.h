// gRPC's own log lines as ours.
#ifndef OUTLAY_SERVICES_COMMON_RPC_GRPC_LOG_H_
#define OUTLAY_SERVICES_COMMON_RPC_GRPC_LOG_H_

#include "services/common/telemetry/logger.h"

namespace outlay::rpc {

// gRPC has one log function a process: the only state in Outlay that is not passed down. Set in
// main, before gRPC is used; the last call counts. gRPC's errors come as warnings, as most of them
// are about a peer.
void RouteGrpcLog(const telemetry::Logger& logger);

// While one lives, gRPC's errors on its thread are lines for debugging: of a call whose caller says
// himself what went wrong.
class QuietGrpcErrors {
 public:
  QuietGrpcErrors();
  ~QuietGrpcErrors();
  QuietGrpcErrors(const QuietGrpcErrors&) = delete;
  QuietGrpcErrors& operator=(const QuietGrpcErrors&) = delete;
};

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_GRPC_LOG_H_
