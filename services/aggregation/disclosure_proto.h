// The values of disclosures to the wire.
#ifndef OUTLAY_SERVICES_AGGREGATION_DISCLOSURE_PROTO_H_
#define OUTLAY_SERVICES_AGGREGATION_DISCLOSURE_PROTO_H_

#include "outlay/ingest/v1/disclosure.pb.h"
#include "outlay/time/v1/period.pb.h"
#include "services/aggregation/disclosure.h"

namespace outlay::aggregation {

ingest::v1::Basis WireBasis(Basis basis);
ingest::v1::SourceClass WireSourceClass(SourceClass source_class);
// Without dates where the period has none: undated, and a fiscal label that each calendar reads in its own way.
void WritePeriod(const time::Period& period, time::v1::Period& message);

}  // namespace outlay::aggregation

#endif  // OUTLAY_SERVICES_AGGREGATION_DISCLOSURE_PROTO_H_
