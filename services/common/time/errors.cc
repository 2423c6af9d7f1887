#include "services/common/time/errors.h"

#include <string>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/time/date.h"

namespace outlay::time {
namespace {

constexpr std::string_view kMonths[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};

absl::Status Invalid(std::string_view reason, std::string_view description) {
  return InvalidField(reason, "", description);
}

}  // namespace

absl::Status ImpossibleDate(int year, int month, int day) {
  return Invalid("IMPOSSIBLE_DATE",
                 fmt::format("there is no {:04}-{:02}-{:02}: {} {} has {} days", year, month, day,
                             kMonths[month - 1], year, DaysInMonth(year, month)));
}

absl::Status MalformedDate(std::string_view text) {
  return Invalid("MALFORMED_DATE",
                 fmt::format("{} is not a date: write YYYY-MM-DD, as in 2025-02-07", Quote(text)));
}

absl::Status NoSuchMonth(std::string_view text, int month) {
  return Invalid("MALFORMED_DATE",
                 fmt::format("{} is not a date: there is no month {:02}, months are 01 to 12",
                             Quote(text), month));
}

absl::Status YearOutOfRange(std::string_view text, int year) {
  return Invalid("MALFORMED_DATE",
                 fmt::format("{} is out of range: the year is {}, years are {} to {}", Quote(text),
                             year, kMinYear, kMaxYear));
}

absl::Status MalformedInstant(std::string_view text, std::string_view problem) {
  return Invalid("MALFORMED_INSTANT",
                 fmt::format("{} is not an instant: {}; write RFC 3339, as in 2025-02-07T16:00:00Z",
                             Quote(text), problem));
}

absl::Status MalformedMoment(std::string_view text) {
  return Invalid("MALFORMED_INSTANT",
                 fmt::format("{} is neither a date nor an instant: write YYYY-MM-DD, as in "
                             "2025-02-07 (the whole day, UTC), "
                             "or RFC 3339, as in 2025-02-07T16:00:00Z",
                             Quote(text)));
}

absl::Status MalformedFiscalCalendar(std::string_view text, std::string_view problem) {
  return Invalid(
      "MALFORMED_FISCAL_CALENDAR",
      fmt::format(
          "{} is not a fiscal calendar: {}; write the last day of the fiscal year as 06-30, "
          "02-end, "
          "last-saturday-of-september or nearest-saturday-to-01-31, with the options "
          "\",named-after-start-year\" and \",extra-week-in-q1\" (q1 to q3) where they apply",
          Quote(text), problem));
}

absl::Status MalformedPeriod(std::string_view label, std::string_view problem) {
  return Invalid(
      "MALFORMED_PERIOD",
      fmt::format(
          "{} is not a period{}{}; write 2025, 2025-H1, 2025-Q1, 2025-9M (the first nine months), "
          "the "
          "same with FY for fiscal years (FY2025-Q1), TTM-2025-06-30 (twelve months), 2025..2028, "
          "2025-01-15..2025-04-14 (both days included) or undated",
          Quote(label), problem.empty() ? "" : ": ", problem));
}

absl::Status FiscalYearUnknown(std::string_view label) {
  return Invalid(
      "FISCAL_YEAR_UNKNOWN",
      fmt::format(
          "{} is a fiscal period, and the organization's fiscal calendar is not known: record the "
          "organization with its fiscal year end first, or write the period as calendar (2025) or "
          "as "
          "dates (2024-07-01..2025-06-30)",
          Quote(label)));
}

absl::Status NowToCome(Instant asked, Instant clock) {
  const std::string description =
      fmt::format("{} is to come: it is {}; give the now of an earlier answer's stamp, or none",
                  FormatInstant(asked), FormatInstant(clock));
  return MakeError(absl::StatusCode::kOutOfRange, "as_of.now: " + description,
                   {.reason = "NOW_TO_COME", .violations = {{"as_of.now", description}}});
}

}  // namespace outlay::time
