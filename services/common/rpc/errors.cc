#include "services/common/rpc/errors.h"

#include <utility>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::rpc {
namespace {

// Long enough for a burst to pass, short enough not to be felt.
constexpr int64_t kRetryAfterMs = 100;

absl::Status Exhausted(std::string_view message, std::string_view reason, int64_t limit) {
  return MakeError(absl::StatusCode::kResourceExhausted, message,
                   {.reason = std::string(reason),
                    .metadata = {{"limit", std::to_string(limit)}},
                    .retry_after_ms = kRetryAfterMs});
}

}  // namespace

absl::Status TooManyCalls(int64_t limit) {
  return Exhausted(
      fmt::format("the server already handles {} calls, its limit; try again later", limit),
      "TOO_MANY_CALLS", limit);
}

absl::Status TooManyStreams(int64_t limit) {
  return Exhausted(
      fmt::format("the server already has {} open streams, its limit; try again later", limit),
      "TOO_MANY_STREAMS", limit);
}

absl::Status WorkersBusy(int64_t queue_limit) {
  return Exhausted(
      fmt::format("{} calls already wait for a worker, the limit; try again later", queue_limit),
      "WORKERS_BUSY", queue_limit);
}

absl::Status SlowReader(int64_t limit) {
  return MakeError(absl::StatusCode::kResourceExhausted,
                   fmt::format("the client reads too slowly: {} messages wait for it; resume from "
                               "the last one received",
                               limit),
                   {.reason = "SLOW_READER", .metadata = {{"limit", std::to_string(limit)}}});
}

absl::Status Draining(std::map<std::string, std::string> position) {
  return MakeError(
      absl::StatusCode::kUnavailable,
      "the server is shutting down; call again, and resume from the last message received",
      {.reason = "DRAINING", .metadata = std::move(position), .retry_after_ms = kRetryAfterMs});
}

absl::Status DeadlinePassed(std::string_view where) {
  return MakeError(absl::StatusCode::kDeadlineExceeded,
                   fmt::format("the deadline passed {}", where), {.reason = "DEADLINE_EXCEEDED"});
}

absl::Status CallCancelled() {
  return MakeError(absl::StatusCode::kCancelled, "the client cancelled the call or went away",
                   {.reason = "CANCELLED"});
}

absl::Status UncaughtException(std::string_view what) {
  return MakeError(absl::StatusCode::kInternal, fmt::format("unexpected exception: {}", what),
                   {.reason = "UNCAUGHT_EXCEPTION"});
}

absl::Status UnknownMethod(std::string_view method) {
  return MakeError(absl::StatusCode::kUnimplemented,
                   fmt::format("the server has no method {}", Quote(method)),
                   {.reason = "UNKNOWN_METHOD"});
}

absl::Status MalformedRequest(std::string_view method) {
  return MakeError(absl::StatusCode::kInvalidArgument,
                   fmt::format("the request is not a message that {} takes: it is cut short, of "
                               "another type, or has text that is not UTF-8",
                               method),
                   {.reason = "MALFORMED_REQUEST", .metadata = {{"method", std::string(method)}}});
}

absl::Status BatchNumberOrder(uint64_t found, uint64_t last) {
  return InvalidField(
      "BATCH_NUMBER_ORDER", "batch_number",
      fmt::format("is {} after {}: number the batches of a stream upwards", found, last),
      {{"last_batch_number", fmt::to_string(last)}});
}

absl::Status NotBuiltYet(std::string_view what) {
  return MakeError(
      absl::StatusCode::kUnimplemented,
      fmt::format("{} is in the contract and not built yet; docs/status.md says what is", what),
      {.reason = "NOT_BUILT_YET", .metadata = {{"method", std::string(what)}}});
}

absl::Status CannotListen(std::string_view address, std::string_view why) {
  return MakeError(absl::StatusCode::kUnavailable,
                   fmt::format("cannot listen on {}: {}", address, why),
                   {.reason = "CANNOT_LISTEN", .metadata = {{"address", std::string(address)}}});
}

absl::Status DrainTimedOut(int64_t drain_timeout_ms) {
  return MakeError(
      absl::StatusCode::kDeadlineExceeded,
      fmt::format("handlers still run {} ms after their calls were to end", drain_timeout_ms),
      {.reason = "DRAIN_TIMED_OUT"});
}

absl::Status BadTarget(std::string_view target, std::string_view why) {
  return InvalidField("BAD_TARGET", "target", fmt::format("{} {}", Quote(target), why));
}

absl::Status BadMethodName(std::string_view name) {
  return InvalidField("BAD_METHOD_NAME", "method",
                      fmt::format("{} is not of the form package.Service/Method", Quote(name)));
}

absl::Status BadRoute(std::string_view method, std::string_view why) {
  return InvalidField("BAD_ROUTE", "method", fmt::format("{} {}", Quote(method), why));
}

absl::Status BackendFailure(absl::StatusCode code, std::string_view service,
                            std::string_view message) {
  ErrorDetail detail{.reason = "BACKEND_FAILED", .metadata = {{"service", std::string(service)}}};
  if (code == absl::StatusCode::kUnavailable) {
    detail.reason = "BACKEND_UNAVAILABLE";
    detail.retry_after_ms = kRetryAfterMs;
  } else if (code == absl::StatusCode::kDeadlineExceeded) {
    detail.reason = "BACKEND_DEADLINE_EXCEEDED";
  }
  return MakeError(code, fmt::format("{}: {}", service, message), std::move(detail));
}

}  // namespace outlay::rpc
