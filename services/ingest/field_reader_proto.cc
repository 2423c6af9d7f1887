#include "services/ingest/field_reader_proto.h"

#include <cstddef>
#include <limits>

#include "services/ingest/text_rules.h"

namespace outlay::ingest {
namespace {

constexpr int kVarintBytesMax = 10;
constexpr int kTagBytesMax = 5;
constexpr int kSizeBytesMax = 5;
// protobuf's bound of messages in messages, of which groups that nobody knows are the only ones here.
constexpr int kDepthMax = 100;
// protobuf's bound of a field's size.
constexpr uint64_t kFieldBytesMax = std::numeric_limits<int32_t>::max() - 16;

}  // namespace

bool FieldReader::ReadVarint(uint64_t& value) {
  value = 0;
  for (int i = 0; i < kVarintBytesMax && at_ < end_; ++i) {
    const auto byte = static_cast<unsigned char>(*at_++);
    value |= static_cast<uint64_t>(byte & 0x7f) << (7 * i);
    if (byte < 0x80) return true;
  }
  return false;
}

bool FieldReader::ReadTag(uint32_t& tag) {
  tag = 0;
  for (int i = 0; i < kTagBytesMax && at_ < end_; ++i) {
    const auto byte = static_cast<unsigned char>(*at_++);
    tag |= static_cast<uint32_t>(byte & 0x7f) << (7 * i);
    if (byte < 0x80) return tag >> 3 != 0;
  }
  return false;
}

bool FieldReader::Pass(size_t size) {
  if (static_cast<size_t>(end_ - at_) < size) return false;
  at_ += size;
  return true;
}

bool FieldReader::ReadSize(uint32_t& size) {
  uint64_t value = 0;
  for (int i = 0; i < kSizeBytesMax && at_ < end_; ++i) {
    const auto byte = static_cast<unsigned char>(*at_++);
    value |= static_cast<uint64_t>(byte & 0x7f) << (7 * i);
    if (byte >= 0x80) continue;
    size = static_cast<uint32_t>(value);
    return value <= kFieldBytesMax;
  }
  return false;
}

bool FieldReader::ReadBytes() {
  uint32_t size = 0;
  if (!ReadSize(size)) return false;
  const char* const start = at_;
  if (!Pass(size)) return false;
  bytes_ = {start, size};
  return true;
}

bool FieldReader::PassGroup(uint32_t start_tag, int depth) {
  if (depth >= kDepthMax) return false;
  uint32_t tag = 0;
  while (ReadTag(tag)) {
    if (tag == start_tag - kGroupStart + kGroupEnd) return true;
    if (!ReadValue(tag, depth + 1)) return false;
  }
  return false;
}

bool FieldReader::ReadValue(uint32_t tag, int depth) {
  switch (tag & 7) {
    case kVarint:
      return ReadVarint(number_);
    case kFixed64:
      return Pass(sizeof(uint64_t));
    case kBytes:
      return ReadBytes();
    case kGroupStart:
      return PassGroup(tag, depth);
    case kFixed32:
      return Pass(sizeof(uint32_t));
    default:
      return false;
  }
}

bool FieldReader::Next() {
  if (!ok_ || at_ == end_) return false;
  ok_ = ReadTag(tag_) && ReadValue(tag_, depth_);
  return ok_;
}

std::string_view FieldReader::Text() {
  if (!IsValidUtf8(bytes_)) ok_ = false;
  return bytes_;
}

}  // namespace outlay::ingest
