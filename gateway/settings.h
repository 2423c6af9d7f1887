// The gateway's settings.
#ifndef OUTLAY_GATEWAY_SETTINGS_H_
#define OUTLAY_GATEWAY_SETTINGS_H_

#include "services/common/config/setting.h"

namespace outlay::gateway {

inline constexpr int kDefaultPort = 7400;

config::Table GatewaySettings();

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_SETTINGS_H_
