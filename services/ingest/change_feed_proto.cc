#include "services/ingest/change_feed_proto.h"

#include <array>
#include <string>
#include <utility>

#include "google/protobuf/timestamp.pb.h"
#include "outlay/ingest/v1/ingest_service.pb.h"
#include "services/common/wire/time_proto.h"
#include "services/ingest/disclosure_id.h"
#include "services/ingest/wire_fields_proto.h"

namespace outlay::ingest {
namespace {

// Of a batch and of a change in it, besides the change's own bytes: rather more than less.
constexpr size_t kBatchExtraBytes = 64;
constexpr size_t kChangeExtraBytes = 96;

bool IsRecorded(const journal::Entry& entry) {
  const std::string_view key = entry.key;
  return key.starts_with("disclosure/") || key.starts_with("content/");
}

// What is added to a stored disclosure: its id, and that its words are gone.
std::string AddedFields(const journal::Entry& entry) {
  std::string added;
  FieldWriter fields(added);
  if (IsRecorded(entry)) {
    fields.Text(v1::Disclosure::kDisclosureIdFieldNumber, FormatDisclosureId(entry.sequence));
  }
  fields.Number(v1::Disclosure::kQuoteRedactedFieldNumber, entry.erased ? 1 : 0);
  return added;
}

std::string RecordedTimeBytes(time::Instant recorded_at) {
  google::protobuf::Timestamp recorded_time;
  wire::ToProto(recorded_at, &recorded_time);
  std::string bytes;
  FieldWriter fields(bytes);
  fields.Number(google::protobuf::Timestamp::kSecondsFieldNumber, recorded_time.seconds());
  fields.Number(google::protobuf::Timestamp::kNanosFieldNumber, recorded_time.nanos());
  return bytes;
}

// The stored change; a second occurrence of the same message field merges into the first, so that quoted words and the id join the
// rest.
void PutChange(const journal::Entry& entry, std::string& out) {
  std::string rest;
  if (const std::string added = AddedFields(entry); !added.empty()) {
    FieldWriter(rest).Bytes(IsRecorded(entry) ? v1::Change::kDisclosureRecordedFieldNumber
                                              : v1::Change::kDisclosureCorrectedFieldNumber,
                            added);
  }
  std::string head;
  FieldWriter head_fields(head);
  head_fields.Number(v1::SequencedChange::kSequenceFieldNumber, entry.sequence);
  head_fields.Bytes(v1::SequencedChange::kRecordedTimeFieldNumber,
                    RecordedTimeBytes(entry.recorded_at));
  const size_t change_size = entry.payload.size() + entry.erasable.size() + rest.size();
  head_fields.Start(v1::SequencedChange::kChangeFieldNumber, change_size);
  FieldWriter(out).Start(v1::ChangeBatch::kChangesFieldNumber, head.size() + change_size);
  out.append(head).append(entry.payload.view()).append(entry.erasable.view()).append(rest);
}

// Without a copy: the slice owns the string.
grpc::Slice ToSlice(std::string bytes) {
  auto* const owned = new std::string(std::move(bytes));
  return grpc::Slice(
      owned->data(), owned->size(), [](void* string) { delete static_cast<std::string*>(string); },
      owned);
}

grpc::ByteBuffer ToBuffer(std::string bytes) {
  const grpc::Slice slice = ToSlice(std::move(bytes));
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace

grpc::ByteBuffer EncodeBatch(const std::vector<journal::Entry>& entries) {
  size_t bytes = kBatchExtraBytes;
  for (const journal::Entry& entry : entries) {
    bytes += entry.payload.size() + entry.erasable.size() + kChangeExtraBytes;
  }
  std::string batch;
  batch.reserve(bytes);
  for (const journal::Entry& entry : entries) PutChange(entry, batch);
  FieldWriter(batch).Fixed64(v1::ChangeBatch::kLastChecksumFieldNumber, entries.back().checksum);
  std::string head;
  FieldWriter(head).Start(v1::SubscribeChangesResponse::kBatchFieldNumber, batch.size());
  const std::array<grpc::Slice, 2> slices = {ToSlice(std::move(head)), ToSlice(std::move(batch))};
  return grpc::ByteBuffer(slices.data(), slices.size());
}

grpc::ByteBuffer EncodeCaughtUp(uint64_t sequence) {
  std::string message;
  FieldWriter(message).Oneof(v1::SubscribeChangesResponse::kCaughtUpSequenceFieldNumber, sequence);
  return ToBuffer(std::move(message));
}

grpc::ByteBuffer EncodeHeartbeat(uint64_t sequence) {
  std::string message;
  FieldWriter(message).Oneof(v1::SubscribeChangesResponse::kHeartbeatSequenceFieldNumber, sequence);
  return ToBuffer(std::move(message));
}

}  // namespace outlay::ingest
