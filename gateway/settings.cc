#include "gateway/settings.h"

#include "services/common/config/server_settings.h"

namespace outlay::gateway {

config::Table GatewaySettings() {
  return config::Concat(
      config::ServerSettings(kDefaultPort),
      {config::StringSetting("ingest-address", "127.0.0.1:7401",
                             "where ingest listens, as a gRPC target"),
       config::StringSetting("fx-address", "127.0.0.1:7402", "where fx listens, as a gRPC target"),
       config::StringSetting("aggregation-address", "127.0.0.1:7403",
                             "where aggregation listens, as a gRPC target"),
       config::DurationSetting(
           "part-timeout-ms", 5'000, 10, 300'000,
           "how long a report waits for fx and ingest before it is given without them")});
}

}  // namespace outlay::gateway
