// The text form of fiscal calendars; the grammar is in fiscal_calendar.h.
#include <optional>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/time/errors.h"
#include "services/common/time/fiscal_calendar.h"
#include "services/common/time/numbers.h"

namespace outlay::time {
namespace {

constexpr std::string_view kStartYear = "named-after-start-year";
constexpr std::string_view kExtraWeek = "extra-week-in-q";

// Up to the first `separator`, which is taken off too; all of `text` where there is none.
std::string_view TakeUpTo(std::string_view& text, std::string_view separator) {
  const size_t position = text.find(separator);
  const std::string_view head = text.substr(0, position);
  text.remove_prefix(position == std::string_view::npos ? text.size()
                                                        : position + separator.size());
  return head;
}

std::optional<std::chrono::weekday> ParseWeekday(std::string_view name) {
  for (unsigned encoding = 0; encoding < 7; ++encoding) {
    const std::chrono::weekday weekday(encoding);
    if (WeekdayName(weekday) == name) return weekday;
  }
  return std::nullopt;
}

std::optional<int> ParseMonthName(std::string_view name) {
  for (int month = 1; month <= 12; ++month) {
    if (MonthName(month) == name) return month;
  }
  return std::nullopt;
}

// MM-DD or MM-end, as a calendar of the kind kMonthEnd or kFixedDay.
absl::StatusOr<FiscalCalendar> ParseMonthAndDay(std::string_view text, std::string_view rule) {
  const std::optional<int> month = TakeDigits(rule, 2);
  if (!month || !TakePrefix(rule, "-"))
    return MalformedFiscalCalendar(text, "it must begin with MM-DD, last- or nearest-");
  if (*month < 1 || *month > 12) {
    return MalformedFiscalCalendar(
        text, fmt::format("there is no month {:02}, months are 01 to 12", *month));
  }
  if (rule == "end") return FiscalCalendar::MonthEnd(*month);
  const std::optional<int> day = rule.size() == 2 ? ParseDigits(rule) : std::nullopt;
  if (!day)
    return MalformedFiscalCalendar(
        text, fmt::format("after the month must come two digits or \"end\", not {}", Quote(rule)));
  if (*month == 2 && *day == 29) {
    return MalformedFiscalCalendar(
        text, "the end of February is written 02-end (02-28 is the 28th in leap years too)");
  }
  constexpr int kCommonYear = 2023;
  const int last = DaysInMonth(kCommonYear, *month);
  if (*day < 1 || *day > last) {
    return MalformedFiscalCalendar(
        text, fmt::format("{} has no day {:02}, its last is {}", MonthName(*month), *day, last));
  }
  const bool is_month_end = *day == last && *month != 2;
  return is_month_end ? FiscalCalendar::MonthEnd(*month) : FiscalCalendar::FixedDay(*month, *day);
}

absl::StatusOr<std::chrono::weekday> TakeWeekday(std::string_view text, std::string_view& rule,
                                                 std::string_view separator) {
  const std::string_view name = TakeUpTo(rule, separator);
  const std::optional<std::chrono::weekday> weekday = ParseWeekday(name);
  if (!weekday)
    return MalformedFiscalCalendar(text, fmt::format("{} is not a weekday", Quote(name)));
  return *weekday;
}

absl::StatusOr<FiscalCalendar> ParseRule(std::string_view text, std::string_view rule) {
  if (TakePrefix(rule, "last-")) {
    ASSIGN_OR_RETURN(const std::chrono::weekday weekday, TakeWeekday(text, rule, "-of-"));
    const std::optional<int> month = ParseMonthName(rule);
    if (!month)
      return MalformedFiscalCalendar(
          text, fmt::format("after \"-of-\" must come a month, not {}", Quote(rule)));
    return FiscalCalendar::LastWeekday(weekday, *month);
  }
  if (TakePrefix(rule, "nearest-")) {
    ASSIGN_OR_RETURN(const std::chrono::weekday weekday, TakeWeekday(text, rule, "-to-"));
    ASSIGN_OR_RETURN(const FiscalCalendar end, ParseMonthAndDay(text, rule));
    if (end.end_rule != FiscalCalendar::EndRule::kMonthEnd) {
      return MalformedFiscalCalendar(text, "after \"-to-\" must come the last day of a month");
    }
    return FiscalCalendar::NearestWeekday(weekday, end.end_month);
  }
  return ParseMonthAndDay(text, rule);
}

absl::Status ApplyOption(std::string_view text, std::string_view option, FiscalCalendar& calendar) {
  if (option == kStartYear && !calendar.named_after_start_year) {
    calendar.named_after_start_year = true;
    return absl::OkStatus();
  }
  if (TakePrefix(option, kExtraWeek) && (option == "1" || option == "2" || option == "3")) {
    if (!calendar.HasWeekYears())
      return MalformedFiscalCalendar(text, "only years of 52 or 53 weeks have an extra week");
    if (calendar.extra_week_quarter != 4)
      return MalformedFiscalCalendar(text, "it gives the extra week twice");
    calendar.extra_week_quarter = option.front() - '0';
    return absl::OkStatus();
  }
  return MalformedFiscalCalendar(text, "an option is unknown or given twice");
}

std::string FormatMonthEnd(int month) {
  constexpr int kAnyYear = 2023;
  return month == 2 ? "02-end" : fmt::format("{:02}-{:02}", month, DaysInMonth(kAnyYear, month));
}

std::string FormatRule(const FiscalCalendar& calendar) {
  switch (calendar.end_rule) {
    case FiscalCalendar::EndRule::kMonthEnd:
      return FormatMonthEnd(calendar.end_month);
    case FiscalCalendar::EndRule::kFixedDay:
      return fmt::format("{:02}-{:02}", calendar.end_month, calendar.end_day);
    case FiscalCalendar::EndRule::kLastWeekdayOfMonth:
      return fmt::format("last-{}-of-{}", WeekdayName(calendar.weekday),
                         MonthName(calendar.end_month));
    case FiscalCalendar::EndRule::kNearestWeekdayToMonthEnd:
      return fmt::format("nearest-{}-to-{}", WeekdayName(calendar.weekday),
                         FormatMonthEnd(calendar.end_month));
  }
  return {};
}

}  // namespace

absl::StatusOr<FiscalCalendar> ParseFiscalCalendar(std::string_view text) {
  std::string_view rest = text;
  const std::string_view rule = TakeUpTo(rest, ",");
  ASSIGN_OR_RETURN(FiscalCalendar calendar, ParseRule(text, rule));
  bool more = rule.size() < text.size();
  while (more) {
    more = rest.find(',') != std::string_view::npos;
    RETURN_IF_ERROR(ApplyOption(text, TakeUpTo(rest, ","), calendar));
  }
  return calendar;
}

std::string FormatFiscalCalendar(const FiscalCalendar& calendar) {
  std::string text = FormatRule(calendar);
  if (calendar.named_after_start_year) text += fmt::format(",{}", kStartYear);
  if (calendar.HasWeekYears() && calendar.extra_week_quarter != 4) {
    text += fmt::format(",{}{}", kExtraWeek, calendar.extra_week_quarter);
  }
  return text;
}

}  // namespace outlay::time
