// The stored bytes of a recorded disclosure, written without a message first: a bulk load makes millions.
#ifndef OUTLAY_SERVICES_INGEST_RECORDED_BYTES_PROTO_H_
#define OUTLAY_SERVICES_INGEST_RECORDED_BYTES_PROTO_H_

#include <string>
#include <string_view>

#include "services/ingest/disclosure.h"

namespace outlay::ingest {

// An outlay.ingest.v1.Change of a disclosure's first revision, without its quote: byte by byte what the message would be serialized to.
std::string RecordedBytes(const DisclosureContent& content, const ChangeNote& note);

// A Change that merges the quote into the other when its bytes follow; empty for an empty one.
std::string RecordedQuoteBytes(std::string_view quote);

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_RECORDED_BYTES_PROTO_H_
