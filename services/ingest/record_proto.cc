#include "services/ingest/record_proto.h"

#include "services/common/wire/journal_proto.h"
#include "services/ingest/disclosure_id.h"
#include "services/ingest/disclosure_proto.h"
#include "services/ingest/request_proto.h"

namespace outlay::ingest {
namespace {

journal::v1::RecordStatus ToProto(RecordResult::Status status) {
  switch (status) {
    case RecordResult::Status::kRecorded:
      return journal::v1::RECORD_STATUS_RECORDED;
    case RecordResult::Status::kReplayed:
      return journal::v1::RECORD_STATUS_REPLAYED;
    case RecordResult::Status::kRejected:
      return journal::v1::RECORD_STATUS_REJECTED;
    case RecordResult::Status::kNotAttempted:
      break;
  }
  return journal::v1::RECORD_STATUS_NOT_ATTEMPTED;
}

}  // namespace

void SetEntries(const google::protobuf::RepeatedPtrField<v1::DisclosureEntry>& entries,
                RecordCommand& command) {
  command.entry_count = entries.size();
  command.entry = [&entries](size_t index) -> absl::StatusOr<RecordEntry> {
    const v1::DisclosureEntry& entry = entries[static_cast<int>(index)];
    RecordEntry read{.idempotency_key = entry.idempotency_key()};
    if (entry.has_disclosure()) read.disclosure = InputFromProto(entry.disclosure());
    return read;
  };
}

void WriteOutcome(const RecordOutcome& outcome, v1::RecordDisclosuresResponse& response) {
  for (const RecordResult& result : outcome.results) {
    v1::DisclosureResult* const added = response.add_results();
    added->set_status(ToProto(result.status));
    if (result.sequence != 0) {
      added->set_disclosure_id(FormatDisclosureId(result.sequence));
      added->set_sequence(result.sequence);
    }
    added->set_voided(result.voided);
    if (!result.error.ok()) wire::ToProto(result.error, added->mutable_error());
  }
  WriteStamp(outcome.sequence, response.mutable_stamp());
}

v1::StreamDisclosuresResponse Acknowledge(uint64_t batch_number, const RecordOutcome& outcome) {
  v1::StreamDisclosuresResponse response;
  response.set_batch_number(batch_number);
  uint32_t recorded_count = 0;
  uint32_t replayed_count = 0;
  for (uint32_t i = 0; i < outcome.results.size(); ++i) {
    const RecordResult& result = outcome.results[i];
    switch (result.status) {
      case RecordResult::Status::kRecorded:
        if (recorded_count++ == 0) response.set_first_sequence(result.sequence);
        break;
      case RecordResult::Status::kReplayed:
        ++replayed_count;
        (*response.mutable_replayed())[i] = result.sequence;
        break;
      case RecordResult::Status::kRejected:
        wire::ToProto(result.error, &(*response.mutable_rejected())[i]);
        break;
      case RecordResult::Status::kNotAttempted:
        break;  // of atomic batches only
    }
  }
  response.set_recorded_count(recorded_count);
  response.set_replayed_count(replayed_count);
  return response;
}

}  // namespace outlay::ingest
