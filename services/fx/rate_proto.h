#ifndef OUTLAY_SERVICES_FX_RATE_PROTO_H_
#define OUTLAY_SERVICES_FX_RATE_PROTO_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "outlay/fx/v1/rate.pb.h"
#include "services/fx/change_codec.h"
#include "services/fx/rate.h"

namespace outlay::fx {

// What a client sent, checked by MakeRate. INVALID_ARGUMENT, relative to the rate.
absl::StatusOr<Rate> ParseRate(const v1::Rate& message, time::Instant now);

// All but the sequence and the time of recording.
void ToProto(const Rate& rate, v1::Rate& message);

// A rate without a place in the journal (an irrevocable ratio) has neither of them.
void ToProto(const StoredRate& stored, v1::Rate& message);

// Changes as outlay.fx.v1.RateChange, refusals as outlay.journal.v1.RecordError.
class ProtoChangeCodec final : public ChangeCodec {
 public:
  std::string EncodeRate(const Rate& rate, const ChangeNote& note) const override;
  std::string EncodeRelease(const RateRelease& release, const ChangeNote& note) const override;
  absl::StatusOr<std::optional<RateChange>> DecodeChange(std::string_view payload) const override;
  std::string EncodeRefusal(const absl::Status& refusal) const override;
  absl::Status DecodeRefusal(std::string_view bytes) const override;
};

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_RATE_PROTO_H_
