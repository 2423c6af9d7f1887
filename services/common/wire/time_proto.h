// outlay.time.v1 and timestamps on the wire and in the domain. Used by the wire layer of every service.
#ifndef OUTLAY_SERVICES_COMMON_WIRE_TIME_PROTO_H_
#define OUTLAY_SERVICES_COMMON_WIRE_TIME_PROTO_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/timestamp.pb.h"
#include "outlay/time/v1/period.pb.h"
#include "services/common/time/instant.h"
#include "services/common/time/period.h"

namespace outlay::wire {

void ToProto(const time::Period& period, time::v1::Period* proto);

// A period that a client asks for or records: by its label, by both dates, or by both ways if they agree. `calendar` is the
// organization's, null where it is not known or there is none. Errors, with paths "label", "start_date", "end_date":
// those of time::ParsePeriod and ParseDate; MISSING_PERIOD; PERIOD_DISAGREES where label and dates differ.
absl::StatusOr<time::Period> FromProto(const time::v1::Period& proto,
                                       const time::FiscalCalendar* calendar);

// The inverse of ToProto, for a period that a service has stored and sends to another: fiscal labels need no calendar here.
absl::StatusOr<time::Period> StoredPeriodFromProto(const time::v1::Period& proto);

void ToProto(time::Instant instant, google::protobuf::Timestamp* proto);
// Nanoseconds are cut to microseconds. OUT_OF_RANGE values are INVALID_ARGUMENT (MALFORMED_INSTANT).
absl::StatusOr<time::Instant> FromProto(const google::protobuf::Timestamp& proto);

}  // namespace outlay::wire

#endif  // OUTLAY_SERVICES_COMMON_WIRE_TIME_PROTO_H_
