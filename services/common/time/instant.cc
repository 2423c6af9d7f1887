#include "services/common/time/instant.h"

#include <optional>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/time/errors.h"
#include "services/common/time/numbers.h"

namespace outlay::time {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr size_t kDateLength = 10;
constexpr size_t kMaxFractionDigits = 9;
constexpr size_t kLongestText = 27;  // 2025-02-07T15:00:00.123456Z

// HH:MM:SS off the front of `rest`.
absl::StatusOr<microseconds> TakeTime(std::string_view text, std::string_view& rest) {
  const std::optional<int> hour = TakeDigits(rest, 2);
  if (!hour || !TakePrefix(rest, ":")) return MalformedInstant(text, "the time must be HH:MM:SS");
  const std::optional<int> minute = TakeDigits(rest, 2);
  if (!minute || !TakePrefix(rest, ":")) return MalformedInstant(text, "the time must be HH:MM:SS");
  const std::optional<int> second = TakeDigits(rest, 2);
  if (!second) return MalformedInstant(text, "the time must be HH:MM:SS");
  if (*hour > 23)
    return MalformedInstant(text, fmt::format("the hour is {:02}, hours are 00 to 23", *hour));
  if (*minute > 59)
    return MalformedInstant(text,
                            fmt::format("the minute is {:02}, minutes are 00 to 59", *minute));
  if (*second > 59) {
    return MalformedInstant(
        text, fmt::format("the second is {:02}, seconds are 00 to 59 (leap seconds are not kept)",
                          *second));
  }
  return hours(*hour) + minutes(*minute) + seconds(*second);
}

// ".250" off the front of `rest`; zero where there is no fraction.
absl::StatusOr<microseconds> TakeFraction(std::string_view text, std::string_view& rest) {
  if (!TakePrefix(rest, ".")) return microseconds(0);
  size_t count = 0;
  while (count < rest.size() && rest[count] >= '0' && rest[count] <= '9') ++count;
  if (count == 0 || count > kMaxFractionDigits) {
    return MalformedInstant(text, "the fraction of the second must have 1 to 9 digits");
  }
  int64_t nanoseconds = *TakeDigits(rest, count);
  for (size_t digits = count; digits < kMaxFractionDigits; ++digits) nanoseconds *= 10;
  return microseconds(nanoseconds / 1000);
}

// All of `rest`: Z or ±HH:MM.
absl::StatusOr<minutes> ParseOffset(std::string_view text, std::string_view rest) {
  constexpr std::string_view kRight =
      "the text must end in an offset from UTC: Z, or as in +09:00, at most 23:59";
  if (rest == "Z" || rest == "z") return minutes(0);
  const bool east = TakePrefix(rest, "+");
  if (!east && !TakePrefix(rest, "-")) return MalformedInstant(text, kRight);
  const std::optional<int> hour = TakeDigits(rest, 2);
  if (!hour || !TakePrefix(rest, ":")) return MalformedInstant(text, kRight);
  const std::optional<int> minute = TakeDigits(rest, 2);
  if (!minute || !rest.empty() || *hour > 23 || *minute > 59) return MalformedInstant(text, kRight);
  const minutes offset = hours(*hour) + minutes(*minute);
  return east ? offset : -offset;
}

// ":07". Not by fmt: batches of rates have thousands of them.
void AppendTwoDigits(char before, int64_t value, std::string& text) {
  text += before;
  text += static_cast<char>('0' + value / 10);
  text += static_cast<char>('0' + value % 10);
}

}  // namespace

absl::StatusOr<Instant> ParseInstant(std::string_view text) {
  std::string_view rest = text;
  if (rest.size() <= kDateLength || (rest[kDateLength] != 'T' && rest[kDateLength] != 't')) {
    return MalformedInstant(text, "it must be a date, T, a time and an offset from UTC");
  }
  ASSIGN_OR_RETURN(const Date date, ParseDate(rest.substr(0, kDateLength)));
  rest.remove_prefix(kDateLength + 1);
  ASSIGN_OR_RETURN(const microseconds time, TakeTime(text, rest));
  ASSIGN_OR_RETURN(const microseconds fraction, TakeFraction(text, rest));
  ASSIGN_OR_RETURN(const minutes offset, ParseOffset(text, rest));
  const Instant instant = StartOfDay(date) + time + fraction - offset;
  const int year = YearOf(DateOf(instant));
  if (!IsYearInRange(year)) {
    return MalformedInstant(
        text, fmt::format("in UTC its year is {}, years are {} to {}", year, kMinYear, kMaxYear));
  }
  return instant;
}

std::string FormatInstant(Instant instant) {
  const Date date = DateOf(instant);
  const std::chrono::hh_mm_ss<microseconds> time(instant - date);
  std::string text;
  text.reserve(kLongestText);
  text += FormatDate(date);
  AppendTwoDigits('T', time.hours().count(), text);
  AppendTwoDigits(':', time.minutes().count(), text);
  AppendTwoDigits(':', time.seconds().count(), text);
  const int64_t fraction_us = time.subseconds().count();
  if (fraction_us % 1000 != 0) {
    text += fmt::format(".{:06}", fraction_us);
  } else if (fraction_us != 0) {
    text += fmt::format(".{:03}", fraction_us / 1000);
  }
  text += 'Z';
  return text;
}

Instant StartOfDay(Date date) { return Instant(date); }

Instant EndOfDay(Date date) { return Instant(date + days(1)) - microseconds(1); }

Date DateOf(Instant instant) { return std::chrono::floor<days>(instant); }

}  // namespace outlay::time
