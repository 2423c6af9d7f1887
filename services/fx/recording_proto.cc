#include "services/fx/recording_proto.h"

#include <utility>
#include <vector>

#include "fmt/format.h"
#include "services/common/journal/record.h"
#include "services/common/status/error.h"
#include "services/common/wire/journal_proto.h"
#include "services/fx/errors.h"
#include "services/fx/rate_proto.h"
#include "services/fx/values_proto.h"

namespace outlay::fx {
namespace {

journal::v1::RecordStatus ToProto(RecordStatus status) {
  switch (status) {
    case RecordStatus::kRecorded:
      return journal::v1::RECORD_STATUS_RECORDED;
    case RecordStatus::kReplayed:
      return journal::v1::RECORD_STATUS_REPLAYED;
    case RecordStatus::kRejected:
      return journal::v1::RECORD_STATUS_REJECTED;
    case RecordStatus::kNotAttempted:
      return journal::v1::RECORD_STATUS_NOT_ATTEMPTED;
  }
  return journal::v1::RECORD_STATUS_UNSPECIFIED;
}

absl::StatusOr<bool> ParseAtomic(journal::v1::BatchMode mode) {
  switch (mode) {
    case journal::v1::BATCH_MODE_UNSPECIFIED:
    case journal::v1::BATCH_MODE_ATOMIC:
      return true;
    case journal::v1::BATCH_MODE_BEST_EFFORT:
      return false;
    default:
      return UnknownEnumValue("mode", mode, "ATOMIC, BEST_EFFORT");
  }
}

uint64_t FingerprintOf(const v1::RecordRatesRequest& request) {
  v1::RecordRatesRequest rest = request;
  rest.clear_request_id();
  return journal::Fingerprint(rest.SerializeAsString());
}

using RateMessages = google::protobuf::RepeatedPtrField<v1::Rate>;

// Each rate, or why it is refused.
absl::Status ParseRates(const RateMessages& messages, time::Instant now,
                        std::vector<absl::StatusOr<Rate>>& rates) {
  if (static_cast<size_t>(messages.size()) > kRatesPerBatchMax) {
    return WrongNumberOf("rates", messages.size(), kRatesPerBatchMax);
  }
  rates.reserve(messages.size());
  for (int i = 0; i < messages.size(); ++i) {
    absl::StatusOr<Rate> rate = ParseRate(messages[i], now);
    if (!rate.ok()) rate = Under(fmt::format("rates[{}]", i), rate.status());
    rates.push_back(std::move(rate));
  }
  return absl::OkStatus();
}

absl::StatusOr<RecordCommand> ParseCommand(const v1::RecordRatesRequest& request,
                                           time::Instant now) {
  RecordCommand command{
      .request_id = request.request_id(),
      .note = {.actor = request.change().actor(), .reason = request.change().reason()},
      .validate_only = request.validate_only(),
      .rates = {}};
  ASSIGN_OR_RETURN(command.atomic, ParseAtomic(request.mode()));
  RETURN_IF_ERROR(ParseRates(request.rates(), now, command.rates));
  if (!command.request_id.empty()) command.request_fingerprint = FingerprintOf(request);
  return command;
}

}  // namespace

absl::Status RecordRates(RateRecorder& recorder, time::Instant now,
                         const v1::RecordRatesRequest& request, v1::RecordRatesResponse& response) {
  ASSIGN_OR_RETURN(const RecordCommand command, ParseCommand(request, now));
  ASSIGN_OR_RETURN(const RecordOutcome outcome, recorder.Record(command));
  for (const RecordResult& result : outcome.results) {
    v1::RateResult& added = *response.add_results();
    added.set_status(ToProto(result.status));
    added.set_sequence(result.sequence);
    if (!result.error.ok()) wire::ToProto(result.error, added.mutable_error());
  }
  FillStamp(outcome.sequence, *response.mutable_stamp());
  return absl::OkStatus();
}

absl::Status RecordBatch(RateRecorder& recorder, time::Instant now, const ChangeNote& note,
                         const v1::StreamRatesRequest& request, v1::StreamRatesResponse& response) {
  RecordCommand command{.note = note, .atomic = false, .rates = {}};
  RETURN_IF_ERROR(ParseRates(request.rates(), now, command.rates));
  ASSIGN_OR_RETURN(const RecordOutcome outcome, recorder.Record(command));
  response.set_batch_number(request.batch_number());
  uint32_t recorded_count = 0;
  uint32_t replayed_count = 0;
  for (size_t i = 0; i < outcome.results.size(); ++i) {
    const RecordResult& result = outcome.results[i];
    if (result.status == RecordStatus::kRecorded) ++recorded_count;
    if (result.status == RecordStatus::kReplayed) ++replayed_count;
    if (!result.error.ok()) wire::ToProto(result.error, &(*response.mutable_rejected())[i]);
  }
  response.set_recorded_count(recorded_count);
  response.set_replayed_count(replayed_count);
  FillStamp(outcome.sequence, *response.mutable_stamp());
  return absl::OkStatus();
}

}  // namespace outlay::fx
