// How changes and refusals are written into the journal's bytes. The domain knows that it is done, the wire layer how.
#ifndef OUTLAY_SERVICES_INGEST_CHANGE_CODEC_H_
#define OUTLAY_SERVICES_INGEST_CHANGE_CODEC_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/ingest/change.h"

namespace outlay::ingest {

// A change as two parts of a journal's record: quoted words can be erased, the rest cannot.
struct EncodedChange {
  std::string payload;
  std::string erasable;
};

// What AppendRecorded appends: the payload, then the erasable bytes.
struct RecordedSizes {
  size_t payload = 0;
  size_t erasable = 0;
  // The first bytes of the payload are the content's, whoever recorded it and why. Equal contents have equal ones.
  size_t content = 0;
};

// Thread safe.
class ChangeCodec {
 public:
  virtual ~ChangeCodec() = default;

  virtual EncodedChange Encode(const Change& change) const = 0;

  // The bytes of Encode of a DisclosureRecorded, appended without copies: for bulk loads.
  virtual RecordedSizes AppendRecorded(const DisclosureContent& content, const ChangeNote& note,
                                       std::string& out) const = 0;

  // `erasable` is empty where the change has no quoted words, or no longer has. DATA_LOSS PAYLOAD_UNREADABLE where the bytes are not a
  // change. Fields that this version does not know are passed over.
  virtual absl::StatusOr<Change> Decode(std::string_view payload,
                                        std::string_view erasable) const = 0;

  // A refusal with its detail; DecodeError gives back an equal status. Retry advice is not kept, nor are violations beyond the first 100:
  // metadata "violations_omitted" counts those.
  virtual std::string EncodeError(const absl::Status& error) const = 0;
  virtual absl::Status DecodeError(std::string_view bytes) const = 0;
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_CHANGE_CODEC_H_
