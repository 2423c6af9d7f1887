#include "services/common/time/asked_now.h"

#include "services/common/time/errors.h"

namespace outlay::time {

absl::StatusOr<Instant> NowFor(const std::optional<Instant>& asked, Instant clock) {
  if (!asked) return clock;
  if (*asked > clock + kClockSkewMax) return NowToCome(*asked, clock);
  return *asked;
}

}  // namespace outlay::time
