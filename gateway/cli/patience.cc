#include "gateway/cli/patience.h"

#include <algorithm>

#include "gateway/cli/client.h"
#include "services/common/status/error.h"

namespace outlay::cli {

std::optional<std::chrono::milliseconds> Patience::WaitAfter(int attempt,
                                                             const absl::Status& error) {
  const bool may_pass = error.code() == absl::StatusCode::kUnavailable ||
                        error.code() == absl::StatusCode::kResourceExhausted;
  const ErrorDetail detail = GetErrorDetail(error);
  if (!may_pass || !detail.retry_after_ms || attempt >= kAttemptsMax) return std::nullopt;
  if (!IsUnreachable(error)) was_answered_ = true;
  if (!was_answered_) return std::nullopt;
  const std::chrono::milliseconds advised(
      std::clamp<int64_t>(*detail.retry_after_ms, 1, kWaitMax.count()));
  return std::min(advised * (1 << (attempt - 1)), kWaitMax);
}

}  // namespace outlay::cli
