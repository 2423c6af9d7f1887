// Sends the records of a file in batches, best effort, and counts what became of them.
#ifndef OUTLAY_GATEWAY_CLI_RECORD_BATCHES_H_
#define OUTLAY_GATEWAY_CLI_RECORD_BATCHES_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/cli/errors.h"
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
  journal::v1::RecordError error;
  bool voided = false;  // of one that is there already: it counts no more
};

struct BatchOutcome {
  std::vector<RecordOutcome> records;
  uint64_t head_sequence = 0;
};

template <typename Record>
class RecordBatches {
 public:
  using Batch = std::vector<PendingRecord<Record>>;
  // Sends a batch, the `number`th of this import, from 1.
  using Send = std::function<absl::StatusOr<BatchOutcome>(const Batch&, uint64_t number)>;

  struct Terms {
    size_t limit = 0;              // of records in a batch
    const char* counted = "line";  // what PendingRecord::line counts
    bool dry_run = false;
  };

  RecordBatches(const Terms& terms, Send send, ImportTally& tally)
      : terms_(terms), send_(std::move(send)), tally_(tally) {}

  // A call has failed: nothing is sent any more.
  bool stopped() const { return stopped_; }

  // Sends when a batch is full.
  absl::Status Add(PendingRecord<Record> record) {
    batch_.push_back(std::move(record));
    return batch_.size() < terms_.limit ? absl::OkStatus() : Flush();
  }

  // Sends what there is. The error of the call names the lines that were sent.
  absl::Status Flush() {
    if (batch_.empty() || stopped_) return absl::OkStatus();
    absl::StatusOr<BatchOutcome> outcome = send_(batch_, ++number_);
    if (!outcome.ok()) return Stop(outcome.status());
    for (size_t i = 0; i < batch_.size(); ++i) Count(batch_[i], outcome->records[i]);
    tally_.head_sequence = outcome->head_sequence;
    batch_.clear();
    return absl::OkStatus();
  }

  // Ends the sending for the error of a call, which it gives back with the lines that are not settled. At least one is on its way.
  absl::Status Stop(const absl::Status& error) {
    stopped_ = true;
    const auto by_line = [](const auto& a, const auto& b) { return a.line < b.line; };
    const auto [first, last] = std::minmax_element(batch_.begin(), batch_.end(), by_line);
    return SendingStopped({terms_.counted, first->line, last->line}, terms_.dry_run, error);
  }

  // The same for a record that is not on its way yet.
  absl::Status StopAt(PendingRecord<Record> record, const absl::Status& error) {
    batch_.push_back(std::move(record));
    return Stop(error);
  }

 private:
  void Count(PendingRecord<Record>& record, const RecordOutcome& outcome) {
    switch (outcome.status) {
      case journal::v1::RECORD_STATUS_RECORDED:
      case journal::v1::RECORD_STATUS_NOT_ATTEMPTED:  // a dry run: it would be recorded
        ++tally_.recorded;
        break;
      case journal::v1::RECORD_STATUS_REPLAYED:
        ++tally_.already_there;
        if (outcome.voided) ++tally_.voided;
        break;
      default:
        tally_.rejections.push_back(
            MakeRejection(record.line, outcome.error, std::move(record.text)));
        tally_.rejections.back().place = std::move(record.place);
    }
  }

  const Terms terms_;
  const Send send_;
  ImportTally& tally_;
  Batch batch_;
  uint64_t number_ = 0;
  bool stopped_ = false;
};

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RECORD_BATCHES_H_
