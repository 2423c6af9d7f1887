// Fields of messages read one by one, where they lie: for messages that come in bulk and are needed once.
#ifndef OUTLAY_SERVICES_INGEST_FIELD_READER_PROTO_H_
#define OUTLAY_SERVICES_INGEST_FIELD_READER_PROTO_H_

#include <cstdint>
#include <string_view>

namespace outlay::ingest {

// Goes over the fields of one message as protobuf's parser does: what one refuses, the other refuses. After the last field, or where the bytes are
// not a message, Next returns false; ok() says which.
class FieldReader {
 public:
  // `depth`: in how many messages this one lies.
  explicit FieldReader(std::string_view message, int depth = 0)
      : at_(message.data()), end_(at_ + message.size()), depth_(depth) {}

  // For a reader of the message that bytes() is.
  int depth_below() const { return depth_ + 1; }

  bool Next();
  // False as well when a text that was asked for is not UTF-8.
  bool ok() const { return ok_; }

  // Of the present field. A field of another type than the schema's is unknown, and passed over.
  bool IsNumber(int field) const { return tag_ == (static_cast<uint32_t>(field) << 3 | kVarint); }
  bool IsBytes(int field) const { return tag_ == (static_cast<uint32_t>(field) << 3 | kBytes); }

  uint64_t number() const { return number_; }
  bool flag() const { return number_ != 0; }
  int32_t enumeration() const { return static_cast<int32_t>(number_); }
  // Of a bytes field: a message or bytes.
  std::string_view bytes() const { return bytes_; }
  // The same of a string field, which must be UTF-8.
  std::string_view Text();

  // For a message in this one that could not be read.
  void Fail() { ok_ = false; }

 private:
  enum WireType : uint32_t {
    kVarint = 0,
    kFixed64 = 1,
    kBytes = 2,
    kGroupStart = 3,
    kGroupEnd = 4,
    kFixed32 = 5,
  };

  bool ReadVarint(uint64_t& value);
  bool ReadTag(uint32_t& tag);
  bool ReadSize(uint32_t& size);
  bool ReadBytes();
  bool Pass(size_t size);
  // What follows the tag of one field, kept or passed over.
  bool ReadValue(uint32_t tag, int depth);
  bool PassGroup(uint32_t start_tag, int depth);

  const char* at_;
  const char* const end_;
  const int depth_;
  uint32_t tag_ = 0;
  uint64_t number_ = 0;
  std::string_view bytes_;
  bool ok_ = true;
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_FIELD_READER_PROTO_H_
