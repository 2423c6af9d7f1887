// gRPC 1.51 answers a request that does not parse (cut short, or text that is not UTF-8) with a bare UNIMPLEMENTED, before any handler
// sees it. Clients would read that as a method that is not there.
#ifndef OUTLAY_SERVICES_COMMON_RPC_MALFORMED_REQUEST_H_
#define OUTLAY_SERVICES_COMMON_RPC_MALFORMED_REQUEST_H_

#include <memory>

#include "grpcpp/support/server_interceptor.h"
#include "services/common/telemetry/logger.h"

namespace outlay::rpc {

// Turns those answers into INVALID_ARGUMENT, MALFORMED_REQUEST, and logs them. For SetInterceptorCreators.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> NameMalformedRequests(
    telemetry::Logger logger);

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_MALFORMED_REQUEST_H_
