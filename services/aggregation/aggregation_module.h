// The aggregation service, wired: view, follower, gRPC shell.
#ifndef OUTLAY_SERVICES_AGGREGATION_AGGREGATION_MODULE_H_
#define OUTLAY_SERVICES_AGGREGATION_AGGREGATION_MODULE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "services/common/config/settings.h"
#include "services/common/rpc/run_server.h"
#include "services/common/rpc/server.h"
#include "services/common/telemetry/logger.h"
#include "services/common/time/clock.h"

namespace outlay::aggregation {

class AggregationModule final : public rpc::Application {
 public:
  // Adds the service to `server`, NOT_SERVING. `server` outlives the module. INVALID_ARGUMENT (BAD_TARGET).
  static absl::StatusOr<std::unique_ptr<AggregationModule>> Create(
      const config::Settings& settings, rpc::Server& server, const telemetry::Logger& logger,
      std::unique_ptr<const time::Clock> clock);
  ~AggregationModule() override;

  // Begins to follow ingest; health turns SERVING once the view has caught up.
  absl::Status Started() override;
  // Ends the subscription.
  absl::Status Close() override;

 private:
  struct Parts;

  explicit AggregationModule(std::unique_ptr<Parts> parts);

  const std::unique_ptr<Parts> parts_;
};

// The factory for RunServer, with the system's clock.
absl::StatusOr<std::unique_ptr<rpc::Application>> MakeAggregation(const config::Settings& settings,
                                                                  rpc::Server& server,
                                                                  const telemetry::Logger& logger);

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_AGGREGATION_MODULE_H_
