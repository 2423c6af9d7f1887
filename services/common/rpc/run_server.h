// The frame of every server's main.
//
//   absl::StatusOr<std::unique_ptr<rpc::Application>> MakeFx(const config::Settings& settings,
//                                                            rpc::Server& server,
//                                                            const telemetry::Logger& logger);
//
//   int main(int argc, char** argv) {
//     return rpc::RunServer(
//         argc, argv,
//         {.name = "outlay-fx", .summary = "…", .version = "…", .table = FxSettings()}, MakeFx);
//   }
#ifndef OUTLAY_SERVICES_COMMON_RPC_RUN_SERVER_H_
#define OUTLAY_SERVICES_COMMON_RPC_RUN_SERVER_H_

#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "services/common/config/command_line.h"
#include "services/common/config/settings.h"
#include "services/common/rpc/server.h"
#include "services/common/telemetry/logger.h"

namespace outlay::rpc {

// What a server is made of: journal, use cases, gRPC services; one member each, in the order of
// construction.
class Application {
 public:
  virtual ~Application() = default;

  // The server listens: begin what needs that, such as a subscription that will set the health.
  virtual absl::Status Started() { return absl::OkStatus(); }
  // The server begins to drain: what open calls wait for should come to an end.
  virtual void Stopping() {}
  // The server takes no more calls and none is open: close the journal, write the snapshot.
  virtual absl::Status Close() { return absl::OkStatus(); }
};

// Builds an application in explicit order and adds its services to `server`, which outlives it.
using ApplicationFactory = std::function<absl::StatusOr<std::unique_ptr<Application>>(
    const config::Settings& settings, Server& server, const telemetry::Logger& logger)>;

// A server with its application, started. For mains that run several in one process; one thread
// uses it.
class RunningServer {
 public:
  static absl::StatusOr<std::unique_ptr<RunningServer>> Start(const config::Settings& settings,
                                                              const ApplicationFactory& factory,
                                                              const telemetry::Logger& logger);
  // Stops, if that has not been done.
  ~RunningServer();

  Server& server() { return *server_; }

  // Application::Stopping, Server::Stop, then Application::Close. Idempotent.
  absl::Status Stop();

 private:
  RunningServer() = default;

  std::unique_ptr<Server> server_;
  std::unique_ptr<Application> application_;
  bool stopped_ = false;
  absl::Status result_;
};

// Reads the settings, starts, waits for SIGTERM or SIGINT, drains. Returns 0 after a clean drain
// (and for --help and its like), 1 when it could not start or the application could not close, with
// the reason on stderr, 2 for wrong settings. A drain that times out ends the process there with
// exit code 1.
int RunServer(int argc, char** argv, const config::Program& program,
              const ApplicationFactory& factory);

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_RUN_SERVER_H_
