#include "gateway/gateway_module.h"

#include <utility>

#include "gateway/backends_client.h"
#include "gateway/gateway_service.h"
#include "services/common/rpc/forwarding.h"
#include "services/common/status/error.h"
#include "services/common/time/clock.h"

namespace outlay::gateway {
namespace {

class GatewayApplication final : public rpc::Application {
 public:
  GatewayApplication(Backends backends, std::unique_ptr<rpc::Forwarder> forwarder,
                     rpc::Server& server, int64_t part_timeout_ms)
      : backends_(std::move(backends)),
        forwarder_(std::move(forwarder)),
        service_(server.runtime(), backends_, clock_, part_timeout_ms) {
    server.AddService(service_, kHealthName);
    server.SetGenericService(*forwarder_);
  }

 private:
  const time::SystemClock clock_;
  const Backends backends_;
  const std::unique_ptr<rpc::Forwarder> forwarder_;
  GatewayService service_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<rpc::Application>> MakeGateway(const config::Settings& settings,
                                                              rpc::Server& server,
                                                              const telemetry::Logger&) {
  ASSIGN_OR_RETURN(Backends backends, MakeBackends(settings));
  ASSIGN_OR_RETURN(std::unique_ptr<rpc::Forwarder> forwarder,
                   rpc::Forwarder::Make(server.runtime(), backends.routes));
  return std::make_unique<GatewayApplication>(std::move(backends), std::move(forwarder), server,
                                              settings.DurationMs("part-timeout-ms"));
}

}  // namespace outlay::gateway
