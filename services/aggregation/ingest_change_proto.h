// Ingest's changes from the wire.
#ifndef OUTLAY_SERVICES_AGGREGATION_INGEST_CHANGE_PROTO_H_
#define OUTLAY_SERVICES_AGGREGATION_INGEST_CHANGE_PROTO_H_

#include "absl/status/statusor.h"
#include "outlay/ingest/v1/ingest_service.pb.h"
#include "services/aggregation/change.h"

namespace outlay::aggregation {

// A kind that this version does not know changes nothing. UNREADABLE_CHANGE says what is wrong with a known one.
absl::StatusOr<ChangeKind> ReadChange(const ingest::v1::Change& change);

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_INGEST_CHANGE_PROTO_H_
