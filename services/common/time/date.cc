#include "services/common/time/date.h"

#include <algorithm>
#include <optional>

#include "fmt/format.h"
#include "services/common/time/errors.h"
#include "services/common/time/numbers.h"

namespace outlay::time {
namespace {

using std::chrono::days;
using std::chrono::year_month_day;

constexpr std::string_view kWeekdays[] = {"sunday",   "monday", "tuesday", "wednesday",
                                          "thursday", "friday", "saturday"};
constexpr std::string_view kMonths[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};

Date FromNumbers(int year, int month, int day) {
  return year_month_day(std::chrono::year(year), std::chrono::month(month), std::chrono::day(day));
}

// The last `count` digits of a number that is not negative.
void PutDigits(int value, int count, char* out) {
  for (int i = count - 1; i >= 0; --i, value /= 10) out[i] = static_cast<char>('0' + value % 10);
}

// `text` is how the date was written, for the messages.
absl::StatusOr<Date> CheckedDay(std::string_view text, int year, int month, int day) {
  if (month < 1 || month > 12) return NoSuchMonth(text, month);
  if (day < 1 || day > DaysInMonth(year, month)) return ImpossibleDate(year, month, day);
  return FromNumbers(year, month, day);
}

}  // namespace

absl::StatusOr<Date> ParseComputedDate(std::string_view text) {
  std::string_view rest = text;
  const std::optional<int> year = TakeDigits(rest, 4);
  if (!year || !TakePrefix(rest, "-")) return MalformedDate(text);
  const std::optional<int> month = TakeDigits(rest, 2);
  if (!month || !TakePrefix(rest, "-")) return MalformedDate(text);
  const std::optional<int> day = TakeDigits(rest, 2);
  if (!day || !rest.empty()) return MalformedDate(text);
  return CheckedDay(text, *year, *month, *day);
}

absl::StatusOr<Date> ParseDate(std::string_view text) {
  const absl::StatusOr<Date> date = ParseComputedDate(text);
  if (date.ok() && !IsYearInRange(YearOf(*date))) return YearOutOfRange(text, YearOf(*date));
  return date;
}

std::string FormatDate(Date date) {
  const year_month_day parts(date);
  std::string text = "0000-00-00";
  PutDigits(static_cast<int>(parts.year()), 4, text.data());
  PutDigits(static_cast<int>(static_cast<unsigned>(parts.month())), 2, text.data() + 5);
  PutDigits(static_cast<int>(static_cast<unsigned>(parts.day())), 2, text.data() + 8);
  return text;
}

absl::StatusOr<Date> MakeDate(int year, int month, int day) {
  const auto text = [&] { return fmt::format("{:04}-{:02}-{:02}", year, month, day); };
  if (!IsYearInRange(year)) return YearOutOfRange(text(), year);
  if (month >= 1 && month <= 12 && day >= 1 && day <= DaysInMonth(year, month)) {
    return FromNumbers(year, month, day);
  }
  return CheckedDay(text(), year, month, day);
}

int YearOf(Date date) { return static_cast<int>(year_month_day(date).year()); }

int MonthOf(Date date) {
  return static_cast<int>(static_cast<unsigned>(year_month_day(date).month()));
}

int DayOf(Date date) { return static_cast<int>(static_cast<unsigned>(year_month_day(date).day())); }

int DaysInMonth(int year, int month) { return DayOf(LastDayOfMonth(year, month)); }

Date LastDayOfMonth(Date date) { return LastDayOfMonth(YearOf(date), MonthOf(date)); }

Date LastDayOfMonth(int year, int month) {
  return Date(std::chrono::year(year) / std::chrono::month(month) / std::chrono::last);
}

bool IsLastDayOfMonth(Date date) { return date == LastDayOfMonth(date); }

Date AddMonths(Date date, int months) {
  const year_month_day from(date);
  const std::chrono::year_month target =
      std::chrono::year_month(from.year(), from.month()) + std::chrono::months(months);
  const std::chrono::day last = (target / std::chrono::last).day();
  return Date(target / std::min(from.day(), last));
}

Date AddMonthsKeepingMonthEnd(Date date, int months) {
  const Date shifted = AddMonths(date, months);
  return IsLastDayOfMonth(date) ? LastDayOfMonth(shifted) : shifted;
}

std::chrono::weekday WeekdayOf(Date date) { return std::chrono::weekday(date); }

bool IsWeekend(Date date) {
  const std::chrono::weekday weekday(date);
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

Date LastWeekdayOfMonth(std::chrono::weekday weekday, int year, int month) {
  const Date last = LastDayOfMonth(year, month);
  return last - (WeekdayOf(last) - weekday);
}

Date NearestWeekday(std::chrono::weekday weekday, Date date) {
  const days forward = weekday - WeekdayOf(date);
  return forward <= days(3) ? date + forward : date + forward - days(7);
}

std::string_view WeekdayName(std::chrono::weekday weekday) {
  return kWeekdays[weekday.c_encoding()];
}

std::string_view MonthName(int month) { return kMonths[month - 1]; }

}  // namespace outlay::time
