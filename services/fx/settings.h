#ifndef OUTLAY_SERVICES_FX_SETTINGS_H_
#define OUTLAY_SERVICES_FX_SETTINGS_H_

#include "services/common/config/setting.h"

namespace outlay::fx {

inline constexpr int kDefaultPort = 7402;

// Every server's settings, a journal's, a feed's, and default-provider and suspicious-move-percent.
config::Table FxSettings();

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_SETTINGS_H_
