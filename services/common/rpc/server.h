// A gRPC server with everything that all of Outlay's servers have: health, reflection, limits, and
// a drain in a fixed order.
#ifndef OUTLAY_SERVICES_COMMON_RPC_SERVER_H_
#define OUTLAY_SERVICES_COMMON_RPC_SERVER_H_

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "grpcpp/generic/async_generic_service.h"
#include "grpcpp/server.h"
#include "services/common/config/settings.h"
#include "services/common/rpc/runtime.h"
#include "services/common/telemetry/logger.h"

namespace outlay::rpc {

struct ServerOptions {
  std::string listen_address = "127.0.0.1:0";  // port 0: the system chooses
  RuntimeOptions runtime;
  int64_t max_message_bytes = 16 * 1024 * 1024;  // received and sent
  int64_t max_calls_per_connection = 1024;       // beyond it the client's library waits
  int64_t drain_ms = 1'000;           // between health off and closing, so that balancers see it
  int64_t drain_timeout_ms = 20'000;  // for open calls and streams to end, after drain_ms
  int64_t keepalive_time_ms = 60'000;
  int64_t keepalive_timeout_ms = 20'000;
  int64_t keepalive_min_client_ping_ms = 10'000;  // clients that ping more often are disconnected
  int64_t max_connection_age_ms = 1'800'000;      // 0: no limit
  int64_t max_connection_age_grace_ms = 60'000;
};

// From the settings of config::ServerSettings.
ServerOptions ServerOptionsFrom(const config::Settings& settings);

// The states are ordered: made, started, draining, stopped. The services must outlive Stop().
// Threads: construct, add and Start on one; SetServing and Stop from any, except a signal handler
// or a gRPC thread.
class Server {
 public:
  Server(ServerOptions options, telemetry::Logger logger);
  // Stops, if it was started.
  ~Server();

  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // What the services are constructed with. Lives as long as the server.
  Runtime& runtime() { return *runtime_; }

  // Before Start. `health_name` is the proto's full service name; `serving` what health answers for
  // it from the start.
  void AddService(grpc::Service& service, std::string_view health_name, bool serving = true);
  // Before Start; at most one: it gets every method that no added service has.
  void SetGenericService(grpc::CallbackGenericService& service);

  // Listens and serves. UNAVAILABLE (CANNOT_LISTEN) when the address is taken or wrong. Returns at
  // once.
  absl::Status Start();

  // After Start: the port, also where the system chose it, and the address with it.
  int port() const { return port_; }
  std::string address() const;

  // Health of one service. The server as a whole ("") serves while all of its services do. Ignored
  // once draining.
  void SetServing(std::string_view health_name, bool serving);

  // Health off; drain_ms; open streams end with UNAVAILABLE (DRAINING); no new calls; open calls
  // finish; workers end. Blocks until then, at most drain_ms + drain_timeout_ms and a second. A
  // second call waits for the first and returns the same. DEADLINE_EXCEEDED (DRAIN_TIMED_OUT):
  // calls were cancelled and some handlers still run, so that what they use must not be destroyed:
  // the process should end with std::_Exit.
  absl::Status Stop();

 private:
  enum class State { kMade, kStarted, kDraining, kStopped };

  void EndStreams(std::chrono::milliseconds limit);
  absl::Status Drain();
  void UpdateOverallHealth();
  bool Idle() const;

  const ServerOptions options_;
  const telemetry::Logger logger_;
  std::unique_ptr<Runtime> runtime_;
  std::vector<grpc::Service*> services_;
  grpc::CallbackGenericService* generic_service_ = nullptr;
  std::shared_ptr<grpc::Server> server_;
  int port_ = 0;

  mutable std::mutex mutex_;  // state_, serving_
  State state_ = State::kMade;
  std::map<std::string, bool, std::less<>> serving_;

  std::mutex stop_mutex_;  // held while stopping
  absl::Status stop_result_;
};

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_SERVER_H_
