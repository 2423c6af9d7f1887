#include "services/ingest/change_feed_proto.h"

#include <string>
#include <string_view>

#include "outlay/ingest/v1/ingest_service.pb.h"
#include "services/common/wire/wire_fields_proto.h"
#include "services/ingest/disclosure_id.h"

namespace outlay::ingest {
namespace {

constexpr feed::Fields kFields = {
    .batch = v1::SubscribeChangesResponse::kBatchFieldNumber,
    .caught_up_sequence = v1::SubscribeChangesResponse::kCaughtUpSequenceFieldNumber,
    .heartbeat_sequence = v1::SubscribeChangesResponse::kHeartbeatSequenceFieldNumber,
    .changes = v1::ChangeBatch::kChangesFieldNumber,
    .last_checksum = v1::ChangeBatch::kLastChecksumFieldNumber,
    .sequence = v1::SequencedChange::kSequenceFieldNumber,
    .recorded_time = v1::SequencedChange::kRecordedTimeFieldNumber,
    .change = v1::SequencedChange::kChangeFieldNumber};

bool IsRecorded(const journal::Entry& entry) {
  const std::string_view key = entry.key;
  return key.starts_with("disclosure/") || key.starts_with("content/");
}

std::string AddFields(const journal::Entry& entry) {
  std::string added;
  wire::FieldWriter fields(added);
  if (IsRecorded(entry)) {
    fields.Text(v1::Disclosure::kDisclosureIdFieldNumber, FormatDisclosureId(entry.sequence));
  }
  fields.Number(v1::Disclosure::kQuoteRedactedFieldNumber, entry.erased ? 1 : 0);
  if (added.empty()) return added;
  std::string change;
  wire::FieldWriter(change).Bytes(IsRecorded(entry) ? v1::Change::kDisclosureRecordedFieldNumber
                                                    : v1::Change::kDisclosureCorrectedFieldNumber,
                                  added);
  return change;
}

}  // namespace

feed::Encoder ChangeFeedEncoder() { return feed::Encoder(kFields, AddFields); }

}  // namespace outlay::ingest
