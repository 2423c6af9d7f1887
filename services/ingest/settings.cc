#include "services/ingest/settings.h"

#include "services/common/config/server_settings.h"
#include "services/common/journal/settings.h"

namespace outlay::ingest {

config::Table IngestSettings() {
  return config::Concat(
      config::Concat(config::ServerSettings(kDefaultPort), journal::JournalSettings("data/ingest")),
      {config::DurationSetting(
           "minimum-sequence-wait-ms", 10'000, 1, 300'000,
           "longest wait of a read for its minimum_sequence, whatever its deadline"),
       config::DurationSetting("heartbeat-ms", 5'000, 10, 3'600'000,
                               "quiet time of a feed after which it says that it is alive"),
       config::IntegerSetting("feed-batch-records", 1'000, 1, 10'000,
                              "most changes in one message of a feed"),
       config::IntegerSetting("feed-batch-bytes", 1 << 20, 1'024, 64 << 20,
                              "most bytes of changes in one message of a feed; one larger change "
                              "goes alone")});
}

}  // namespace outlay::ingest
