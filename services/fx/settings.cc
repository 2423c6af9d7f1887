#include "services/fx/settings.h"

#include "services/common/config/server_settings.h"

namespace outlay::fx {

config::Table FxSettings() {
  return config::Concat(
      config::ServerSettings(kDefaultPort),
      {config::StringSetting("data-dir", "data/fx",
                             "directory of the journal, one a service; made when missing"),
       config::StringSetting("default-provider", "ecb",
                             "whose rates are used where a request names no provider")});
}

}  // namespace outlay::fx
