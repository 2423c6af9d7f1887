// A server in the test's process, with the tests' service on it, and a client.
#ifndef OUTLAY_TESTS_COMMON_RPC_TEST_SERVER_H_
#define OUTLAY_TESTS_COMMON_RPC_TEST_SERVER_H_

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "services/common/rpc/server.h"
#include "tests/common/rpc/echo.grpc.pb.h"
#include "tests/common/rpc/echo_service.h"

namespace outlay::rpc::testing {

// Port chosen by the system, no wait before closing.
ServerOptions QuickOptions();

// Lines of a log, kept.
class LogLines {
 public:
  telemetry::Logger logger();
  std::vector<std::string> Get() const;
  // Those that contain `text`.
  std::vector<std::string> With(std::string_view text) const;

 private:
  struct Shared {
    std::mutex mutex;
    std::vector<std::string> lines;
  };
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
};

class TestServer {
 public:
  explicit TestServer(const ServerOptions& options = QuickOptions());
  ~TestServer();

  // Aborts where it cannot listen.
  void Start();

  Server& server() { return *server_; }
  EchoServiceImpl& service() { return *service_; }
  LogLines& log() { return log_; }
  EchoService::Stub& stub() { return *stub_; }
  std::shared_ptr<grpc::Channel> channel() { return channel_; }
  std::string target() const;

 private:
  LogLines log_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<EchoServiceImpl> service_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<EchoService::Stub> stub_;
};

EchoRequest Request(std::string_view text, int count = 0);

// A blocking Echo call. The response's text, where `status` is OK.
struct Reply {
  grpc::Status status;
  std::string text;
};
Reply CallEcho(EchoService::Stub& stub, std::string_view text);
Reply CallEcho(EchoService::Stub& stub, grpc::ClientContext& context, std::string_view text);

}  // namespace outlay::rpc::testing

#endif  // OUTLAY_TESTS_COMMON_RPC_TEST_SERVER_H_
