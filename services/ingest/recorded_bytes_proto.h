// The stored bytes of a recorded disclosure, written without a message first: a bulk load makes millions.
#ifndef OUTLAY_SERVICES_INGEST_RECORDED_BYTES_PROTO_H_
#define OUTLAY_SERVICES_INGEST_RECORDED_BYTES_PROTO_H_

#include "services/ingest/change_codec.h"

namespace outlay::ingest {

// Appends an outlay.ingest.v1.Change of a disclosure's first revision: byte by byte what the message would be serialized to, the quote apart.
RecordedSizes AppendRecordedBytes(const DisclosureContent& content, const ChangeNote& note,
                                  std::string& out);

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_RECORDED_BYTES_PROTO_H_
