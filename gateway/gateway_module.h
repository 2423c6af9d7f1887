// The gateway, wired: connections, its own service, forwarding.
#ifndef OUTLAY_GATEWAY_GATEWAY_MODULE_H_
#define OUTLAY_GATEWAY_GATEWAY_MODULE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "services/common/config/settings.h"
#include "services/common/rpc/run_server.h"
#include "services/common/rpc/server.h"
#include "services/common/telemetry/logger.h"

namespace outlay::gateway {

// The health name of the gateway.
inline constexpr char kHealthName[] = "outlay.gateway.v1.GatewayService";

// An rpc::ApplicationFactory. It does not wait for the services behind: without them it answers partially or not, and says so.
absl::StatusOr<std::unique_ptr<rpc::Application>> MakeGateway(const config::Settings& settings,
                                                              rpc::Server& server,
                                                              const telemetry::Logger& logger);

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_GATEWAY_MODULE_H_
