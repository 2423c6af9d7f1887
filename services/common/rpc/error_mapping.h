// The one place where a domain status becomes a gRPC status, and the other way round.
#ifndef OUTLAY_SERVICES_COMMON_RPC_ERROR_MAPPING_H_
#define OUTLAY_SERVICES_COMMON_RPC_ERROR_MAPPING_H_

#include <string_view>

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

namespace outlay::rpc {

// ErrorInfo.domain of Outlay's own errors.
inline constexpr std::string_view kErrorDomain = "outlay";

// Code and message as they are; the ErrorDetail as google.rpc.Status with ErrorInfo, BadRequest and
// RetryInfo. Trailers have a size limit: message and details are cut to fit, and metadata
// "violations_omitted" counts what was left out. Invalid UTF-8 is replaced. O(size of the detail).
grpc::Status ToGrpcStatus(const absl::Status& status);

// The inverse, for what a call to another service returned. Details of other kinds and domains are
// dropped.
absl::Status FromGrpcStatus(const grpc::Status& status);

// The same, naming the service that was called ("fx"): a failure of the transport, which carries no
// details, gets the reason BACKEND_UNAVAILABLE, BACKEND_DEADLINE_EXCEEDED or BACKEND_FAILED, the
// metadata `service`, and retry advice where it is UNAVAILABLE.
absl::Status FromGrpcStatus(const grpc::Status& status, std::string_view service);

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_ERROR_MAPPING_H_
