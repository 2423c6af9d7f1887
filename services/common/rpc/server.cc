#include "services/common/rpc/server.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "grpc/grpc.h"
#include "grpc/health/v1/health.pb.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"
#include "services/common/rpc/errors.h"
#include "services/common/rpc/grpc_log.h"
#include "services/common/rpc/malformed_request.h"

namespace outlay::rpc {
namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

// Calls that were on their way when the server began to close get this long to reach their handler,
// and the ends of streams to reach their clients.
constexpr milliseconds kSettle{50};
// Streams get this long to end before connections begin to close.
constexpr milliseconds kStreamsFirst{1000};
constexpr milliseconds kPoll{5};
// For cancelled handlers to end, after the drain's time is up.
constexpr milliseconds kGrace{1000};

// gRPC switches both on for a whole process.
void EnableHealthAndReflection() {
  static std::once_flag once;
  std::call_once(once, [] {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  });
}

// Why nothing can be bound to `address`: gRPC only logs it. Best effort, for the message.
std::string WhyNotListening(const std::string& address) {
  const size_t colon = address.rfind(':');
  if (colon == std::string::npos) return "the address has no port; give host:port";
  std::string host = address.substr(0, colon);
  const std::string port = address.substr(colon + 1);
  if (host.size() >= 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  addrinfo hints{};
  hints.ai_flags = AI_PASSIVE;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int error = getaddrinfo(host.c_str(), port.c_str(), &hints, &found); error != 0) {
    return gai_strerror(error);
  }
  std::string why = "gRPC refused the address";
  const int probe = socket(found->ai_family, found->ai_socktype, found->ai_protocol);
  if (probe >= 0) {
    const int on = 1;
    setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(probe, found->ai_addr, found->ai_addrlen) != 0 || listen(probe, 1) != 0) {
      char text[128];
      why = strerror_r(errno, text, sizeof(text));
    }
    close(probe);
  }
  freeaddrinfo(found);
  return why;
}

void SetArguments(const ServerOptions& options, grpc::ServerBuilder& builder) {
  const auto set = [&builder](const char* name, int64_t value) {
    builder.AddChannelArgument(name, static_cast<int>(value));
  };
  builder.SetMaxReceiveMessageSize(static_cast<int>(options.max_message_bytes));
  builder.SetMaxSendMessageSize(static_cast<int>(options.max_message_bytes));
  // Otherwise a second server on the port would start, and get half of the connections.
  set(GRPC_ARG_ALLOW_REUSEPORT, 0);
  set(GRPC_ARG_MAX_CONCURRENT_STREAMS, options.max_calls_per_connection);
  set(GRPC_ARG_KEEPALIVE_TIME_MS, options.keepalive_time_ms);
  set(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, options.keepalive_timeout_ms);
  set(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  set(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  set(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, options.keepalive_min_client_ping_ms);
  if (options.max_connection_age_ms > 0) {
    set(GRPC_ARG_MAX_CONNECTION_AGE_MS, options.max_connection_age_ms);
    set(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, options.max_connection_age_grace_ms);
  }
}

// Closes `server` on a thread of its own, which can be waited for with a limit.
class Closing {
 public:
  static std::shared_ptr<Closing> Begin(std::shared_ptr<grpc::Server> server, Executor& executor,
                                        Clock::time_point deadline) {
    auto closing = std::make_shared<Closing>();
    closing->thread_ = std::thread([closing, server = std::move(server), &executor, deadline] {
      server->Shutdown(deadline);
      executor.Shutdown();
      const std::lock_guard<std::mutex> lock(closing->mutex_);
      closing->done_ = true;
      closing->changed_.notify_all();
    });
    return closing;
  }

  bool WaitFor(milliseconds time) {
    std::unique_lock<std::mutex> lock(mutex_);
    return changed_.wait_for(lock, time, [this] { return done_; });
  }

  void Join() { thread_.join(); }
  void Detach() { thread_.detach(); }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace

ServerOptions ServerOptionsFrom(const config::Settings& settings) {
  ServerOptions options;
  options.listen_address = settings.String("listen-address");
  options.runtime.max_concurrent_calls = settings.Integer("max-concurrent-calls");
  options.runtime.max_concurrent_streams = settings.Integer("max-concurrent-streams");
  options.runtime.default_deadline_ms = settings.DurationMs("default-deadline-ms");
  options.runtime.max_deadline_ms = settings.DurationMs("max-deadline-ms");
  options.runtime.worker_threads = settings.Integer("worker-threads");
  options.runtime.worker_queue_limit = settings.Integer("worker-queue-limit");
  options.max_message_bytes = settings.Integer("max-message-bytes");
  options.max_calls_per_connection = settings.Integer("max-calls-per-connection");
  options.drain_ms = settings.DurationMs("drain-ms");
  options.drain_timeout_ms = settings.DurationMs("drain-timeout-ms");
  options.keepalive_time_ms = settings.DurationMs("keepalive-time-ms");
  options.keepalive_timeout_ms = settings.DurationMs("keepalive-timeout-ms");
  options.keepalive_min_client_ping_ms = settings.DurationMs("keepalive-min-client-ping-ms");
  options.max_connection_age_ms = settings.DurationMs("max-connection-age-ms");
  options.max_connection_age_grace_ms = settings.DurationMs("max-connection-age-grace-ms");
  return options;
}

Server::Server(ServerOptions options, telemetry::Logger logger)
    : options_(std::move(options)),
      logger_(std::move(logger)),
      runtime_(std::make_unique<Runtime>(options_.runtime, logger_)) {}

Server::~Server() {
  // Handlers that outlived the drain still use the runtime: it is left to them.
  if (!Stop().ok()) (void)runtime_.release();
}

void Server::AddService(grpc::Service& service, std::string_view health_name, bool serving) {
  services_.push_back(&service);
  serving_.emplace(health_name, serving);
}

void Server::SetGenericService(grpc::CallbackGenericService& service) {
  generic_service_ = &service;
}

absl::Status Server::Start() {
  EnableHealthAndReflection();
  // Referring to it links the descriptor in, so that reflection can describe the health service.
  (void)grpc::health::v1::HealthCheckRequest::descriptor();
  grpc::ServerBuilder builder;
  SetArguments(options_, builder);
  builder.AddListeningPort(options_.listen_address, grpc::InsecureServerCredentials(), &port_);
  for (grpc::Service* const service : services_) builder.RegisterService(service);
  std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> interceptors;
  interceptors.push_back(NameMalformedRequests(logger_));
  builder.experimental().SetInterceptorCreators(std::move(interceptors));
  if (generic_service_ != nullptr) builder.RegisterCallbackGenericService(generic_service_);
  {
    // That it cannot listen is said below, in words.
    const QuietGrpcErrors quiet;
    server_ = builder.BuildAndStart();
  }
  if (server_ == nullptr || port_ == 0) {
    server_.reset();
    return CannotListen(options_.listen_address, WhyNotListening(options_.listen_address));
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  state_ = State::kStarted;
  for (const auto& [name, serving] : serving_) {
    server_->GetHealthCheckService()->SetServingStatus(name, serving);
  }
  UpdateOverallHealth();
  return absl::OkStatus();
}

std::string Server::address() const {
  const std::string host = options_.listen_address.substr(0, options_.listen_address.rfind(':'));
  return fmt::format("{}:{}", host, port_);
}

void Server::SetServing(std::string_view health_name, bool serving) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (state_ == State::kDraining || state_ == State::kStopped) return;
  serving_.insert_or_assign(std::string(health_name), serving);
  if (state_ != State::kStarted) return;
  server_->GetHealthCheckService()->SetServingStatus(std::string(health_name), serving);
  UpdateOverallHealth();
}

void Server::UpdateOverallHealth() {
  const bool all = std::all_of(serving_.begin(), serving_.end(),
                               [](const auto& service) { return service.second; });
  server_->GetHealthCheckService()->SetServingStatus("", all);
}

bool Server::Idle() const {
  return runtime_->gate().in_flight() == 0 && runtime_->streams().size() == 0;
}

absl::Status Server::Stop() {
  const std::lock_guard<std::mutex> stopping(stop_mutex_);
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (state_ == State::kStopped) return stop_result_;
    if (state_ == State::kMade) {
      state_ = State::kStopped;
      return stop_result_;
    }
    state_ = State::kDraining;
    server_->GetHealthCheckService()->Shutdown();
  }
  stop_result_ = Drain();
  const std::lock_guard<std::mutex> lock(mutex_);
  state_ = State::kStopped;
  return stop_result_;
}

// A connection that gRPC closes while something of its client's is unread (a window update, a ping)
// is reset, and the client loses what is still on its way: the last acknowledgements, and the error
// that says how far the stream got. So streams end while the connections are open.
void Server::EndStreams(std::chrono::milliseconds limit) {
  const SteadyClock::time_point begin = SteadyClock::now();
  const bool any = runtime_->streams().size() > 0;
  runtime_->streams().DrainAll();
  while (runtime_->streams().size() > 0 && SteadyClock::now() < begin + limit) {
    std::this_thread::sleep_for(kPoll);
  }
  if (any) std::this_thread::sleep_for(std::min(kSettle, limit));
}

absl::Status Server::Drain() {
  logger_.Info("draining", {{"in_flight", runtime_->gate().in_flight()},
                            {"streams", runtime_->streams().size()}});
  std::this_thread::sleep_for(milliseconds(options_.drain_ms));
  const milliseconds time(options_.drain_timeout_ms);
  const SteadyClock::time_point begin = SteadyClock::now();
  const Clock::time_point deadline = Clock::now() + time;
  EndStreams(std::min(kStreamsFirst, time));
  const auto closing = Closing::Begin(server_, runtime_->executor(), deadline);
  bool done = closing->WaitFor(std::min(kSettle, time));
  while (!done && SteadyClock::now() < begin + time + kGrace) {
    // What is left then is gRPC's own: health watches and reflection streams end only when
    // cancelled.
    if (Idle()) grpc_server_cancel_all_calls(server_->c_server());
    done = closing->WaitFor(kPoll);
  }
  if (!done) {
    closing->Detach();
    const absl::Status result = DrainTimedOut(options_.drain_timeout_ms);
    logger_.Error("drain timed out", {{"in_flight", runtime_->gate().in_flight()},
                                      {"streams", runtime_->streams().size()}});
    return result;
  }
  closing->Join();
  server_.reset();
  if (SteadyClock::now() >= begin + time) {
    logger_.Warning("drained, after cancelling the calls left at the end of drain-timeout-ms");
  } else {
    logger_.Info("drained");
  }
  return absl::OkStatus();
}

}  // namespace outlay::rpc
