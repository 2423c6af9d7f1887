#include "gateway/backends_client.h"

#include <string>
#include <string_view>

#include "services/common/rpc/channel.h"
#include "services/common/status/error.h"

namespace outlay::gateway {
namespace {

struct ForwardedMethod {
  std::string_view name;
  bool idempotent;  // safe to send again, so that it is retried on UNAVAILABLE
};

struct ForwardedService {
  std::string_view service;  // for errors and logs
  std::string_view full_name;
  std::vector<ForwardedMethod> methods;
};

// The list is explicit: what is not here is not reachable through the gateway. Writes are safe to send again where they carry a request
// id, which the gateway cannot know, so their senders retry them.
const std::vector<ForwardedService>& ForwardedServices() {
  static const std::vector<ForwardedService> services = {
      {"ingest",
       "outlay.ingest.v1.IngestService",
       {{"RecordDisclosures", false},
        {"StreamDisclosures", false},
        {"CorrectDisclosure", false},
        {"VoidDisclosure", false},
        {"GetDisclosure", true},
        {"BatchGetDisclosures", true},
        {"ListDisclosures", true},
        {"ListDisclosureHistory", true},
        {"RedactSource", false},
        {"UpsertOrganizations", false},
        {"GetOrganization", true},
        {"ListOrganizations", true},
        {"UpsertGroups", false},
        {"GetGroup", true},
        {"ListGroups", true},
        {"ListMeasures", true},
        {"SubscribeChanges", false}}},
      {"fx",
       "outlay.fx.v1.FxService",
       {{"RecordRates", false},
        {"StreamRates", false},
        {"ConvertMoney", true},
        {"BatchConvert", true},
        {"StreamConvert", false},
        {"GetRate", true},
        {"BatchGetRates", true},
        {"ListRates", true},
        {"GetCoverage", true},
        {"ListCurrencies", true},
        {"ListProviders", true},
        {"ListFlaggedRates", true},
        {"ReleaseRate", false},
        {"SubscribeRates", false}}},
      {"aggregation",
       "outlay.aggregation.v1.AggregationService",
       {{"Aggregate", true},
        {"StreamAggregate", false},
        {"WatchAggregate", false},
        {"ExplainCell", true},
        {"GetStatus", true}}},
  };
  return services;
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> Connect(const ForwardedService& service,
                                                       const config::Settings& settings) {
  rpc::ChannelOptions options{.target = settings.String(std::string(service.service) + "-address"),
                              .max_message_bytes = settings.Integer("max-message-bytes")};
  for (const ForwardedMethod& method : service.methods) {
    if (method.idempotent)
      options.idempotent_methods.push_back(std::string(service.full_name) + "/" +
                                           std::string(method.name));
  }
  return rpc::MakeChannel(options);
}

}  // namespace

absl::StatusOr<Backends> MakeBackends(const config::Settings& settings) {
  Backends backends;
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (const ForwardedService& service : ForwardedServices()) {
    ASSIGN_OR_RETURN(std::shared_ptr<grpc::Channel> channel, Connect(service, settings));
    for (const ForwardedMethod& method : service.methods) {
      backends.routes.push_back(
          {.method = std::string(service.full_name) + "/" + std::string(method.name),
           .service = std::string(service.service),
           .channel = channel});
    }
    channels.push_back(std::move(channel));
  }
  backends.ingest = ingest::v1::IngestService::NewStub(channels[0]);
  backends.fx = fx::v1::FxService::NewStub(channels[1]);
  backends.aggregation = aggregation::v1::AggregationService::NewStub(channels[2]);
  return backends;
}

}  // namespace outlay::gateway
