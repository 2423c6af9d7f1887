#include "services/common/feed/encoder_proto.h"

#include <array>
#include <utility>

#include "google/protobuf/timestamp.pb.h"
#include "services/common/wire/time_proto.h"
#include "services/common/wire/wire_fields_proto.h"

namespace outlay::feed {
namespace {

using wire::FieldWriter;

// Of a batch and of a change in it, besides the change's own bytes: rather more than less.
constexpr size_t kBatchExtraBytes = 64;
constexpr size_t kChangeExtraBytes = 96;

std::string RecordedTimeBytes(time::Instant recorded_at) {
  google::protobuf::Timestamp recorded_time;
  wire::ToProto(recorded_at, &recorded_time);
  std::string bytes;
  FieldWriter fields(bytes);
  fields.Number(google::protobuf::Timestamp::kSecondsFieldNumber, recorded_time.seconds());
  fields.Number(google::protobuf::Timestamp::kNanosFieldNumber, recorded_time.nanos());
  return bytes;
}

// Without a copy: the slice owns the string.
grpc::Slice ToSlice(std::string bytes) {
  auto* const owned = new std::string(std::move(bytes));
  return grpc::Slice(
      owned->data(), owned->size(), [](void* string) { delete static_cast<std::string*>(string); },
      owned);
}

grpc::ByteBuffer ResponseOf(int number, uint64_t sequence) {
  std::string message;
  FieldWriter(message).Oneof(number, sequence);
  const grpc::Slice slice = ToSlice(std::move(message));
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace

void Encoder::PutChange(const journal::Entry& entry, std::string& out) const {
  const std::string added = add_fields_ == nullptr ? "" : add_fields_(entry);
  std::string head;
  FieldWriter head_fields(head);
  head_fields.Number(fields_.sequence, entry.sequence);
  head_fields.Bytes(fields_.recorded_time, RecordedTimeBytes(entry.recorded_at));
  const size_t change_size = entry.payload.size() + entry.erasable.size() + added.size();
  head_fields.Start(fields_.change, change_size);
  FieldWriter(out).Start(fields_.changes, head.size() + change_size);
  out.append(head).append(entry.payload.view()).append(entry.erasable.view()).append(added);
}

grpc::ByteBuffer Encoder::Batch(const std::vector<journal::Entry>& entries) const {
  size_t bytes = kBatchExtraBytes;
  for (const journal::Entry& entry : entries) {
    bytes += entry.payload.size() + entry.erasable.size() + kChangeExtraBytes;
  }
  std::string batch;
  batch.reserve(bytes);
  for (const journal::Entry& entry : entries) PutChange(entry, batch);
  FieldWriter(batch).Fixed64(fields_.last_checksum, entries.back().checksum);
  std::string head;
  FieldWriter(head).Start(fields_.batch, batch.size());
  const std::array<grpc::Slice, 2> slices = {ToSlice(std::move(head)), ToSlice(std::move(batch))};
  return grpc::ByteBuffer(slices.data(), slices.size());
}

grpc::ByteBuffer Encoder::CaughtUp(uint64_t sequence) const {
  return ResponseOf(fields_.caught_up_sequence, sequence);
}

grpc::ByteBuffer Encoder::Heartbeat(uint64_t sequence) const {
  return ResponseOf(fields_.heartbeat_sequence, sequence);
}

}  // namespace outlay::feed
