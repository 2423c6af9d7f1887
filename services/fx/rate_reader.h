#ifndef OUTLAY_SERVICES_FX_RATE_READER_H_
#define OUTLAY_SERVICES_FX_RATE_READER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "services/common/journal/journal.h"
#include "services/common/time/clock.h"
#include "services/common/time/moment.h"
#include "services/fx/rate_book.h"
#include "services/fx/rate_projection.h"

namespace outlay::fx {

// The two axes of a read; absent: now, and all that is stored.
struct AsOf {
  std::optional<time::Moment> published;
  std::optional<uint64_t> recorded_sequence;
  std::optional<time::Instant> recorded_time;  // not with recorded_sequence
  std::optional<time::Instant> now;            // in place of the clock's
};

// One state of the rates, to be read as often as one answer needs.
struct Snapshot {
  std::shared_ptr<const RateBook> book;
  Reading reading;
  std::optional<time::Instant> now;  // where the reading ends at it, not at a time that was asked
};

// Thread safe.
class RateReader {
 public:
  // All outlive it. `default_provider` is a slug.
  RateReader(journal::Journal& journal, const RateProjection& projection, const time::Clock& clock,
             std::string default_provider);

  // The rates as of then. A time of publication later than now counts as now. Takes microseconds,
  // except with a recorded_time, which reads the store.
  //
  // OUT_OF_RANGE (SEQUENCE_AHEAD, NOW_TO_COME), UNAVAILABLE (BEHIND_MINIMUM), the journal's errors.
  absl::StatusOr<Snapshot> At(const AsOf& as_of, uint64_t minimum_sequence) const;

  const std::string& default_provider() const { return default_provider_; }
  time::Instant Now() const { return clock_.Now(); }

 private:
  journal::Journal& journal_;
  const RateProjection& projection_;
  const time::Clock& clock_;
  const std::string default_provider_;
};

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_RATE_READER_H_
