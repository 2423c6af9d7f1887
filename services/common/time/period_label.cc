#include "services/common/time/period_label.h"

#include <optional>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/time/errors.h"
#include "services/common/time/numbers.h"

namespace outlay::time {
namespace {

constexpr std::string_view kUndatedText = "undated";
constexpr std::string_view kFiscalPrefix = "FY";
constexpr std::string_view kTrailingPrefix = "TTM-";
constexpr std::string_view kTo = "..";

struct Year {
  int number;
  bool fiscal;
};

// "2025" or "FY2025" off the front of `rest`. `label` is the whole, for the messages.
absl::StatusOr<Year> TakeYear(std::string_view label, std::string_view& rest) {
  const bool fiscal = TakePrefix(rest, kFiscalPrefix);
  const std::optional<int> year = TakeDigits(rest, 4);
  if (!year) return MalformedPeriod(label, "");
  if (!IsYearInRange(*year)) {
    return MalformedPeriod(
        label, fmt::format("the year is {}, years are {} to {}", *year, kMinYear, kMaxYear));
  }
  return Year{*year, fiscal};
}

// The part after "2025-": H1, Q1, 9M.
absl::Status ParsePart(std::string_view label, std::string_view part, PeriodLabel& parsed) {
  if (TakePrefix(part, "H")) {
    if (part != "1" && part != "2") return MalformedPeriod(label, "halves are H1 and H2");
    parsed.kind = PeriodKind::kHalf;
    parsed.part = part.front() - '0';
    return absl::OkStatus();
  }
  if (TakePrefix(part, "Q")) {
    if (part.size() != 1 || part < "1" || part > "4")
      return MalformedPeriod(label, "quarters are Q1 to Q4");
    parsed.kind = PeriodKind::kQuarter;
    parsed.part = part.front() - '0';
    return absl::OkStatus();
  }
  if (part.empty() || part.back() != 'M') return MalformedPeriod(label, "");
  part.remove_suffix(1);
  const std::optional<int> months = ParseDigits(part);
  if (!months || part.front() == '0' || *months > 11) {
    return MalformedPeriod(
        label, "the first months of a year are 1M to 11M, and twelve are the year itself");
  }
  parsed.kind = PeriodKind::kYearToDate;
  parsed.part = *months;
  return absl::OkStatus();
}

absl::StatusOr<PeriodLabel> ParseDates(std::string_view first, std::string_view last,
                                       std::string_view label) {
  PeriodLabel parsed{.kind = PeriodKind::kDates};
  ASSIGN_OR_RETURN(parsed.first_day, ParseDate(first));
  ASSIGN_OR_RETURN(parsed.last_day, ParseDate(last));
  if (parsed.last_day < parsed.first_day) return MalformedPeriod(label, "it ends before it starts");
  return parsed;
}

absl::StatusOr<PeriodLabel> ParseYears(std::string_view first, std::string_view last,
                                       std::string_view label) {
  ASSIGN_OR_RETURN(const Year from, TakeYear(label, first));
  ASSIGN_OR_RETURN(const Year to, TakeYear(label, last));
  if (!first.empty() || !last.empty()) return MalformedPeriod(label, "");
  if (from.fiscal != to.fiscal)
    return MalformedPeriod(label, "both years must be fiscal or both calendar");
  if (to.number <= from.number)
    return MalformedPeriod(label, "the last of several years must be after the first");
  return PeriodLabel{.kind = PeriodKind::kSeveralYears,
                     .fiscal = from.fiscal,
                     .year = from.number,
                     .last_year = to.number};
}

// "<first>..<last>": dates where both sides have the length of one, else years.
absl::StatusOr<PeriodLabel> ParseRange(std::string_view label, size_t position) {
  constexpr size_t kDateLength = 10;
  const std::string_view first = label.substr(0, position);
  const std::string_view last = label.substr(position + kTo.size());
  const bool dates = first.size() == kDateLength && last.size() == kDateLength;
  return dates ? ParseDates(first, last, label) : ParseYears(first, last, label);
}

std::string_view FiscalPrefix(const PeriodLabel& label) {
  return label.fiscal ? kFiscalPrefix : std::string_view();
}

}  // namespace

absl::StatusOr<PeriodLabel> ParsePeriodLabel(std::string_view text) {
  if (text == kUndatedText) return PeriodLabel{};
  if (const size_t position = text.find(kTo); position != std::string_view::npos)
    return ParseRange(text, position);
  std::string_view rest = text;
  if (TakePrefix(rest, kTrailingPrefix)) {
    PeriodLabel parsed{.kind = PeriodKind::kTrailingTwelveMonths};
    ASSIGN_OR_RETURN(parsed.last_day, ParseDate(rest));
    return parsed;
  }
  ASSIGN_OR_RETURN(const Year year, TakeYear(text, rest));
  PeriodLabel parsed{.kind = PeriodKind::kYear, .fiscal = year.fiscal, .year = year.number};
  if (rest.empty()) return parsed;
  if (!TakePrefix(rest, "-")) return MalformedPeriod(text, "");
  RETURN_IF_ERROR(ParsePart(text, rest, parsed));
  return parsed;
}

std::string FormatPeriodLabel(const PeriodLabel& label) {
  const std::string_view fy = FiscalPrefix(label);
  switch (label.kind) {
    case PeriodKind::kYear:
      return fmt::format("{}{:04}", fy, label.year);
    case PeriodKind::kHalf:
      return fmt::format("{}{:04}-H{}", fy, label.year, label.part);
    case PeriodKind::kQuarter:
      return fmt::format("{}{:04}-Q{}", fy, label.year, label.part);
    case PeriodKind::kYearToDate:
      return fmt::format("{}{:04}-{}M", fy, label.year, label.part);
    case PeriodKind::kTrailingTwelveMonths:
      return fmt::format("{}{}", kTrailingPrefix, FormatDate(label.last_day));
    case PeriodKind::kSeveralYears:
      return fmt::format("{}{:04}{}{}{:04}", fy, label.year, kTo, fy, label.last_year);
    case PeriodKind::kDates:
      return fmt::format("{}{}{}", FormatDate(label.first_day), kTo, FormatDate(label.last_day));
    case PeriodKind::kUndated:
      return std::string(kUndatedText);
  }
  return {};
}

}  // namespace outlay::time
