// The errors of this library, one function each. All but the last are INVALID_ARGUMENT about an
// unnamed field: callers put them below the field's path with Under().
#ifndef OUTLAY_SERVICES_COMMON_TIME_ERRORS_H_
#define OUTLAY_SERVICES_COMMON_TIME_ERRORS_H_

#include <string_view>

#include "absl/status/status.h"
#include "services/common/time/instant.h"

namespace outlay::time {

// IMPOSSIBLE_DATE: the month has no such day. Month 1 to 12.
absl::Status ImpossibleDate(int year, int month, int day);

// MALFORMED_DATE: not YYYY-MM-DD, no such month, or a year out of range.
absl::Status MalformedDate(std::string_view text);
absl::Status NoSuchMonth(std::string_view text, int month);
absl::Status YearOutOfRange(std::string_view text, int year);

// MALFORMED_INSTANT: not RFC 3339; `problem` says which part is wrong.
absl::Status MalformedInstant(std::string_view text, std::string_view problem);

// MALFORMED_INSTANT: neither a date nor an instant.
absl::Status MalformedMoment(std::string_view text);

// MALFORMED_FISCAL_CALENDAR: `problem` says which part is wrong.
absl::Status MalformedFiscalCalendar(std::string_view text, std::string_view problem);

// MALFORMED_PERIOD: `problem` says which part is wrong; may be empty. The message lists the right
// labels.
absl::Status MalformedPeriod(std::string_view label, std::string_view problem);

// FISCAL_YEAR_UNKNOWN: a fiscal label for an organization whose fiscal calendar is not known.
absl::Status FiscalYearUnknown(std::string_view label);

// OUT_OF_RANGE, NOW_TO_COME, about as_of.now.
absl::Status NowToCome(Instant asked, Instant clock);

}  // namespace outlay::time

#endif  // OUTLAY_SERVICES_COMMON_TIME_ERRORS_H_
