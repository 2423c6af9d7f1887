// A moment as people state it: an instant, or a day. For publication times and as-of times alike.
//
// A day stands for its end in UTC: what was published on a date is known from the end of that day,
// and an as-of date takes in the whole day. So "published at 2025-02-09" is seen as of 2025-02-09,
// and not as of 2025-02-09T12:00:00Z.
#ifndef OUTLAY_SERVICES_COMMON_TIME_MOMENT_H_
#define OUTLAY_SERVICES_COMMON_TIME_MOMENT_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/common/time/instant.h"

namespace outlay::time {

struct Moment {
  Instant instant;         // where `whole_day`, EndOfDay of that day
  bool whole_day = false;  // stated as a date

  static Moment Day(Date date) { return {EndOfDay(date), true}; }
  static Moment At(Instant instant) { return {instant, false}; }

  friend bool operator==(const Moment&, const Moment&) = default;
};

// A date (ParseDate) or an instant (ParseInstant). Errors: theirs; MALFORMED_INSTANT where the text
// looks like neither.
absl::StatusOr<Moment> ParseDateOrInstant(std::string_view text);

// A day as its date, an instant as FormatInstant prints it (in UTC, whatever offset it was written
// with).
std::string FormatMoment(const Moment& moment);

}  // namespace outlay::time

#endif  // OUTLAY_SERVICES_COMMON_TIME_MOMENT_H_
