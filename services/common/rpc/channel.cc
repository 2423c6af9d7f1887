#include "services/common/rpc/channel.h"

#include <algorithm>
#include <utility>

#include "fmt/format.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"
#include "grpcpp/support/validate_service_config.h"
#include "nlohmann/json.hpp"
#include "services/common/rpc/errors.h"
#include "services/common/status/error.h"

namespace outlay::rpc {
namespace {

struct MethodName {
  std::string_view service;
  std::string_view method;
};

absl::StatusOr<MethodName> Split(std::string_view name) {
  const size_t slash = name.find('/');
  if (slash == name.npos || slash == 0 || slash + 1 == name.size() ||
      name.find('/', slash + 1) != name.npos) {
    return BadMethodName(name);
  }
  return MethodName{name.substr(0, slash), name.substr(slash + 1)};
}

// A duration as a service config has it: "0.050s".
std::string Seconds(int64_t ms) { return fmt::format("{}.{:03}s", ms / 1000, ms % 1000); }

grpc::ChannelArguments Arguments(const ChannelOptions& options) {
  const int max_message = static_cast<int>(options.max_message_bytes);
  grpc::ChannelArguments arguments;
  arguments.SetServiceConfigJSON(ServiceConfigJson(options));
  // The target's DNS could carry a service config of its own; ours is the one that was tested.
  arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
  arguments.SetMaxReceiveMessageSize(max_message);
  arguments.SetMaxSendMessageSize(max_message);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, static_cast<int>(options.keepalive_time_ms));
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, static_cast<int>(options.keepalive_timeout_ms));
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 1'000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS,
                   static_cast<int>(options.max_reconnect_backoff_ms));
  return arguments;
}

}  // namespace

std::string ServiceConfigJson(const ChannelOptions& options) {
  nlohmann::json names = nlohmann::json::array();
  for (const std::string& full_name : options.idempotent_methods) {
    const absl::StatusOr<MethodName> name = Split(full_name);
    if (name.ok()) names.push_back({{"service", name->service}, {"method", name->method}});
  }
  nlohmann::json config = {{"loadBalancingConfig", {{{"round_robin", nlohmann::json::object()}}}}};
  if (!names.empty()) {
    config["methodConfig"] = {{{"name", names},
                               {"retryPolicy",
                                {{"maxAttempts", options.max_attempts},
                                 {"initialBackoff", Seconds(options.initial_backoff_ms)},
                                 {"maxBackoff", Seconds(options.max_backoff_ms)},
                                 {"backoffMultiplier", 2},
                                 {"retryableStatusCodes", {"UNAVAILABLE"}}}}}};
  }
  return config.dump();
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> MakeChannel(const ChannelOptions& options) {
  if (options.target.empty()) return BadTarget(options.target, "is empty: give host:port");
  if (options.target.find(' ') != std::string::npos) {
    return BadTarget(options.target, "has a space in it: give host:port");
  }
  for (const std::string& name : options.idempotent_methods) {
    RETURN_IF_ERROR(Split(name).status());
  }
  const std::string problem =
      grpc::experimental::ValidateServiceConfigJSON(ServiceConfigJson(options));
  if (!problem.empty()) return BadTarget(options.target, "has a bad service config: " + problem);
  return grpc::CreateCustomChannel(options.target, grpc::InsecureChannelCredentials(),
                                   Arguments(options));
}

}  // namespace outlay::rpc
