#include "tests/common/rpc/test_server.h"

#include <cstdio>
#include <cstdlib>

#include "grpcpp/create_channel.h"
#include "services/common/status/text.h"

namespace outlay::rpc::testing {

ServerOptions QuickOptions() {
  ServerOptions options;
  options.drain_ms = 0;
  return options;
}

telemetry::Logger LogLines::logger() {
  return telemetry::Logger::ToSink({.level = telemetry::Level::kDebug},
                                   [shared = shared_](std::string_view line) {
                                     const std::lock_guard<std::mutex> lock(shared->mutex);
                                     shared->lines.emplace_back(line);
                                   });
}

std::vector<std::string> LogLines::Get() const {
  const std::lock_guard<std::mutex> lock(shared_->mutex);
  return shared_->lines;
}

std::vector<std::string> LogLines::With(std::string_view text) const {
  std::vector<std::string> found;
  for (const std::string& line : Get()) {
    if (line.find(text) != std::string::npos) found.push_back(line);
  }
  return found;
}

TestServer::TestServer(const ServerOptions& options)
    : server_(std::make_unique<Server>(options, log_.logger())),
      service_(std::make_unique<EchoServiceImpl>(server_->runtime())) {
  server_->AddService(*service_, kHealthName);
}

TestServer::~TestServer() { (void)server_->Stop(); }

void TestServer::Start() {
  if (const absl::Status started = server_->Start(); !started.ok()) {
    fmt::print(stderr, "{}\n", FromAbsl(started.message()));
    std::abort();
  }
  grpc::ChannelArguments arguments;
  // Servers of several tests may get one port after another: no connection is shared.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  channel_ = grpc::CreateCustomChannel(target(), grpc::InsecureChannelCredentials(), arguments);
  stub_ = EchoService::NewStub(channel_);
}

std::string TestServer::target() const { return server_->address(); }

EchoRequest Request(std::string_view text, int count) {
  EchoRequest request;
  request.set_text(std::string(text));
  request.set_count(count);
  return request;
}

Reply CallEcho(EchoService::Stub& stub, grpc::ClientContext& context, std::string_view text) {
  EchoResponse response;
  Reply reply;
  reply.status = stub.Echo(&context, Request(text), &response);
  reply.text = response.text();
  return reply;
}

Reply CallEcho(EchoService::Stub& stub, std::string_view text) {
  grpc::ClientContext context;
  return CallEcho(stub, context, text);
}

}  // namespace outlay::rpc::testing
