// The fx service, wired: journal, projection, use cases, gRPC shell.
#ifndef OUTLAY_SERVICES_FX_FX_MODULE_H_
#define OUTLAY_SERVICES_FX_FX_MODULE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "services/common/config/settings.h"
#include "services/common/rpc/run_server.h"
#include "services/common/rpc/server.h"
#include "services/common/telemetry/logger.h"
#include "services/common/time/clock.h"

namespace outlay::fx {

class FxModule final : public rpc::Application {
 public:
  // Opens the journal, replays it and adds the service to `server`, which outlives the module.
  // INVALID_ARGUMENT: default-provider is no slug. Errors of OpenJournal; DATA_LOSS
  // (UNREADABLE_CHANGE).
  static absl::StatusOr<std::unique_ptr<FxModule>> Create(const config::Settings& settings,
                                                          rpc::Server& server,
                                                          const telemetry::Logger& logger,
                                                          std::unique_ptr<const time::Clock> clock);
  ~FxModule() override;

  // Nothing waits for a store that is away any more.
  void Stopping() override;

  // Closes the journal.
  absl::Status Close() override;

 private:
  struct Parts;

  explicit FxModule(std::unique_ptr<Parts> parts);

  const std::unique_ptr<Parts> parts_;
};

// The factory for RunServer, with the system's clock.
absl::StatusOr<std::unique_ptr<rpc::Application>> MakeFx(const config::Settings& settings,
                                                         rpc::Server& server,
                                                         const telemetry::Logger& logger);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_FX_MODULE_H_
