// How a journal is fed to subscribers.
#ifndef OUTLAY_SERVICES_COMMON_FEED_OPTIONS_H_
#define OUTLAY_SERVICES_COMMON_FEED_OPTIONS_H_

#include <chrono>
#include <cstddef>

#include "services/common/config/setting.h"
#include "services/common/config/settings.h"

namespace outlay::feed {

struct Options {
  std::chrono::milliseconds heartbeat{5'000};
  size_t batch_records_max = 1'000;
  size_t batch_bytes_max = size_t{1} << 20;
};

// heartbeat-ms, feed-batch-records, feed-batch-bytes.
config::Table FeedSettings();

// Of these settings and max-message-bytes, which a batch stays below.
Options OptionsFrom(const config::Settings& settings);

}  // namespace outlay::feed

#endif  // OUTLAY_SERVICES_COMMON_FEED_OPTIONS_H_
