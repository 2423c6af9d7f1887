#include "services/ingest/ingest_module.h"

#include <chrono>
#include <utility>

#include "services/common/journal/settings.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/ingest/catalogue_writer.h"
#include "services/ingest/change_codec_proto.h"
#include "services/ingest/ingest_service.h"

namespace outlay::ingest {
namespace {

ServiceOptions OptionsFrom(const config::Settings& settings) {
  return {.minimum_sequence_wait_max =
              std::chrono::milliseconds(settings.DurationMs("minimum-sequence-wait-ms")),
          .message_bytes_max = static_cast<size_t>(settings.Integer("max-message-bytes")),
          .feed = feed::OptionsFrom(settings)};
}

}  // namespace

// In the order of construction.
struct IngestModule::Parts {
  Parts(std::unique_ptr<const time::Clock> the_clock, std::unique_ptr<journal::Journal> the_journal,
        const config::Settings& settings, rpc::Server& server, const telemetry::Logger& logger)
      : clock(std::move(the_clock)),
        journal(std::move(the_journal)),
        follower(*journal, ledger, codec, logger,
                 [&server] { server.SetServing(kServiceName, false); }),
        reader(*journal, ledger),
        recorder(*journal, ledger, follower, codec, *clock),
        reviser(*journal, ledger, follower, codec, *clock),
        redactor(*journal, ledger, follower, codec),
        catalogue_writer(*journal, ledger, follower, codec),
        service({server.runtime(), *journal, ledger, follower, reader, recorder, reviser, redactor,
                 catalogue_writer, *clock},
                OptionsFrom(settings)) {}

  const std::unique_ptr<const time::Clock> clock;
  const ProtoChangeCodec codec;
  const std::unique_ptr<journal::Journal> journal;
  Ledger ledger;
  Follower follower;
  const Reader reader;
  Recorder recorder;
  Reviser reviser;
  Redactor redactor;
  CatalogueWriter catalogue_writer;
  IngestService service;
};

IngestModule::IngestModule(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

IngestModule::~IngestModule() = default;

absl::StatusOr<std::unique_ptr<IngestModule>> IngestModule::Create(
    const config::Settings& settings, rpc::Server& server, const telemetry::Logger& logger,
    std::unique_ptr<const time::Clock> clock) {
  ASSIGN_OR_RETURN(
      std::unique_ptr<journal::Journal> journal,
      journal::OpenJournal(
          settings,
          {.name = "ingest",
           .guarded_prefixes = {std::string(kOrganizationKeyPrefix), std::string(kGroupKeyPrefix)}},
          [&clock = *clock] { return clock.Now(); }, logger));
  auto parts =
      std::make_unique<Parts>(std::move(clock), std::move(journal), settings, server, logger);
  RETURN_IF_ERROR(parts->follower.CatchUp());
  logger.Info("ledger loaded", {{"sequence", parts->ledger.sequence()}});
  parts->follower.Start();
  server.AddService(parts->service, kServiceName);
  return std::unique_ptr<IngestModule>(new IngestModule(std::move(parts)));
}

void IngestModule::Stopping() { parts_->journal->PrepareToClose(); }

absl::Status IngestModule::Close() {
  parts_->follower.Stop();
  return parts_->journal->Close();
}

absl::StatusOr<std::unique_ptr<rpc::Application>> MakeIngest(const config::Settings& settings,
                                                             rpc::Server& server,
                                                             const telemetry::Logger& logger) {
  ASSIGN_OR_RETURN(
      std::unique_ptr<rpc::Application> module,
      IngestModule::Create(settings, server, logger, std::make_unique<const time::SystemClock>()));
  return module;
}

}  // namespace outlay::ingest
