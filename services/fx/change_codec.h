#ifndef OUTLAY_SERVICES_FX_CHANGE_CODEC_H_
#define OUTLAY_SERVICES_FX_CHANGE_CODEC_H_

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/fx/rate.h"

namespace outlay::fx {

// What an entry of the journal says.
using RateChange = std::variant<Rate, RateRelease>;

// The stored form of changes and refusals: what the domain knows of the wire. Safe for concurrent
// use.
class ChangeCodec {
 public:
  virtual ~ChangeCodec() = default;

  virtual std::string EncodeRate(const Rate& rate, const ChangeNote& note) const = 0;
  virtual std::string EncodeRelease(const RateRelease& release, const ChangeNote& note) const = 0;
  // Nothing for a change of a kind that this version does not know. An error says why the bytes are
  // no change.
  virtual absl::StatusOr<std::optional<RateChange>> DecodeChange(
      std::string_view payload) const = 0;

  virtual std::string EncodeRefusal(const absl::Status& refusal) const = 0;
  virtual absl::Status DecodeRefusal(std::string_view bytes) const = 0;
};

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_CHANGE_CODEC_H_
