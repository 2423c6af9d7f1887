// The settings that every server has.
#ifndef OUTLAY_SERVICES_COMMON_CONFIG_SERVER_SETTINGS_H_
#define OUTLAY_SERVICES_COMMON_CONFIG_SERVER_SETTINGS_H_

#include "services/common/config/setting.h"

namespace outlay::config {

// listen-address (default 127.0.0.1:<default_port>), message, call and stream limits, deadlines,
// drain, workers, log, keepalive and connection age. A server appends its own.
Table ServerSettings(int default_port);

// Both tables in one, in order.
Table Concat(Table first, const Table& second);

}  // namespace outlay::config

#endif  // OUTLAY_SERVICES_COMMON_CONFIG_SERVER_SETTINGS_H_
