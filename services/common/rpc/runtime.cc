#include "services/common/rpc/runtime.h"

#include <algorithm>
#include <string>
#include <utility>

#include "services/common/rpc/errors.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::rpc {
namespace {

// Our own faults are errors, what passes by itself a warning, and what the client did is for
// information.
telemetry::Level LevelOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kDataLoss:
      return telemetry::Level::kError;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kAborted:
      return telemetry::Level::kWarning;
    default:
      return telemetry::Level::kInfo;
  }
}

}  // namespace

absl::Status CallGate::Enter() {
  const bool handled_fits = handled_.fetch_add(1, std::memory_order_acq_rel) < limit_;
  const bool in_flight_fits =
      in_flight_.fetch_add(1, std::memory_order_acq_rel) < kAnsweredFactor * limit_;
  if (handled_fits && in_flight_fits) return absl::OkStatus();
  Answered();
  Leave();
  return TooManyCalls(limit_);
}

Runtime::Runtime(const RuntimeOptions& options, telemetry::Logger logger)
    : options_(options),
      logger_(std::move(logger)),
      gate_(options.max_concurrent_calls),
      streams_(options.max_concurrent_streams),
      executor_(options.worker_threads, options.worker_queue_limit) {}

Clock::time_point Runtime::UnaryDeadline(const grpc::CallbackServerContext& context) const {
  const Clock::time_point now = Clock::now();
  const Clock::time_point given = context.deadline();
  if (given == Clock::time_point::max()) {
    return now + std::chrono::milliseconds(
                     std::min(options_.default_deadline_ms, options_.max_deadline_ms));
  }
  return std::min(given, now + std::chrono::milliseconds(options_.max_deadline_ms));
}

void Runtime::LogFailure(const CallContext& call, const absl::Status& status,
                         std::chrono::steady_clock::time_point start) const {
  const telemetry::Level level = LevelOf(status.code());
  if (status.ok() || !logger_.Enabled(level)) return;
  const std::string code(FromAbsl(absl::StatusCodeToString(status.code())));
  const std::string reason = GetErrorDetail(status).reason;
  const auto elapsed = std::chrono::steady_clock::now() - start;
  logger_.Log(
      level, "call failed",
      {{"method", call.method()},
       {"code", code},
       {"reason", reason},
       {"error", FromAbsl(status.message())},
       {"peer", call.peer()},
       {"request_id", call.request_id()},
       {"elapsed_ms", std::chrono::duration_cast<std::chrono::milliseconds>(elapsed).count()}});
}

}  // namespace outlay::rpc
