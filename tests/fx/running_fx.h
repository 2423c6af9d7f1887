// The real service in this process: on a port of its own, with its journal in a fresh directory.
#ifndef OUTLAY_TESTS_FX_RUNNING_FX_H_
#define OUTLAY_TESTS_FX_RUNNING_FX_H_

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "google/protobuf/text_format.h"
#include "grpcpp/create_channel.h"
#include "gtest/gtest.h"
#include "outlay/fx/v1/fx_service.grpc.pb.h"
#include "services/common/rpc/error_mapping.h"
#include "services/common/rpc/run_server.h"
#include "services/common/status/error.h"
#include "services/common/time/clock.h"
#include "services/fx/fx_module.h"
#include "services/fx/settings.h"

namespace outlay::fx {

class RunningFx {
 public:
  static constexpr std::string_view kNow = "2026-06-01T12:00:00Z";

  using Values = std::map<std::string, std::string>;

  // `settings` beside those that a test needs anyway.
  explicit RunningFx(Values settings = {}) : own_settings_(std::move(settings)) {
    const testing::TestInfo* const test = testing::UnitTest::GetInstance()->current_test_info();
    std::string pattern =
        (std::filesystem::temp_directory_path() / (std::string("fx-") + test->name() + "-XXXXXX"))
            .string();
    directory_ = mkdtemp(pattern.data());
    Start();
  }
  ~RunningFx() {
    Stop();
    std::filesystem::remove_all(directory_);
  }
  RunningFx(const RunningFx&) = delete;
  RunningFx& operator=(const RunningFx&) = delete;

  void Restart() {
    Stop();
    Start();
  }

  void Stop() {
    stub_.reset();
    if (running_ == nullptr) return;
    EXPECT_TRUE(running_->Stop().ok());
    running_.reset();
  }

  // Its own stays usable while the server stops.
  std::shared_ptr<grpc::Channel> Connect() const {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(64 << 20);
    return grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(running_->server().port()),
                                     grpc::InsecureChannelCredentials(), arguments);
  }

  v1::FxService::Stub& stub() { return *stub_; }

  // The server's clock stands at kNow until then.
  void SetNow(std::string_view instant) { clock_->Set(time::ParseInstant(instant).value()); }

  // The lines of warnings and errors that the server has logged.
  std::vector<std::string> Logged() const {
    const std::lock_guard lock(log_->mutex);
    return log_->lines;
  }

  // The response, or its error as a client reads it.
  template <class Request, class Response>
  absl::StatusOr<Response> Call(grpc::Status (v1::FxService::Stub::*method)(grpc::ClientContext*,
                                                                            const Request&,
                                                                            Response*),
                                const Request& request) {
    grpc::ClientContext context;
    Response response;
    const grpc::Status status = (*stub_.*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpcStatus(status);
    return response;
  }

 private:
  struct Log {
    std::mutex mutex;
    std::vector<std::string> lines;
  };

  void Start() {
    Values given = {
        {"listen-address", "127.0.0.1:0"}, {"data-dir", directory_ + "/data"}, {"drain-ms", "0"}};
    given.insert(own_settings_.begin(), own_settings_.end());
    const auto settings = config::Settings::Make(FxSettings(), given);
    ASSERT_TRUE(settings.ok()) << settings.status();
    auto clock = std::make_unique<time::FakeClock>(time::ParseInstant(kNow).value());
    clock_ = clock.get();
    auto running = rpc::RunningServer::Start(
        *settings,
        [&clock](
            const config::Settings& values, rpc::Server& server,
            const telemetry::Logger& logger) -> absl::StatusOr<std::unique_ptr<rpc::Application>> {
          ASSIGN_OR_RETURN(std::unique_ptr<rpc::Application> module,
                           FxModule::Create(values, server, logger, std::move(clock)));
          return module;
        },
        telemetry::Logger::ToSink({.level = telemetry::Level::kWarning},
                                  [log = log_](std::string_view line) {
                                    const std::lock_guard lock(log->mutex);
                                    log->lines.emplace_back(line);
                                  }));
    ASSERT_TRUE(running.ok()) << running.status();
    running_ = *std::move(running);
    stub_ = v1::FxService::NewStub(Connect());
  }

  const Values own_settings_;
  const std::shared_ptr<Log> log_ = std::make_shared<Log>();
  std::string directory_;
  time::FakeClock* clock_ = nullptr;  // the module's
  std::unique_ptr<rpc::RunningServer> running_;
  std::unique_ptr<v1::FxService::Stub> stub_;
};

// A message from its text format.
template <class Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

}  // namespace outlay::fx

#endif  // OUTLAY_TESTS_FX_RUNNING_FX_H_
