#include "services/ingest/change_feed_proto.h"

#include <string>
#include <string_view>

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/wire_format_lite.h"
#include "outlay/ingest/v1/ingest_service.pb.h"
#include "services/common/wire/time_proto.h"
#include "services/ingest/disclosure_id.h"

namespace outlay::ingest {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedOutputStream;

// A field that holds bytes or a message.
void PutBytes(int number, std::string_view bytes, std::string& out) {
  uint8_t head[20];
  uint8_t* end = CodedOutputStream::WriteVarint32ToArray(
      WireFormatLite::MakeTag(number, WireFormatLite::WIRETYPE_LENGTH_DELIMITED), head);
  end = CodedOutputStream::WriteVarint32ToArray(static_cast<uint32_t>(bytes.size()), end);
  out.append(reinterpret_cast<const char*>(head), end - head);
  out.append(bytes);
}

void PutNumber(int number, uint64_t value, std::string& out) {
  uint8_t head[20];
  uint8_t* end = CodedOutputStream::WriteVarint32ToArray(
      WireFormatLite::MakeTag(number, WireFormatLite::WIRETYPE_VARINT), head);
  end = CodedOutputStream::WriteVarint64ToArray(value, end);
  out.append(reinterpret_cast<const char*>(head), end - head);
}

void PutFixed64(int number, uint64_t value, std::string& out) {
  uint8_t head[20];
  uint8_t* end = CodedOutputStream::WriteVarint32ToArray(
      WireFormatLite::MakeTag(number, WireFormatLite::WIRETYPE_FIXED64), head);
  end = CodedOutputStream::WriteLittleEndian64ToArray(value, end);
  out.append(reinterpret_cast<const char*>(head), end - head);
}

bool IsRecorded(const journal::Entry& entry) {
  return entry.key.starts_with("disclosure/") || entry.key.starts_with("content/");
}

// The stored change; a second occurrence of the same message field merges into the first, so that quoted words and the id join the
// rest.
std::string ChangeBytes(const journal::Entry& entry) {
  std::string bytes = entry.payload + entry.erasable;
  std::string more;
  if (IsRecorded(entry)) {
    PutBytes(v1::Disclosure::kDisclosureIdFieldNumber, FormatDisclosureId(entry.sequence), more);
  }
  if (entry.erased) PutNumber(v1::Disclosure::kQuoteRedactedFieldNumber, 1, more);
  if (more.empty()) return bytes;
  PutBytes(IsRecorded(entry) ? v1::Change::kDisclosureRecordedFieldNumber
                             : v1::Change::kDisclosureCorrectedFieldNumber,
           more, bytes);
  return bytes;
}

void PutChange(const journal::Entry& entry, std::string& out) {
  google::protobuf::Timestamp recorded_time;
  wire::ToProto(entry.recorded_at, &recorded_time);
  std::string change;
  PutNumber(v1::SequencedChange::kSequenceFieldNumber, entry.sequence, change);
  PutBytes(v1::SequencedChange::kRecordedTimeFieldNumber, recorded_time.SerializeAsString(),
           change);
  PutBytes(v1::SequencedChange::kChangeFieldNumber, ChangeBytes(entry), change);
  PutBytes(v1::ChangeBatch::kChangesFieldNumber, change, out);
}

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace

grpc::ByteBuffer EncodeBatch(const std::vector<journal::Entry>& entries) {
  std::string batch;
  for (const journal::Entry& entry : entries) PutChange(entry, batch);
  PutFixed64(v1::ChangeBatch::kLastChecksumFieldNumber, entries.back().checksum, batch);
  std::string message;
  message.reserve(batch.size() + 16);
  PutBytes(v1::SubscribeChangesResponse::kBatchFieldNumber, batch, message);
  return ToBuffer(message);
}

grpc::ByteBuffer EncodeCaughtUp(uint64_t sequence) {
  std::string message;
  PutNumber(v1::SubscribeChangesResponse::kCaughtUpSequenceFieldNumber, sequence, message);
  return ToBuffer(message);
}

grpc::ByteBuffer EncodeHeartbeat(uint64_t sequence) {
  std::string message;
  PutNumber(v1::SubscribeChangesResponse::kHeartbeatSequenceFieldNumber, sequence, message);
  return ToBuffer(message);
}

}  // namespace outlay::ingest
