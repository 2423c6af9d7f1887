// What every handler of one server shares: limits, deadlines, workers, open streams, log.
#ifndef OUTLAY_SERVICES_COMMON_RPC_RUNTIME_H_
#define OUTLAY_SERVICES_COMMON_RPC_RUNTIME_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "grpcpp/server_context.h"
#include "services/common/rpc/call_context.h"
#include "services/common/rpc/executor.h"
#include "services/common/rpc/stream_registry.h"
#include "services/common/telemetry/logger.h"

namespace outlay::rpc {

// Counts the unary calls in flight and refuses those beyond the limit. Safe for concurrent use.
class CallGate {
 public:
  explicit CallGate(int64_t limit) : limit_(limit) {}

  // OK, and then Answered and Leave must be called once each, in this order; or RESOURCE_EXHAUSTED
  // (TOO_MANY_CALLS) with retry advice.
  absl::Status Enter();
  // The answer goes to gRPC: the call no longer counts against the limit. gRPC may take a while to
  // be done with it, and the client has begun its next call long before.
  void Answered() { handled_.fetch_sub(1, std::memory_order_acq_rel); }
  // gRPC is done with the call.
  void Leave() { in_flight_.fetch_sub(1, std::memory_order_acq_rel); }
  int64_t in_flight() const { return in_flight_.load(std::memory_order_acquire); }

 private:
  // Clients that do not take their answers are not to fill the memory with them either.
  static constexpr int64_t kAnsweredFactor = 4;

  const int64_t limit_;
  std::atomic<int64_t> handled_{0};
  std::atomic<int64_t> in_flight_{0};
};

struct RuntimeOptions {
  int64_t max_concurrent_calls = 1024;
  int64_t max_concurrent_streams = 1024;
  int64_t default_deadline_ms = 30'000;
  int64_t max_deadline_ms = 300'000;
  size_t worker_threads = 4;
  size_t worker_queue_limit = 1024;
};

// Made by Server, passed to the services. Safe for concurrent use.
class Runtime {
 public:
  Runtime(const RuntimeOptions& options, telemetry::Logger logger);

  CallGate& gate() { return gate_; }
  StreamRegistry& streams() { return streams_; }
  Executor& executor() { return executor_; }
  const telemetry::Logger& logger() const { return logger_; }

  // The deadline that holds for a unary call: the client's, at most max_deadline_ms from now; the
  // default without one.
  Clock::time_point UnaryDeadline(const grpc::CallbackServerContext& context) const;

  // Writes the one line that every failed call gets: method, code, reason, message, peer, request
  // id, elapsed time. Nothing for an OK status.
  void LogFailure(const CallContext& call, const absl::Status& status,
                  std::chrono::steady_clock::time_point start) const;

 private:
  const RuntimeOptions options_;
  const telemetry::Logger logger_;
  CallGate gate_;
  StreamRegistry streams_;
  Executor executor_;
};

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_RUNTIME_H_
