// Records batches of rates.
#ifndef OUTLAY_SERVICES_FX_RATE_RECORDER_H_
#define OUTLAY_SERVICES_FX_RATE_RECORDER_H_

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/journal/journal.h"
#include "services/common/status/violations.h"
#include "services/fx/change_codec.h"
#include "services/fx/rate.h"
#include "services/fx/rate_projection.h"

namespace outlay::fx {

inline constexpr size_t kRatesPerBatchMax = 10'000;
inline constexpr size_t kRequestIdBytesMax = 100;
inline constexpr size_t kActorBytesMax = 200;
inline constexpr size_t kReasonBytesMax = 1'000;

// TOO_LONG, and MISSING_FIELD without an actor.
void CheckNote(const std::string& request_id, const ChangeNote& note, Violations& errors);

struct RecordCommand {
  std::string request_id;            // empty: none
  uint64_t request_fingerprint = 0;  // of all that the request says
  ChangeNote note;
  bool atomic = true;
  bool validate_only = false;
  std::vector<absl::StatusOr<Rate>> rates;  // or why one is refused
};

enum class RecordStatus : uint8_t { kRecorded, kReplayed, kRejected, kNotAttempted };

struct RecordResult {
  RecordStatus status = RecordStatus::kNotAttempted;
  uint64_t sequence = 0;  // that stored the rate, now or before; 0 of a validation
  absl::Status error;     // of a rejected one
};

struct RecordOutcome {
  std::vector<RecordResult> results;  // in the order of the rates
  uint64_t sequence = 0;              // the journal after the batch
};

// A rate's place in the journal is its key and revision: "the second figure for this day". A figure
// equal to the latest one (value, unit, amounts, time of publication) takes the latest one's place,
// which makes it a replay; another takes the next. A batch relies on the place after its keys'
// latest ones being free; where another process has taken it meanwhile, the batch is planned anew,
// also when all of it would be replays. So A, B, A are three entries, and no figure is lost or
// stored twice however many record at once. A batch that states several figures of one key, the
// last ones recorded in the same order, repeats them: its figures are replays too, so that a file
// with a figure and its correction can be imported again.
//
// Thread safe. Blocks until the batch is on disk and in the projection's book.
class RateRecorder {
 public:
  // All outlive it.
  RateRecorder(journal::Journal& journal, RateProjection& projection, const ChangeCodec& codec);

  // INVALID_ARGUMENT: MISSING_FIELD, TOO_LONG, WRONG_NUMBER_OF_ELEMENTS about the request; of an
  // atomic batch the first refused rate's own error. ALREADY_EXISTS (REQUEST_ID_REUSED) and the
  // journal's other errors. UNAVAILABLE (KEYS_CONTENDED).
  absl::StatusOr<RecordOutcome> Record(const RecordCommand& command);

 private:
  // One batch at a time; UNAVAILABLE instead of waiting behind one that waits for the store.
  absl::StatusOr<std::unique_lock<std::timed_mutex>> TakeTurn();
  absl::StatusOr<RecordOutcome> Store(const RecordCommand& command);
  RecordOutcome Validate(const RecordCommand& command) const;

  journal::Journal& journal_;
  RateProjection& projection_;
  const ChangeCodec& codec_;
  std::timed_mutex mutex_;  // plans see the batches before them
};

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_RATE_RECORDER_H_
