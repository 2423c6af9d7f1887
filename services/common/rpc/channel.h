// Channels to other services.
#ifndef OUTLAY_SERVICES_COMMON_RPC_CHANNEL_H_
#define OUTLAY_SERVICES_COMMON_RPC_CHANNEL_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "grpcpp/channel.h"

namespace outlay::rpc {

struct ChannelOptions {
  std::string target;  // "dns:///fx.outlay.svc:7402", "127.0.0.1:7402"
  // Full method names ("outlay.fx.v1.FxService/GetRate") that may be sent again: these alone are
  // retried, and on UNAVAILABLE only.
  std::vector<std::string> idempotent_methods;
  int max_attempts = 4;  // 2 to 5; the first one counts
  int64_t initial_backoff_ms = 50;
  int64_t max_backoff_ms = 1'000;
  int64_t max_message_bytes = 16 * 1024 * 1024;
  int64_t keepalive_time_ms = 60'000;  // not below the server's keepalive-min-client-ping-ms
  int64_t keepalive_timeout_ms = 20'000;
  int64_t max_reconnect_backoff_ms = 2'000;
};

// The service config of such a channel: round_robin, and the retries. Built by code, as gRPC
// ignores unknown keys in silence.
std::string ServiceConfigJson(const ChannelOptions& options);

// Does not connect yet. INVALID_ARGUMENT (BAD_TARGET, or BAD_METHOD_NAME for a name not of the form
// package.Service/Method) is for start-up: gRPC itself would make a channel on which every call
// fails.
absl::StatusOr<std::shared_ptr<grpc::Channel>> MakeChannel(const ChannelOptions& options);

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_CHANNEL_H_
