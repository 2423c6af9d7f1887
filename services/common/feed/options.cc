#include "services/common/feed/options.h"

#include <algorithm>

namespace outlay::feed {

config::Table FeedSettings() {
  return {config::DurationSetting("heartbeat-ms", 5'000, 10, 3'600'000,
                                  "quiet time of a feed after which it says that it is alive"),
          config::IntegerSetting("feed-batch-records", 1'000, 1, 10'000,
                                 "most changes in one message of a feed"),
          config::IntegerSetting("feed-batch-bytes", 1 << 20, 1'024, 64 << 20,
                                 "most bytes of changes in one message of a feed; one larger "
                                 "change goes alone")};
}

Options OptionsFrom(const config::Settings& settings) {
  // The rest is for what comes with the payloads.
  const auto bytes_max = static_cast<size_t>(settings.Integer("max-message-bytes")) / 4 * 3;
  return {.heartbeat = std::chrono::milliseconds(settings.DurationMs("heartbeat-ms")),
          .batch_records_max = static_cast<size_t>(settings.Integer("feed-batch-records")),
          .batch_bytes_max =
              std::min(static_cast<size_t>(settings.Integer("feed-batch-bytes")), bytes_max)};
}

}  // namespace outlay::feed
