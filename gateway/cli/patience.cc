#include "gateway/cli/patience.h"

#include <algorithm>

#include "services/common/status/error.h"

namespace outlay::cli {

std::optional<std::chrono::milliseconds> Patience::WaitAfter(int attempt,
                                                             const absl::Status& error) {
  const bool may_pass = error.code() == absl::StatusCode::kUnavailable ||
                        error.code() == absl::StatusCode::kResourceExhausted;
  const ErrorDetail detail = GetErrorDetail(error);
  if (!may_pass || !detail.retry_after_ms || attempt >= kAttemptsMax) return std::nullopt;
  const bool is_transport = detail.reason == "BACKEND_UNAVAILABLE";
  // Any other error came from the server itself.
  if (is_transport && !was_answered_) return std::nullopt;
  was_answered_ = true;
  const std::chrono::milliseconds advised(
      std::clamp<int64_t>(*detail.retry_after_ms, 1, kWaitMax.count()));
  return std::min(advised * (1 << (attempt - 1)), kWaitMax);
}

}  // namespace outlay::cli
