// Requests from the wire.
#ifndef OUTLAY_SERVICES_AGGREGATION_QUESTION_PROTO_H_
#define OUTLAY_SERVICES_AGGREGATION_QUESTION_PROTO_H_

#include "absl/status/statusor.h"
#include "outlay/aggregation/v1/aggregation_service.pb.h"
#include "services/aggregation/aggregate.h"
#include "services/common/time/instant.h"

namespace outlay::aggregation {

// Reads and checks a request, defaults filled in. INVALID_ARGUMENT with the path of the wrong field
// ("queries[0].periods[1].label"); OUT_OF_RANGE (NOW_TO_COME) for a now later than `clock`; UNIMPLEMENTED (NOT_BUILT_YET) for calendarization.
absl::StatusOr<Question> ReadQuestion(const v1::AggregateRequest& request, time::Instant clock);

// Of everything that must stay as it was from page to page.
uint64_t HashForPages(const v1::AggregateRequest& request);

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_QUESTION_PROTO_H_
