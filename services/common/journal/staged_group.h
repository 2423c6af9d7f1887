// The rows that a group of batches adds to a journal, decided in memory against one end of it and
// not stored yet: sequences, checksums, results. The same for every engine.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_STAGED_GROUP_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_STAGED_GROUP_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/checksum.h"
#include "services/common/journal/indexes.h"
#include "services/common/journal/plan.h"
#include "services/common/journal/position.h"
#include "services/common/journal/record.h"
#include "services/common/journal/store.h"

namespace outlay::journal {

// One end of both chains.
struct End {
  Position position;
  int64_t recorded_at_us = INT64_MIN;  // of the last row
};

// A request's row as the store has it.
struct StoredRequest {
  uint64_t ordinal = 0;
  int64_t recorded_at_us = 0;
  uint64_t fingerprint = 0;
  std::string results;  // of EncodeResults
};

// What staging reads of rows that are stored.
class StoredRows {
 public:
  virtual ~StoredRows() = default;
  // Whether reading rows together is worth finding out which they will be.
  virtual bool WantsPrepare() const { return true; }
  // The rows that will be asked for while a group is staged, so that they can be read together.
  virtual absl::Status Prepare(const std::vector<uint64_t>& sequences,
                               const std::vector<uint64_t>& ordinals) = 0;
  virtual absl::StatusOr<uint64_t> FingerprintAt(uint64_t sequence) = 0;
  virtual absl::StatusOr<StoredRequest> RequestAt(uint64_t ordinal) = 0;
  // The damage of a request's row, for results that cannot be read.
  virtual absl::Status UnreadableResults(uint64_t ordinal) const = 0;
};

struct StagedEntry {
  Record* record = nullptr;  // in the batches
  uint64_t sequence = 0;
  int64_t recorded_at_us = 0;
  uint64_t erasable_digest = 0;
  uint64_t checksum = 0;
};

struct StagedErasure {
  uint64_t sequence = 0;  // whose erasable bytes go
  uint64_t by = 0;        // the first entry of the group that says so
};

struct StagedRequest {
  const Batch* batch = nullptr;
  uint64_t ordinal = 0;
  int64_t recorded_at_us = 0;
  uint64_t first_sequence = 0;  // 0: nothing was appended
  std::string results;
  uint64_t checksum = 0;
};

struct StagedGroup {
  End begin;
  End end;
  std::vector<StagedEntry> entries;
  std::vector<StagedRequest> requests;
  std::vector<StagedErasure> erasures;  // each entry once
  Store::Results results;               // with `head` filled in

  bool empty() const { return entries.empty() && requests.empty(); }
  // Takes the keys, payloads and erasable bytes of the records.
  std::vector<Entry> TakeEntries();
  // The entries that `erasures` are about.
  std::vector<uint64_t> Erased() const;
};

// Decides about every record of the batches, in order. `indexes` must be complete up to `begin`;
// what the group adds is inserted and not committed (the caller commits it or rolls it back, also
// after an error). The batches stay as they are and must outlive the group.
absl::StatusOr<StagedGroup> StageGroup(std::vector<Batch>& batches, const End& begin,
                                       Indexes& indexes, StoredRows& rows, const Clock& clock);

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_STAGED_GROUP_H_
