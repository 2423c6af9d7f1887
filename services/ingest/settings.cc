#include "services/ingest/settings.h"

#include "services/common/config/server_settings.h"
#include "services/common/feed/options.h"
#include "services/common/journal/settings.h"

namespace outlay::ingest {

config::Table IngestSettings() {
  return config::Concat(
      config::Concat(
          config::Concat(config::ServerSettings(kDefaultPort),
                         journal::JournalSettings("data/ingest")),
          {config::DurationSetting(
              "minimum-sequence-wait-ms", 10'000, 1, 300'000,
              "longest wait of a read for its minimum_sequence, whatever its deadline")}),
      feed::FeedSettings());
}

}  // namespace outlay::ingest
