#include "services/fx/fx_module.h"

#include <string>
#include <utility>

#include "services/common/feed/options.h"
#include "services/common/journal/settings.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/fx/fx_service.h"
#include "services/fx/make_rate.h"
#include "services/fx/rate_follower.h"
#include "services/fx/rate_projection.h"
#include "services/fx/rate_proto.h"
#include "services/fx/rate_reader.h"
#include "services/fx/rate_recorder.h"
#include "services/fx/rate_releaser.h"

namespace outlay::fx {
// In the order of construction.
struct FxModule::Parts {
  Parts(std::unique_ptr<const time::Clock> the_clock, std::unique_ptr<journal::Journal> the_journal,
        const config::Settings& settings, rpc::Server& server, const telemetry::Logger& logger)
      : clock(std::move(the_clock)),
        journal(std::move(the_journal)),
        projection(*journal, codec, static_cast<int>(settings.Integer("suspicious-move-percent"))),
        follower(*journal, projection, logger),
        reader(*journal, projection, *clock, settings.String("default-provider")),
        recorder(*journal, projection, codec),
        releaser(*journal, projection, codec),
        service(server.runtime(), *journal, reader, recorder, releaser, feed::OptionsFrom(settings),
                logger) {}

  const std::unique_ptr<const time::Clock> clock;
  const ProtoChangeCodec codec;
  const std::unique_ptr<journal::Journal> journal;
  RateProjection projection;
  RateFollower follower;
  const RateReader reader;
  RateRecorder recorder;
  RateReleaser releaser;
  FxService service;
};

FxModule::FxModule(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

FxModule::~FxModule() = default;

absl::StatusOr<std::unique_ptr<FxModule>> FxModule::Create(
    const config::Settings& settings, rpc::Server& server, const telemetry::Logger& logger,
    std::unique_ptr<const time::Clock> clock) {
  RETURN_IF_ERROR(CheckProviderSlug("default-provider", settings.String("default-provider")));
  ASSIGN_OR_RETURN(
      std::unique_ptr<journal::Journal> journal,
      journal::OpenJournal(
          settings, {.name = "fx"}, [&clock = *clock] { return clock.Now(); }, logger));
  auto parts =
      std::make_unique<Parts>(std::move(clock), std::move(journal), settings, server, logger);
  RETURN_IF_ERROR(parts->projection.CatchUp());
  logger.Info("rates loaded", {{"sequence", parts->projection.Book()->sequence()}});
  parts->follower.Start();
  server.AddService(parts->service, kServiceName);
  return std::unique_ptr<FxModule>(new FxModule(std::move(parts)));
}

void FxModule::Stopping() { parts_->journal->PrepareToClose(); }

absl::Status FxModule::Close() {
  parts_->follower.Stop();
  return parts_->journal->Close();
}

absl::StatusOr<std::unique_ptr<rpc::Application>> MakeFx(const config::Settings& settings,
                                                         rpc::Server& server,
                                                         const telemetry::Logger& logger) {
  ASSIGN_OR_RETURN(
      std::unique_ptr<rpc::Application> module,
      FxModule::Create(settings, server, logger, std::make_unique<const time::SystemClock>()));
  return module;
}

}  // namespace outlay::fx
