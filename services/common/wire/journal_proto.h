// outlay.journal.v1 on the wire and in the domain. Used by the wire layer of every service.
#ifndef OUTLAY_SERVICES_COMMON_WIRE_JOURNAL_PROTO_H_
#define OUTLAY_SERVICES_COMMON_WIRE_JOURNAL_PROTO_H_

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "outlay/journal/v1/journal.pb.h"
#include "services/common/time/moment.h"

namespace outlay::wire {

// The two axes that a read is placed on. Absent: now, everything.
struct AsOf {
  std::optional<time::Moment> published;
  // At most one of:
  std::optional<uint64_t> recorded_sequence;
  std::optional<time::Instant> recorded_time;
  // What "now" is. Absent: the clock says.
  std::optional<time::Instant> now;

  // The published axis of what is published on days: `published`, else the whole day of `now`, else none.
  std::optional<time::Moment> PublishedByDay() const;
};

// Errors with the paths "published", "recorded_time" and "now": those of time::ParseDateOrInstant and FromProto(Timestamp).
absl::StatusOr<AsOf> FromProto(const journal::v1::AsOf& proto);

// What was wrong with one record of a batch. `error` is not OK.
void ToProto(const absl::Status& error, journal::v1::RecordError* proto);
// The inverse.
absl::Status FromProto(const journal::v1::RecordError& proto);

}  // namespace outlay::wire

#endif  // OUTLAY_SERVICES_COMMON_WIRE_JOURNAL_PROTO_H_
