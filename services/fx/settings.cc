#include "services/fx/settings.h"

#include "services/common/config/server_settings.h"
#include "services/common/journal/settings.h"

namespace outlay::fx {

config::Table FxSettings() {
  return config::Concat(
      config::Concat(config::ServerSettings(kDefaultPort), journal::JournalSettings("data/fx")),
      {config::StringSetting("default-provider", "ecb",
                             "whose rates are used where a request names no provider")});
}

}  // namespace outlay::fx
