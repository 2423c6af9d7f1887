// Instants: points of UTC time, to the microsecond. Text is RFC 3339.
#ifndef OUTLAY_SERVICES_COMMON_TIME_INSTANT_H_
#define OUTLAY_SERVICES_COMMON_TIME_INSTANT_H_

#include <chrono>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/common/time/date.h"

namespace outlay::time {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;

// 2025-02-07T16:00:00Z, 2025-02-07T16:00:00.250+01:00. The offset is required (Z or ±HH:MM, at most
// 23:59); the fraction has 1 to 9 digits, of which those below the microsecond are cut off. T and Z
// may be lower case. Leap seconds
// (:60) do not exist here. The years, as written and in UTC, are 1900 to 2200.
// Errors: MALFORMED_INSTANT; for the date part IMPOSSIBLE_DATE, or MALFORMED_DATE where its year is
// out of range.
absl::StatusOr<Instant> ParseInstant(std::string_view text);

// In UTC with Z; the fraction only where it is not zero, with 3 digits if they suffice, else 6.
std::string FormatInstant(Instant instant);

Instant StartOfDay(Date date);  // 00:00:00 UTC
Instant EndOfDay(Date date);    // the last microsecond of the day in UTC: 23:59:59.999999
Date DateOf(Instant instant);   // the day in UTC

}  // namespace outlay::time

#endif  // OUTLAY_SERVICES_COMMON_TIME_INSTANT_H_
