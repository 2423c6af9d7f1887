// What the two ways of recording, by request and by stream, have in common.
#ifndef OUTLAY_SERVICES_INGEST_RECORD_PROTO_H_
#define OUTLAY_SERVICES_INGEST_RECORD_PROTO_H_

#include <cstdint>

#include "outlay/ingest/v1/ingest_service.pb.h"
#include "services/ingest/recorder.h"

namespace outlay::ingest {

// Gives the command the entries, whose texts and which itself must outlive it.
void SetEntries(const google::protobuf::RepeatedPtrField<v1::DisclosureEntry>& entries,
                RecordCommand& command);

void WriteOutcome(const RecordOutcome& outcome, v1::RecordDisclosuresResponse& response);

// The acknowledgement of a batch of a stream.
v1::StreamDisclosuresResponse Acknowledge(uint64_t batch_number, const RecordOutcome& outcome);

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_RECORD_PROTO_H_
