#include "gateway/cli/client.h"

#include "services/common/rpc/channel.h"
#include "services/common/status/error.h"

namespace outlay::cli {

namespace {

constexpr char kGatewayAt[] = "gateway at ";

}  // namespace

std::string NameOf(const Client& client) { return kGatewayAt + client.address; }

bool IsUnreachable(const absl::Status& error) {
  const ErrorDetail detail = GetErrorDetail(error);
  const auto service = detail.metadata.find("service");
  return detail.reason == "BACKEND_UNAVAILABLE" && service != detail.metadata.end() &&
         service->second.starts_with(kGatewayAt);
}

absl::StatusOr<Client> MakeClient(const std::string& address, std::chrono::milliseconds timeout) {
  rpc::ChannelOptions options;
  options.target = address;
  // Writes too: their request ids make a second sending harmless.
  options.idempotent_methods = {
      "outlay.gateway.v1.GatewayService/GetReport",
      "outlay.gateway.v1.GatewayService/ConvertMoney",
      "outlay.ingest.v1.IngestService/RecordDisclosures",
      "outlay.ingest.v1.IngestService/UpsertOrganizations",
      "outlay.ingest.v1.IngestService/UpsertGroups",
      "outlay.ingest.v1.IngestService/ListDisclosures",
      "outlay.fx.v1.FxService/RecordRates",
      "outlay.fx.v1.FxService/ListProviders",
      "outlay.fx.v1.FxService/ListRates",
  };
  ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> channel, rpc::MakeChannel(options));
  return Client{address, timeout, gateway::v1::GatewayService::NewStub(channel),
                ingest::v1::IngestService::NewStub(channel), fx::v1::FxService::NewStub(channel)};
}

}  // namespace outlay::cli
