#include "services/common/rpc/run_server.h"

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <utility>

#include "fmt/format.h"
#include "services/common/rpc/grpc_log.h"
#include "services/common/rpc/signals.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::rpc {
namespace {

constexpr int kExitFailure = 1;
constexpr int kExitUsage = 2;

void PrintError(const config::Program& program, const absl::Status& status) {
  fmt::print(stderr, "{}: {}\n", program.name, FromAbsl(status.message()));
}

bool IsTimedOut(const absl::Status& stopped) {
  return GetErrorDetail(stopped).reason == "DRAIN_TIMED_OUT";
}

int Serve(const config::Program& program, const config::Settings& settings,
          const ApplicationFactory& factory) {
  const telemetry::Logger logger = telemetry::Logger::ToStderr(
      {.level = telemetry::ParseLevel(settings.String("log-level")),
       .format = telemetry::ResolveFormat(settings.String("log-format"))});
  RouteGrpcLog(logger);
  auto running = RunningServer::Start(settings, factory, logger);
  if (!running.ok()) {
    PrintError(program, running.status());
    return kExitFailure;
  }
  logger.Info("listening", {{"program", program.name},
                            {"version", program.version},
                            {"address", (*running)->server().address()}});
  const int signal = WaitForTermination();
  logger.Info("stopping", {{"signal", signal == SIGINT ? "SIGINT" : "SIGTERM"}});
  const absl::Status stopped = (*running)->Stop();
  if (stopped.ok()) return EXIT_SUCCESS;
  PrintError(program, stopped);
  // Handlers that still run would use what the destructors take apart.
  if (IsTimedOut(stopped)) std::_Exit(kExitFailure);
  return kExitFailure;
}

}  // namespace

absl::StatusOr<std::unique_ptr<RunningServer>> RunningServer::Start(
    const config::Settings& settings, const ApplicationFactory& factory,
    const telemetry::Logger& logger) {
  std::unique_ptr<RunningServer> running(new RunningServer);
  running->server_ = std::make_unique<Server>(ServerOptionsFrom(settings), logger);
  ASSIGN_OR_RETURN(running->application_, factory(settings, *running->server_, logger));
  RETURN_IF_ERROR(running->server_->Start());
  RETURN_IF_ERROR(running->application_->Started());
  return running;
}

RunningServer::~RunningServer() {
  if (IsTimedOut(Stop())) {
    // Handlers still use it: it is left to them.
    (void)application_.release();
    return;
  }
  // Before the server, whose runtime it uses.
  application_.reset();
}

absl::Status RunningServer::Stop() {
  if (stopped_) return result_;
  stopped_ = true;
  if (application_ != nullptr) application_->Stopping();
  result_ = server_->Stop();
  if (result_.ok() && application_ != nullptr) result_ = application_->Close();
  return result_;
}

int RunServer(int argc, char** argv, const config::Program& program,
              const ApplicationFactory& factory) {
  BlockTerminationSignals();
  const auto line = config::ParseCommandLine(program, argc, argv, environ);
  if (!line.ok()) {
    PrintError(program, line.status());
    return kExitUsage;
  }
  if (line->output) {
    fmt::print("{}", *line->output);
    return EXIT_SUCCESS;
  }
  try {
    return Serve(program, line->settings, factory);
  } catch (const std::exception& exception) {
    fmt::print(stderr, "{}: unexpected exception: {}\n", program.name, exception.what());
    return kExitFailure;
  }
}

}  // namespace outlay::rpc
