// The messages of SubscribeChanges, encoded from the journal's bytes without decoding them.
#ifndef OUTLAY_SERVICES_INGEST_CHANGE_FEED_PROTO_H_
#define OUTLAY_SERVICES_INGEST_CHANGE_FEED_PROTO_H_

#include <cstdint>
#include <vector>

#include "grpcpp/support/byte_buffer.h"
#include "services/common/journal/record.h"

namespace outlay::ingest {

// Each a SubscribeChangesResponse. `entries` is not empty.
//
// Payloads go out as they are stored; to that of a recorded disclosure its id is added, so that subscribers need not know how ids are made.
grpc::ByteBuffer EncodeBatch(const std::vector<journal::Entry>& entries);
grpc::ByteBuffer EncodeCaughtUp(uint64_t sequence);
grpc::ByteBuffer EncodeHeartbeat(uint64_t sequence);

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_CHANGE_FEED_PROTO_H_
