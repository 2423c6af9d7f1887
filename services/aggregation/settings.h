// The settings of outlay-aggregation.
#ifndef OUTLAY_SERVICES_AGGREGATION_SETTINGS_H_
#define OUTLAY_SERVICES_AGGREGATION_SETTINGS_H_

#include "services/common/config/setting.h"

namespace outlay::aggregation {

inline constexpr int kDefaultPort = 7403;

// Those of every server, and: ingest-address, resubscribe-max-backoff-ms, stale-after-ms.
config::Table AggregationSettings();

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_SETTINGS_H_
