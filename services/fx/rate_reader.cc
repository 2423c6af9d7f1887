#include "services/fx/rate_reader.h"

#include <algorithm>
#include <utility>

#include "services/common/status/error.h"
#include "services/common/time/asked_now.h"
#include "services/fx/errors.h"

namespace outlay::fx {

RateReader::RateReader(journal::Journal& journal, const RateProjection& projection,
                       const time::Clock& clock, std::string default_provider)
    : journal_(journal),
      projection_(projection),
      clock_(clock),
      default_provider_(std::move(default_provider)) {}

absl::StatusOr<Snapshot> RateReader::At(const AsOf& as_of, uint64_t minimum_sequence) const {
  ASSIGN_OR_RETURN(const time::Instant now, time::NowFor(as_of.now, clock_.Now()));
  Snapshot snapshot{.book = projection_.Book(), .reading = {}};
  const uint64_t head = snapshot.book->sequence();
  if (minimum_sequence > head) return BehindMinimum(minimum_sequence, head);
  snapshot.reading.sequence = head;
  if (as_of.recorded_sequence) {
    if (*as_of.recorded_sequence > head) return SequenceAhead(*as_of.recorded_sequence, head);
    snapshot.reading.sequence = *as_of.recorded_sequence;
  } else if (as_of.recorded_time) {
    ASSIGN_OR_RETURN(const std::optional<uint64_t> sequence,
                     journal_.SequenceAt(*as_of.recorded_time));
    snapshot.reading.sequence = std::min(head, sequence.value_or(0));
  }
  const bool ends_now = !as_of.published || as_of.published->instant > now;
  snapshot.reading.published = ends_now ? now : as_of.published->instant;
  if (ends_now) snapshot.now = now;
  return snapshot;
}

}  // namespace outlay::fx
