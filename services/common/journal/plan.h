// What becomes of a batch's records: the rules of keys, rejections and atomic batches, without a
// store.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_PLAN_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_PLAN_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/journal/key_index.h"
#include "services/common/journal/record.h"

namespace outlay::journal {

// The entry that has a key.
struct Holder {
  uint64_t sequence = 0;
  uint64_t fingerprint = 0;
};

using FindHolder = std::function<absl::StatusOr<std::optional<Holder>>(const KeyHash&)>;

struct Plan {
  std::vector<RecordResult>
      results;  // kAppended with the sequences they are to get, from `next_sequence` on
  std::vector<KeyHash> hashes;  // of each record's key; of no meaning where the key is empty
  uint64_t appended = 0;
};

// Errors are find_holder's. O(records).
absl::StatusOr<Plan> MakePlan(const Batch& batch, const KeyIndex& keys, uint64_t next_sequence,
                              const FindHolder& find_holder);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_PLAN_H_
