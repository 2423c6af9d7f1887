// What "now" is for an answer: the server's clock, unless the caller says what it was for an earlier one.
#ifndef OUTLAY_SERVICES_COMMON_TIME_ASKED_NOW_H_
#define OUTLAY_SERVICES_COMMON_TIME_ASKED_NOW_H_

#include <chrono>
#include <optional>

#include "absl/status/statusor.h"
#include "services/common/time/instant.h"

namespace outlay::time {

// By how much the clocks of the servers that one answer passes through may differ.
inline constexpr std::chrono::minutes kClockSkewMax{1};

// `asked`, or `clock` where nothing was asked. OUT_OF_RANGE (NOW_TO_COME, field "as_of.now") where it is later than the clock by more than
// kClockSkewMax: nobody knows yet what will be published by then.
absl::StatusOr<Instant> NowFor(const std::optional<Instant>& asked, Instant clock);

}  // namespace outlay::time

#endif  // OUTLAY_SERVICES_COMMON_TIME_ASKED_NOW_H_
