// The errors of the server scaffold itself.
#ifndef OUTLAY_SERVICES_COMMON_RPC_ERRORS_H_
#define OUTLAY_SERVICES_COMMON_RPC_ERRORS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace outlay::rpc {

absl::Status TooManyCalls(int64_t limit);       // RESOURCE_EXHAUSTED, TOO_MANY_CALLS, retry
absl::Status TooManyStreams(int64_t limit);     // RESOURCE_EXHAUSTED, TOO_MANY_STREAMS, retry
absl::Status WorkersBusy(int64_t queue_limit);  // RESOURCE_EXHAUSTED, WORKERS_BUSY, retry
absl::Status SlowReader(int64_t limit);         // RESOURCE_EXHAUSTED, SLOW_READER
// UNAVAILABLE, DRAINING, retry. `position` is how far a stream got, as metadata: {"sequence",
// "1207"}.
absl::Status Draining(std::map<std::string, std::string> position = {});
absl::Status DeadlinePassed(std::string_view where);     // DEADLINE_EXCEEDED, DEADLINE_EXCEEDED
absl::Status CallCancelled();                            // CANCELLED, CANCELLED
absl::Status UncaughtException(std::string_view what);   // INTERNAL, UNCAUGHT_EXCEPTION
absl::Status UnknownMethod(std::string_view method);     // UNIMPLEMENTED, UNKNOWN_METHOD
absl::Status MalformedRequest(std::string_view method);  // INVALID_ARGUMENT, MALFORMED_REQUEST
absl::Status BatchNumberOrder(uint64_t found,
                              uint64_t last);     // INVALID_ARGUMENT, BATCH_NUMBER_ORDER
absl::Status NotBuiltYet(std::string_view what);  // UNIMPLEMENTED, NOT_BUILT_YET
absl::Status CannotListen(std::string_view address,
                          std::string_view why);       // UNAVAILABLE, CANNOT_LISTEN
absl::Status DrainTimedOut(int64_t drain_timeout_ms);  // DEADLINE_EXCEEDED, DRAIN_TIMED_OUT
absl::Status BadTarget(std::string_view target,
                       std::string_view why);  // INVALID_ARGUMENT, BAD_TARGET

absl::Status BadMethodName(std::string_view name);  // INVALID_ARGUMENT, BAD_METHOD_NAME
absl::Status BadRoute(std::string_view method,
                      std::string_view why);  // INVALID_ARGUMENT, BAD_ROUTE
// What the transport to another service said: BACKEND_UNAVAILABLE (retry),
// BACKEND_DEADLINE_EXCEEDED or BACKEND_FAILED.
absl::Status BackendFailure(absl::StatusCode code, std::string_view service,
                            std::string_view message);

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_ERRORS_H_
