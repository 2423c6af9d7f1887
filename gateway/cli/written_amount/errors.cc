#include "gateway/cli/written_amount/errors.h"

#include <string>

#include "fmt/format.h"
#include "services/common/status/error.h"

namespace outlay::cli {

absl::Status MalformedAmount(size_t position, std::string_view why) {
  return MakeError(
      absl::StatusCode::kInvalidArgument, fmt::format("at position {}: {}", position, why),
      {.reason = "MALFORMED_AMOUNT", .metadata = {{"position", std::to_string(position)}}});
}

absl::Status MalformedAmount(std::string_view why) {
  return MakeError(absl::StatusCode::kInvalidArgument, why, {.reason = "MALFORMED_AMOUNT"});
}

absl::Status WrittenAmountOutOfRange() {
  return MakeError(absl::StatusCode::kInvalidArgument,
                   "has more digits than an amount can have: at most 38 before or after the point",
                   {.reason = "AMOUNT_OUT_OF_RANGE"});
}

}  // namespace outlay::cli
