// The ingest service, wired: journal, ledger, use cases, gRPC shell.
#ifndef OUTLAY_SERVICES_INGEST_INGEST_MODULE_H_
#define OUTLAY_SERVICES_INGEST_INGEST_MODULE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "services/common/config/settings.h"
#include "services/common/rpc/run_server.h"
#include "services/common/rpc/server.h"
#include "services/common/telemetry/logger.h"
#include "services/common/time/clock.h"

namespace outlay::ingest {

class IngestModule final : public rpc::Application {
 public:
  // Opens the journal, replays it and adds the service to `server`, which outlives the module. Errors of OpenJournal; DATA_LOSS
  // (PAYLOAD_UNREADABLE, CHANGE_OUT_OF_PLACE).
  static absl::StatusOr<std::unique_ptr<IngestModule>> Create(
      const config::Settings& settings, rpc::Server& server, const telemetry::Logger& logger,
      std::unique_ptr<const time::Clock> clock);
  ~IngestModule() override;

  // Nothing waits for a store that is away any more.
  void Stopping() override;

  // Stops following, then closes the journal.
  absl::Status Close() override;

 private:
  struct Parts;

  explicit IngestModule(std::unique_ptr<Parts> parts);

  const std::unique_ptr<Parts> parts_;
};

// The factory for RunServer, with the system's clock.
absl::StatusOr<std::unique_ptr<rpc::Application>> MakeIngest(const config::Settings& settings,
                                                             rpc::Server& server,
                                                             const telemetry::Logger& logger);

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_INGEST_MODULE_H_
