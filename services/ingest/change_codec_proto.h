// Changes as outlay.ingest.v1.Change: what the journal keeps and subscribers are fed.
#ifndef OUTLAY_SERVICES_INGEST_CHANGE_CODEC_PROTO_H_
#define OUTLAY_SERVICES_INGEST_CHANGE_CODEC_PROTO_H_

#include <string>

#include "services/ingest/change_codec.h"

namespace outlay::ingest {

// A recorded disclosure is kept without its id, which its sequence gives; corrections and voids name theirs.
class ProtoChangeCodec final : public ChangeCodec {
 public:
  EncodedChange Encode(const Change& change) const override;
  RecordedSizes AppendRecorded(const DisclosureContent& content, const ChangeNote& note,
                               std::string& out) const override;
  absl::StatusOr<Change> Decode(std::string_view payload, std::string_view erasable) const override;
  std::string EncodeError(const absl::Status& error) const override;
  absl::Status DecodeError(std::string_view bytes) const override;
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_CHANGE_CODEC_PROTO_H_
