#include "services/common/config/known_names.h"

#include <algorithm>
#include <regex>

#include "services/common/config/server_settings.h"

namespace outlay::config {
namespace {

// Variables of tools, tests and the command line, which are not settings of a server.
constexpr const char* kToolVariables[] = {
    "OUTLAY_BUILD_DIR",       "OUTLAY_GATEWAY",      "OUTLAY_GRPCURL",
    "OUTLAY_GRPCURL_MISSING", "OUTLAY_JOBS",         "OUTLAY_POSTGRES_MISSING",
    "OUTLAY_POSTGRES_PARENT", "OUTLAY_POSTGRES_URL", "OUTLAY_SHARED_DATA",
    "OUTLAY_SOAK_ROUNDS",     "OUTLAY_SOAK_SEED",    "OUTLAY_SOURCE_DIR"};

// Settings of single programs; the common ones are those of ServerSettings.
constexpr const char* kOwnSettings[] = {
    "accept-missing-head",
    "aggregation-address",
    "data-dir",
    "default-provider",
    "feed-batch-bytes",
    "feed-batch-records",
    "fx-address",
    "heartbeat-ms",
    "ingest-address",
    "minimum-sequence-wait-ms",
    "part-timeout-ms",
    "resubscribe-max-backoff-ms",
    "stale-after-ms",
    "store",
    "store-follow-ms",
    "store-retry-ms",
    "suspicious-move-percent",
};

// What Kubernetes injects for a Service named outlay-…: the links of a namespace's services.
bool IsKubernetesLink(std::string_view variable, std::string_view value) {
  const std::regex pattern(
      "OUTLAY_[A-Z0-9_]+_"
      "(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_[0-9]+_(TCP|UDP)(_(PROTO|PORT|ADDR))?)");
  if (std::regex_match(variable.begin(), variable.end(), pattern)) return true;
  // OUTLAY_FX_PORT=tcp://10.0.0.7:7402 is a link, OUTLAY_FX_PORT=7402 somebody's mistake.
  const bool is_url = value.starts_with("tcp://") || value.starts_with("udp://");
  return is_url && variable.starts_with("OUTLAY_") && variable.ends_with("_PORT") &&
         variable.size() > std::string_view("OUTLAY__PORT").size();
}

}  // namespace

std::vector<std::string> KnownSettingNames() {
  std::vector<std::string> names(std::begin(kOwnSettings), std::end(kOwnSettings));
  for (const Setting& setting : ServerSettings(0)) names.push_back(setting.name);
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> NamesMissingFromKnown(const Table& table) {
  const std::vector<std::string> known = KnownSettingNames();
  std::vector<std::string> missing;
  for (const Setting& setting : table) {
    if (!std::binary_search(known.begin(), known.end(), setting.name)) {
      missing.push_back(setting.name);
    }
  }
  return missing;
}

std::vector<std::string> KnownVariables() {
  std::vector<std::string> variables(std::begin(kToolVariables), std::end(kToolVariables));
  for (const std::string& name : KnownSettingNames()) variables.push_back(EnvironmentName(name));
  return variables;
}

bool IsKnownVariable(std::string_view variable, std::string_view value) {
  const std::vector<std::string> known = KnownVariables();
  return std::find(known.begin(), known.end(), variable) != known.end() ||
         IsKubernetesLink(variable, value);
}

}  // namespace outlay::config
