// Where a read stands on the two axes of time.
#ifndef OUTLAY_SERVICES_INGEST_AS_OF_H_
#define OUTLAY_SERVICES_INGEST_AS_OF_H_

#include <cstdint>
#include <optional>

#include "services/common/time/moment.h"

namespace outlay::ingest {

// As a client asks.
struct AsOfInput {
  std::optional<time::Moment> published;
  std::optional<uint64_t> recorded_sequence;
  std::optional<time::Instant> recorded_time;
};

// Resolved.
struct AsOf {
  uint64_t sequence = 0;  // entries up to and including it
  std::optional<time::Instant>
      published;  // only what was published at or before it; nullopt: everything
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_AS_OF_H_
