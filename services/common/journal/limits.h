#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_LIMITS_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "services/common/journal/record.h"

namespace outlay::journal {

// What a journal takes at once. Bytes of a record are its key, payload,
// erasable bytes, rejection, and eight for each entry it erases.
struct JournalLimits {
  size_t request_id_bytes_max = 256;
  size_t key_bytes_max = 1024;
  size_t records_per_batch_max = 10'000;
  size_t record_bytes_max = size_t{1} << 20;
  size_t batch_bytes_max = size_t{16} << 20;
  // Waiting for the commit thread, over all batches. Beyond it Submit answers RESOURCE_EXHAUSTED:
  // back pressure.
  size_t queue_bytes_max = size_t{64} << 20;
  int64_t queue_full_retry_after_ms = 100;
};

// The bytes that count against batch_bytes_max and queue_bytes_max: those of the records and
// the request id, and a fixed amount for each record so that empty ones are not free.
size_t SizeBytes(const Batch& batch);

// OK, or INVALID_ARGUMENT naming the field ("records[3].payload"), the bound and the size found.
absl::Status CheckLimits(const Batch& batch, const JournalLimits& limits);

// OK, or NOTHING_TO_ERASE for the first entry that a record erases and that is beyond `head`.
absl::Status CheckErasures(const Batch& batch, uint64_t head);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_LIMITS_H_
