#include "gateway/cli/ecb_csv.h"

#include <algorithm>
#include <charconv>

#include "fmt/format.h"
#include "gateway/cli/csv_cells.h"
#include "services/common/money/currency.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/time/date.h"

namespace outlay::cli {
namespace {

constexpr std::string_view kDate = "Date";
constexpr std::string_view kMissing = "N/A";

absl::Status NotEcb(std::string_view why) {
  return MakeError(
      absl::StatusCode::kInvalidArgument,
      fmt::format("is no table of ECB reference rates: {}; its first line reads Date,USD,JPY,…",
                  why),
      {.reason = "NOT_ECB_CSV"});
}

// 2026-04-13, as the historical file has it, or 13 April 2026, as the daily one does.
absl::StatusOr<time::Date> ParseEcbDate(std::string_view text) {
  const size_t first = text.find(' ');
  const size_t second = first == text.npos ? text.npos : text.find(' ', first + 1);
  if (second == text.npos) return time::ParseDate(text);
  const auto number = [](std::string_view digits, size_t digits_max) {
    int value = 0;
    const char* const end = digits.data() + digits.size();
    const auto [rest, error] = std::from_chars(digits.data(), end, value);
    const bool is_number = error == std::errc() && rest == end && digits[0] != '-';
    return is_number && digits.size() <= digits_max ? value : 0;
  };
  for (int month = 1; month <= 12; ++month) {
    if (!EqualsIgnoringCase(text.substr(first + 1, second - first - 1), time::MonthName(month))) {
      continue;
    }
    return time::MakeDate(number(text.substr(second + 1), 4), month,
                          number(text.substr(0, first), 2));
  }
  return time::ParseDate(text);
}

}  // namespace

bool EcbCsvReader::IsHeader(std::string_view line) {
  const std::vector<PlacedCell> cells = SplitCells(line);
  return cells.size() > 1 && cells[0].text == kDate;
}

absl::StatusOr<EcbCsvReader> EcbCsvReader::FromHeader(std::string_view line) {
  if (!IsHeader(line)) return NotEcb("the first cell is not \"Date\"");
  std::vector<PlacedCell> cells = SplitCells(line);
  if (cells.back().text.empty()) cells.pop_back();
  EcbCsvReader reader;
  std::map<std::string_view, size_t> seen;
  bool any_known = false;
  for (size_t i = 1; i < cells.size(); ++i) {
    const auto [first, is_new] = seen.emplace(cells[i].text, cells[i].column);
    if (!is_new) {
      return MakeError(
          absl::StatusCode::kInvalidArgument,
          fmt::format("the column {} stands twice, at {} and at {}: which one holds?",
                      Quote(cells[i].text), first->second, cells[i].column),
          {.reason = "DOUBLED_COLUMN", .metadata = {{"column", std::to_string(cells[i].column)}}});
    }
    const bool is_known = money::FindCurrency(cells[i].text) != nullptr;
    any_known = any_known || is_known;
    reader.columns_.push_back({is_known ? std::string(cells[i].text) : ""});
    if (is_known) continue;
    reader.warnings_.push_back(
        {1, cells[i].column,
         fmt::format("the column {} is left out: no currency of ISO 4217 has that code",
                     Quote(cells[i].text))});
  }
  if (!any_known) {
    return MakeError(absl::StatusCode::kInvalidArgument, "no column is a currency of ISO 4217",
                     {.reason = "NO_KNOWN_COLUMN"});
  }
  return reader;
}

EcbRow EcbCsvReader::Read(std::string_view line, size_t line_number) {
  EcbRow row;
  if (IsBlankLine(line)) return row;
  std::vector<PlacedCell> cells = SplitCells(line);
  // The line's own trailing comma, whether the header has one or not.
  if (cells.size() == columns_.size() + 2 && cells.back().text.empty()) cells.pop_back();
  const auto refuse = [&](size_t column, std::string message) {
    row.problems.push_back({line_number, column, std::move(message)});
  };
  if (cells.size() != columns_.size() + 1) {
    refuse(0, fmt::format("has {} where the header has {}", Counted(cells.size(), "cell"),
                          columns_.size() + 1));
    return row;
  }
  const auto date = ParseEcbDate(cells[0].text);
  if (!date.ok()) {
    refuse(cells[0].column, std::string(FromAbsl(date.status().message())));
    return row;
  }
  const std::string day = time::FormatDate(*date);
  const auto [first, is_new] = lines_by_date_.emplace(day, line_number);
  if (!is_new) {
    refuse(cells[0].column,
           fmt::format("the day {} stands already at line {}", day, first->second));
    return row;
  }
  for (size_t i = 1; i < cells.size(); ++i) {
    const std::string& currency = columns_[i - 1].currency_code;
    if (currency.empty() || cells[i].text.empty() || cells[i].text == kMissing) continue;
    const auto value = money::Decimal::Parse(cells[i].text);
    if (value.ok() && value->Sign() > 0) {
      row.rates.push_back({day, currency, *value, cells[i].column});
    } else {
      refuse(cells[i].column, fmt::format("{} of {} is {}: a rate is a positive number such as "
                                          "1.0377, or N/A where there is none",
                                          currency, day, Quote(cells[i].text)));
    }
  }
  return row;
}

}  // namespace outlay::cli
