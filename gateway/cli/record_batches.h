// Sends the records of a file in batches, best effort, and counts what became of them.
#ifndef OUTLAY_GATEWAY_CLI_RECORD_BATCHES_H_
#define OUTLAY_GATEWAY_CLI_RECORD_BATCHES_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/cli/import_tally.h"
#include "outlay/journal/v1/journal.pb.h"
#include "services/common/status/error.h"

namespace outlay::cli {

// A record on its way.
template <typename Record>
struct PendingRecord {
  size_t line = 0;   // where it stands
  std::string text;  // what --rejected writes
  Record record;
  std::string place;  // as Rejection's
};

struct RecordOutcome {
  journal::v1::RecordStatus status = journal::v1::RECORD_STATUS_UNSPECIFIED;
  uint64_t sequence = 0;
  journal::v1::RecordError error;
};

struct BatchOutcome {
  std::vector<RecordOutcome> records;
  uint64_t head_sequence = 0;
};

template <typename Record>
class RecordBatches {
 public:
  using Batch = std::vector<PendingRecord<Record>>;
  // Sends a batch. With a number, under a request id made of the batch's content and this number; without, under none.
  using Send =
      std::function<absl::StatusOr<BatchOutcome>(const Batch&, std::optional<uint64_t> number)>;

  // What is stored at or below `head_before` was there before the import: a replay of a whole request gives the results of then.
  RecordBatches(size_t limit, uint64_t head_before, Send send, ImportTally& tally)
      : limit_(limit), head_before_(head_before), send_(std::move(send)), tally_(tally) {}

  // Nothing is on its way.
  bool empty() const { return batch_.empty(); }

  // Sends when a batch is full.
  absl::Status Add(PendingRecord<Record> record) {
    batch_.push_back(std::move(record));
    return batch_.size() < limit_ ? absl::OkStatus() : Flush();
  }

  // Sends what there is.
  absl::Status Flush() {
    if (batch_.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(BatchOutcome outcome, send_(batch_, ++number_));
    RETURN_IF_ERROR(AskAgain(&outcome));
    for (size_t i = 0; i < batch_.size(); ++i) Count(batch_[i], outcome.records[i]);
    tally_.head_sequence = outcome.head_sequence;
    batch_.clear();
    return absl::OkStatus();
  }

 private:
  // The refusals of a request that was sent before are those of then: what was missing may have come since.
  absl::Status AskAgain(BatchOutcome* outcome) {
    Batch refused;
    std::vector<size_t> places;
    for (size_t i = 0; i < batch_.size(); ++i) {
      if (outcome->records[i].status != journal::v1::RECORD_STATUS_REJECTED) continue;
      refused.push_back(batch_[i]);
      places.push_back(i);
    }
    if (refused.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(BatchOutcome again, send_(refused, std::nullopt));
    for (size_t i = 0; i < places.size(); ++i)
      outcome->records[places[i]] = std::move(again.records[i]);
    outcome->head_sequence = again.head_sequence;
    return absl::OkStatus();
  }

  void Count(PendingRecord<Record>& record, const RecordOutcome& outcome) {
    switch (outcome.status) {
      case journal::v1::RECORD_STATUS_RECORDED:
        ++(outcome.sequence > head_before_ ? tally_.recorded : tally_.already_there);
        break;
      case journal::v1::RECORD_STATUS_NOT_ATTEMPTED:  // a dry run: it would be recorded
        ++tally_.recorded;
        break;
      case journal::v1::RECORD_STATUS_REPLAYED:
        ++tally_.already_there;
        break;
      default:
        tally_.rejections.push_back(
            MakeRejection(record.line, outcome.error, std::move(record.text)));
        tally_.rejections.back().place = std::move(record.place);
    }
  }

  const size_t limit_;
  const uint64_t head_before_;
  const Send send_;
  ImportTally& tally_;
  Batch batch_;
  uint64_t number_ = 0;
};

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RECORD_BATCHES_H_
