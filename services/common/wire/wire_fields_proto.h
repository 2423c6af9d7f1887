// Fields of messages written one by one: for bytes that are made in bulk, without a message first.
#ifndef OUTLAY_SERVICES_COMMON_WIRE_WIRE_FIELDS_PROTO_H_
#define OUTLAY_SERVICES_COMMON_WIRE_WIRE_FIELDS_PROTO_H_

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"

namespace outlay::wire {

// What a string would be that never has to grow: for a message whose size has a bound that is known before.
class FixedBytes {
 public:
  explicit FixedBytes(char* begin) : begin_(begin), end_(begin) {}

  size_t size() const { return end_ - begin_; }
  char& operator[](size_t at) { return begin_[at]; }
  void push_back(char byte) { *end_++ = byte; }
  void append(const char* bytes, size_t size) {
    std::memcpy(end_, bytes, size);
    end_ += size;
  }
  void insert(size_t at, const char* bytes, size_t size) {
    std::memmove(begin_ + at + size, begin_ + at, this->size() - at);
    std::memcpy(begin_ + at, bytes, size);
    end_ += size;
  }

 private:
  char* const begin_;
  char* end_;
};

// Appends fields to `out`, a string or FixedBytes. Numbers are those of the generated classes; values that are the default are the caller's to leave
// out.
template <typename Out>
class FieldWriter {
 public:
  explicit FieldWriter(Out& out) : out_(out) {}

  void Bytes(int number, std::string_view bytes) {
    Start(number, bytes.size());
    if (!bytes.empty()) out_.append(bytes.data(), bytes.size());
  }

  // A field of `size` bytes, which the caller appends.
  void Start(int number, size_t size) { Head(number, Wire::WIRETYPE_LENGTH_DELIMITED, size); }

  // Left out where it is empty.
  void Text(int number, std::string_view text) {
    if (!text.empty()) Bytes(number, text);
  }

  // Left out where it is 0: enums and flags too.
  void Number(int number, uint64_t value) {
    if (value != 0) Oneof(number, value);
  }

  // A number that says something by being there.
  void Oneof(int number, uint64_t value) { Head(number, Wire::WIRETYPE_VARINT, value); }

  void Fixed64(int number, uint64_t value) {
    uint8_t head[kHeadBytesMax];
    uint8_t* end = Coded::WriteTagToArray(Wire::MakeTag(number, Wire::WIRETYPE_FIXED64), head);
    end = Coded::WriteLittleEndian64ToArray(value, end);
    out_.append(reinterpret_cast<const char*>(head), end - head);
  }

  // A message in it, which `fill` writes by the same writer.
  template <typename Fill>
  void Message(int number, Fill fill) {
    uint8_t head[kHeadBytesMax];
    uint8_t* end =
        Coded::WriteTagToArray(Wire::MakeTag(number, Wire::WIRETYPE_LENGTH_DELIMITED), head);
    out_.append(reinterpret_cast<const char*>(head), end - head);
    const size_t start = out_.size();
    out_.push_back(0);  // a length below 128, as most are
    fill();
    const size_t size = out_.size() - start - 1;
    end = Coded::WriteVarint64ToArray(size, head);
    out_[start] = static_cast<char>(head[0]);
    if (size >= 0x80) {
      out_.insert(start + 1, reinterpret_cast<const char*>(head) + 1, end - head - 1);
    }
  }

 private:
  using Coded = google::protobuf::io::CodedOutputStream;
  using Wire = google::protobuf::internal::WireFormatLite;
  static constexpr size_t kHeadBytesMax = 20;

  void Head(int number, Wire::WireType type, uint64_t value) {
    uint8_t head[kHeadBytesMax];
    uint8_t* end = Coded::WriteTagToArray(Wire::MakeTag(number, type), head);
    end = Coded::WriteVarint64ToArray(value, end);
    out_.append(reinterpret_cast<const char*>(head), end - head);
  }

  Out& out_;
};

}  // namespace outlay::wire

#endif  // OUTLAY_SERVICES_COMMON_WIRE_WIRE_FIELDS_PROTO_H_
