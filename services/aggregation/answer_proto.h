// Answers to the wire.
#ifndef OUTLAY_SERVICES_AGGREGATION_ANSWER_PROTO_H_
#define OUTLAY_SERVICES_AGGREGATION_ANSWER_PROTO_H_

#include "outlay/aggregation/v1/aggregation_service.pb.h"
#include "services/aggregation/aggregate.h"

namespace outlay::aggregation {

// Fills in results, next_page_token and stamp. `hash` is HashForPages of the request.
void WriteAnswer(const Answer& answer, uint64_t hash, v1::AggregateResponse& response);

void WriteWarning(const Warning& warning, v1::CellWarning& message);

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_ANSWER_PROTO_H_
