#include "tests/gateway/gateway_fixture.h"

#include <chrono>

#include "gateway/gateway_module.h"
#include "gateway/settings.h"
#include "grpcpp/create_channel.h"
#include "services/common/config/settings.h"
#include "services/common/rpc/error_mapping.h"
#include "services/common/status/text.h"
#include "services/common/telemetry/logger.h"

namespace outlay::gateway::testing {
namespace {

constexpr std::chrono::seconds kPatience{60};
constexpr int kMessageBytesMax = 16 * 1024 * 1024;

}  // namespace

std::vector<std::string> Failure::fields() const {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : detail.violations) fields.push_back(violation.field);
  return fields;
}

Failure FailureOf(const grpc::Status& status) {
  const absl::Status error = rpc::FromGrpcStatus(status);
  return {error.code(), std::string(FromAbsl(error.message())), GetErrorDetail(error)};
}

std::shared_ptr<grpc::Channel> GatewayTest::channel() {
  if (gateway_ == nullptr) Start();
  return channel_;
}

v1::GatewayService::Stub& GatewayTest::gateway() {
  if (gateway_ == nullptr) Start();
  return *stub_;
}

grpc::Status GatewayTest::GetReport(const v1::GetReportRequest& request,
                                    v1::GetReportResponse& response) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kPatience);
  return gateway().GetReport(&context, request, &response);
}

v1::GetReportResponse GatewayTest::Answer(const v1::GetReportRequest& request) {
  v1::GetReportResponse response;
  const grpc::Status status = GetReport(request, response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response;
}

Failure GatewayTest::ReportFailure(const v1::GetReportRequest& request) {
  v1::GetReportResponse response;
  const grpc::Status status = GetReport(request, response);
  EXPECT_FALSE(status.ok());
  return FailureOf(status);
}

void GatewayTest::Start() {
  settings_.insert({{"listen-address", "127.0.0.1:0"},
                    {"drain-ms", "0"},
                    {"ingest-address", ingest_server_.address()},
                    {"fx-address", fx_server_.address()},
                    {"aggregation-address", aggregation_server_.address()}});
  const absl::StatusOr<config::Settings> settings =
      config::Settings::Make(GatewaySettings(), settings_);
  if (!settings.ok()) FAIL() << settings.status();
  absl::StatusOr<std::unique_ptr<rpc::RunningServer>> running =
      rpc::RunningServer::Start(*settings, MakeGateway, telemetry::Logger());
  if (!running.ok()) FAIL() << running.status();
  gateway_ = *std::move(running);
  grpc::ChannelArguments arguments;
  // Gateways of several tests may get one port after another: no connection is shared.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetMaxReceiveMessageSize(kMessageBytesMax);
  channel_ = grpc::CreateCustomChannel(gateway_->server().address(),
                                       grpc::InsecureChannelCredentials(), arguments);
  stub_ = v1::GatewayService::NewStub(channel_);
}

}  // namespace outlay::gateway::testing
