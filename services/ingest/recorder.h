// Recording disclosures: checks a batch, stores it, says what became of each record.
#ifndef OUTLAY_SERVICES_INGEST_RECORDER_H_
#define OUTLAY_SERVICES_INGEST_RECORDER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/journal.h"
#include "services/common/time/clock.h"
#include "services/ingest/change_codec.h"
#include "services/ingest/follower.h"
#include "services/ingest/ledger.h"
#include "services/ingest/prepared_batch.h"
#include "services/ingest/record_command.h"

namespace outlay::ingest {

struct RecordResult {
  enum class Status { kRecorded, kReplayed, kRejected, kNotAttempted };

  Status status = Status::kNotAttempted;
  uint64_t sequence = 0;  // kRecorded, kReplayed; also what the id is made of
  absl::Status error;     // kRejected; paths as in "entries[3].disclosure.measure"
  bool voided = false;    // kReplayed: the stored record has been voided since
};

struct RecordOutcome {
  std::vector<RecordResult> results;  // one an entry
  uint64_t sequence = 0;              // the journal after the batch
};

// Thread safe; outlives what it has under way.
class Recorder {
 public:
  using Done = std::function<void(absl::StatusOr<RecordOutcome>)>;

  Recorder(journal::Journal& journal, const Ledger& ledger, Follower& follower,
           const ChangeCodec& codec, const time::Clock& clock)
      : journal_(journal), ledger_(ledger), follower_(follower), codec_(codec), clock_(clock) {}

  // Checks on the calling thread, then returns; `done` runs once, after the ledger has what was stored, on any thread, which it must
  // not block. The texts of the entries must stay until `done` has run. With validate_only nothing is stored: what could be is kNotAttempted, or kReplayed where it is there already.
  //
  // INVALID_ARGUMENT about the request as a whole: EMPTY_BATCH, BATCH_TOO_LARGE, and those of CheckWriteRequest. An atomic batch with
  // a refused record fails with the first one's error and the violations of all; metadata "refused_count". Errors of Journal::Submit, and of
  // Follower::LearnMore where a record would be refused.
  void Record(RecordCommand command, Done done);

 private:
  // Again with what other processes have just stored where that may make a refused entry right: its organization.
  absl::StatusOr<std::shared_ptr<PreparedBatch>> Prepare(const RecordCommand& command);
  // The replay of a record that is stored as `sequence`.
  RecordResult Replayed(uint64_t sequence) const;
  absl::StatusOr<RecordOutcome> MakeOutcome(const PreparedBatch& prepared,
                                            const journal::AppendResult& appended,
                                            bool atomic) const;
  // The outcome of a batch of which every record was refused.
  absl::StatusOr<RecordOutcome> RefuseAll(const PreparedBatch& prepared, bool atomic) const;
  absl::Status KeyReused(const PreparedBatch& prepared, size_t index, uint64_t holder) const;

  journal::Journal& journal_;
  const Ledger& ledger_;
  Follower& follower_;
  const ChangeCodec& codec_;
  const time::Clock& clock_;
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_RECORDER_H_
