// What a client asks to have recorded.
#ifndef OUTLAY_SERVICES_INGEST_RECORD_COMMAND_H_
#define OUTLAY_SERVICES_INGEST_RECORD_COMMAND_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/ingest/disclosure.h"
#include "services/ingest/request_rules.h"

namespace outlay::ingest {

inline constexpr size_t kRecordBatchMax = 1'000;
inline constexpr size_t kStreamBatchMax = 10'000;
inline constexpr size_t kIdempotencyKeyBytesMax = 200;

struct RecordEntry {
  std::string_view idempotency_key;
  std::optional<DisclosureInput> disclosure;

  friend bool operator==(const RecordEntry&, const RecordEntry&) = default;
};

struct RecordCommand {
  WriteRequest request;
  bool atomic = true;
  bool validate_only = false;
  size_t entries_max = kRecordBatchMax;
  // Entry i of entry_count, read from what the client sent; an error is that of the whole command. Texts lie in what the client sent.
  std::function<absl::StatusOr<RecordEntry>(size_t)> entry;
  size_t entry_count = 0;
  size_t bytes = 0;  // about as many as the records take; 0: unknown
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_RECORD_COMMAND_H_
