// Messages of StreamDisclosures read where they lie: millions of records come this way, and are needed once.
#ifndef OUTLAY_SERVICES_INGEST_STREAM_BATCH_PROTO_H_
#define OUTLAY_SERVICES_INGEST_STREAM_BATCH_PROTO_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ingest/disclosure.h"
#include "services/ingest/record_command.h"

namespace outlay::ingest {

// An outlay.ingest.v1.StreamDisclosuresRequest. The entries lie in its bytes, each a message that ReadEntry reads.
struct StreamBatch {
  uint64_t batch_number = 0;
  std::optional<ChangeNote> note;
  std::vector<std::string_view> entries;
};

// INVALID_ARGUMENT MALFORMED_REQUEST.
absl::Status MalformedStreamBatch();

// Both take exactly the bytes that protobuf's parser takes, and read the same of them; MalformedStreamBatch otherwise. An entry is not looked into
// before it is read.
absl::StatusOr<StreamBatch> ReadStreamBatch(std::string_view message);
absl::StatusOr<RecordEntry> ReadEntry(std::string_view message);

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_STREAM_BATCH_PROTO_H_
