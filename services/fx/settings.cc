#include "services/fx/settings.h"

#include "services/common/config/server_settings.h"

namespace outlay::fx {

config::Table FxSettings() {
  return config::Concat(
      config::ServerSettings(kDefaultPort),
      {config::StringSetting("data-dir", "data/fx",
                             "directory of the journal, one a service; made when missing"),
       config::BoolSetting(
           "accept-missing-head", false,
           "start although the journal's head file is missing or damaged, after restoring or "
           "copying the database on purpose: the end of the database is then taken as it is"),
       config::StringSetting("default-provider", "ecb",
                             "whose rates are used where a request names no provider")});
}

}  // namespace outlay::fx
