// A server program as the real ones are. It prints a line when it listens, and one when Echo or
// Subscribe is being handled.
#include <chrono>
#include <cstdio>
#include <memory>
#include <thread>

#include "fmt/format.h"
#include "services/common/config/server_settings.h"
#include "services/common/rpc/run_server.h"
#include "tests/common/rpc/echo_service.h"

namespace outlay::rpc::testing {
namespace {

void Say(const std::string& line) {
  fmt::print("{}\n", line);
  std::fflush(stdout);
}

class ChildApplication final : public Application {
 public:
  explicit ChildApplication(Server& server) : server_(server), service_(server.runtime()) {
    service_.handler = [](const CallContext&, const EchoRequest& request, EchoResponse& response) {
      Say("handling");
      // Long enough for the signal to arrive meanwhile.
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      response.set_text(request.text());
      return absl::OkStatus();
    };
    service_.on_subscribe = [](const std::shared_ptr<Subscription>& stream) {
      stream->Send("first");
      Say("handling");
    };
    server.AddService(service_, kHealthName);
  }

  absl::Status Started() override {
    Say("listening " + server_.address());
    return absl::OkStatus();
  }

  absl::Status Close() override {
    Say("closed");
    return absl::OkStatus();
  }

 private:
  Server& server_;
  EchoServiceImpl service_;
};

absl::StatusOr<std::unique_ptr<Application>> MakeChild(const config::Settings&, Server& server,
                                                       const telemetry::Logger&) {
  return std::make_unique<ChildApplication>(server);
}

}  // namespace
}  // namespace outlay::rpc::testing

int main(int argc, char** argv) {
  return outlay::rpc::RunServer(argc, argv,
                                {.name = "rpc-test-child",
                                 .summary = "Serves the tests of signals.",
                                 .version = "1.0.0",
                                 .table = outlay::config::ServerSettings(0)},
                                outlay::rpc::testing::MakeChild);
}
