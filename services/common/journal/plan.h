// What becomes of a batch's records: the rules of keys, rejections and atomic batches, without a
// store.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_PLAN_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_PLAN_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/journal/key_index.h"
#include "services/common/journal/record.h"

namespace outlay::journal {

// The fingerprint of the entry with this sequence, which is below the batch's first.
using FindFingerprint = std::function<absl::StatusOr<uint64_t>(uint64_t sequence)>;

struct Plan {
  std::vector<RecordResult>
      results;  // kAppended with the sequences they are to get, from `next_sequence` on
  uint64_t appended = 0;
};

// Inserts the keys of what is appended into `keys`, uncommitted. Errors are find_fingerprint's; the caller then rolls back. O(records).
absl::StatusOr<Plan> MakePlan(const Batch& batch, KeyIndex& keys, uint64_t next_sequence,
                              const FindFingerprint& find_fingerprint);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_PLAN_H_
