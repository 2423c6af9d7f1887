#include "services/aggregation/settings.h"

#include "services/common/config/server_settings.h"

namespace outlay::aggregation {

config::Table AggregationSettings() {
  return config::Concat(
      config::ServerSettings(kDefaultPort),
      {config::StringSetting("ingest-address", "127.0.0.1:7401",
                             "the ingest service to follow, as gRPC names targets"),
       config::DurationSetting("resubscribe-max-backoff-ms", 5'000, 1, 600'000,
                               "longest wait before following ingest again after an end"),
       config::DurationSetting("stale-after-ms", 30'000, 1, 86'400'000,
                               "without news from ingest for longer, answers say PARTIAL")});
}

}  // namespace outlay::aggregation
