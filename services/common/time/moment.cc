#include "services/common/time/moment.h"

#include "services/common/status/error.h"
#include "services/common/time/errors.h"

namespace outlay::time {

absl::StatusOr<Moment> ParseDateOrInstant(std::string_view text) {
  if (text.find_first_of("Tt:") != std::string_view::npos) {
    ASSIGN_OR_RETURN(const Instant instant, ParseInstant(text));
    return Moment::At(instant);
  }
  const absl::StatusOr<Date> date = ParseDate(text);
  if (date.ok()) return Moment::Day(*date);
  // A text in the form of a date keeps the date's own error; it says more than "neither".
  const bool has_form_of_date = text.size() == 10 && text[4] == '-' && text[7] == '-';
  return has_form_of_date ? date.status() : MalformedMoment(text);
}

std::string FormatMoment(const Moment& moment) {
  return moment.whole_day ? FormatDate(DateOf(moment.instant)) : FormatInstant(moment.instant);
}

}  // namespace outlay::time
