// The settings of outlay-ingest.
#ifndef OUTLAY_SERVICES_INGEST_SETTINGS_H_
#define OUTLAY_SERVICES_INGEST_SETTINGS_H_

#include "services/common/config/setting.h"

namespace outlay::ingest {

inline constexpr int kDefaultPort = 7401;

// Those of every server and of a journal, and: minimum-sequence-wait-ms, heartbeat-ms, feed-batch-records, feed-batch-bytes.
config::Table IngestSettings();

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_SETTINGS_H_
