// The list of forwarded methods, held against the contracts.
#include "gateway/backends_client.h"

#include <map>
#include <set>
#include <string>

#include "gateway/settings.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "services/common/config/settings.h"
#include "services/common/status/error.h"

namespace outlay::gateway::testing {
namespace {

absl::StatusOr<Backends> BackendsWith(const std::map<std::string, std::string>& values) {
  absl::StatusOr<config::Settings> settings = config::Settings::Make(GatewaySettings(), values);
  if (!settings.ok()) return settings.status();
  return MakeBackends(*settings);
}

// "package.Service/Method" to the service's short name, of every method of the three contracts.
std::map<std::string, std::string> MethodsOfTheContracts() {
  std::map<std::string, std::string> methods;
  const google::protobuf::DescriptorPool& pool =
      *google::protobuf::DescriptorPool::generated_pool();
  for (const auto& [name, full_name] : std::map<std::string, std::string>{
           {"ingest", "outlay.ingest.v1.IngestService"},
           {"fx", "outlay.fx.v1.FxService"},
           {"aggregation", "outlay.aggregation.v1.AggregationService"}}) {
    const google::protobuf::ServiceDescriptor* service = pool.FindServiceByName(full_name);
    if (service == nullptr) {
      ADD_FAILURE() << full_name << " is not linked in";
      continue;
    }
    for (int i = 0; i < service->method_count(); ++i)
      methods[full_name + "/" + service->method(i)->name()] = name;
  }
  return methods;
}

TEST(Backends, ForwardEveryMethodOfTheThreeContractsAndNoOther) {
  const absl::StatusOr<Backends> backends = BackendsWith({});
  ASSERT_TRUE(backends.ok()) << backends.status();
  std::map<std::string, std::string> routes;
  for (const rpc::Route& route : backends->routes) {
    EXPECT_TRUE(routes.emplace(route.method, route.service).second) << route.method;
    EXPECT_NE(route.channel, nullptr) << route.method;
  }
  EXPECT_EQ(routes, MethodsOfTheContracts());
}

TEST(Backends, ShareOneChannelAService) {
  const absl::StatusOr<Backends> backends = BackendsWith({});
  ASSERT_TRUE(backends.ok()) << backends.status();
  std::map<std::string, std::set<grpc::Channel*>> channels;
  for (const rpc::Route& route : backends->routes)
    channels[route.service].insert(route.channel.get());
  ASSERT_EQ(channels.size(), 3u);
  for (const auto& [service, of_service] : channels) EXPECT_EQ(of_service.size(), 1u) << service;
}

TEST(Backends, AnAddressThatIsNoneIsRefusedAtTheStart) {
  const absl::StatusOr<Backends> backends = BackendsWith({{"fx-address", "fx port 7402"}});
  ASSERT_FALSE(backends.ok());
  EXPECT_EQ(backends.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(GetErrorDetail(backends.status()).reason, "BAD_TARGET");
}

}  // namespace
}  // namespace outlay::gateway::testing
