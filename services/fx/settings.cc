#include "services/fx/settings.h"

#include "services/common/config/server_settings.h"
#include "services/common/feed/options.h"
#include "services/common/journal/settings.h"

namespace outlay::fx {

config::Table FxSettings() {
  return config::Concat(
      config::Concat(
          config::Concat(config::ServerSettings(kDefaultPort), journal::JournalSettings("data/fx")),
          feed::FeedSettings()),
      {config::StringSetting("default-provider", "ecb",
                             "whose rates are used where a request names no provider"),
       config::IntegerSetting("suspicious-move-percent", 20, 0, 1'000'000,
                              "a reference rate that moves by more than so many percent against "
                              "its neighbours by date is flagged, and held unless its provider is "
                              "trusted; 0 flags none")});
}

}  // namespace outlay::fx
