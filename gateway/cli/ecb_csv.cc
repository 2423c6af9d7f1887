#include "gateway/cli/ecb_csv.h"

#include <optional>

#include "fmt/format.h"
#include "services/common/money/currency.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/time/date.h"

namespace outlay::cli {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kDate = "Date";
constexpr std::string_view kMissing = "N/A";

struct Cell {
  std::string_view text;
  size_t column;  // of its first character, from 1
};

std::string_view Trimmed(std::string_view text, size_t* skipped) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == text.npos) return {};
  *skipped = begin;
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::vector<Cell> Split(std::string_view line) {
  std::vector<Cell> cells;
  size_t column = 1;
  while (true) {
    const size_t comma = std::min(line.find(','), line.size());
    size_t skipped = 0;
    const std::string_view text = Trimmed(line.substr(0, comma), &skipped);
    cells.push_back({text, column + skipped});
    if (comma == line.size()) return cells;
    column += comma + 1;
    line.remove_prefix(comma + 1);
  }
}

std::string_view WithoutMark(std::string_view line) {
  return line.starts_with(kByteOrderMark) ? line.substr(kByteOrderMark.size()) : line;
}

absl::Status NotEcb(std::string_view why) {
  return MakeError(
      absl::StatusCode::kInvalidArgument,
      fmt::format("is no table of ECB reference rates: {}; its first line reads Date,USD,JPY,…",
                  why),
      {.reason = "NOT_ECB_CSV"});
}

bool IsBlank(std::string_view line) { return line.find_first_not_of(" \t\r") == line.npos; }

}  // namespace

bool EcbCsvReader::IsHeader(std::string_view line) {
  const std::vector<Cell> cells = Split(WithoutMark(line));
  return cells.size() > 1 && cells[0].text == kDate;
}

absl::StatusOr<EcbCsvReader> EcbCsvReader::FromHeader(std::string_view line) {
  if (!IsHeader(line)) return NotEcb("the first cell is not \"Date\"");
  std::vector<Cell> cells = Split(WithoutMark(line));
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
  if (IsBlank(line)) return row;
  std::vector<Cell> cells = Split(line);
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
  const auto date = time::ParseDate(cells[0].text);
  if (!date.ok()) {
    refuse(cells[0].column, std::string(FromAbsl(date.status().message())));
    return row;
  }
  const auto [first, is_new] = lines_by_date_.emplace(cells[0].text, line_number);
  if (!is_new) {
    refuse(cells[0].column,
           fmt::format("the day {} stands already at line {}", cells[0].text, first->second));
    return row;
  }
  for (size_t i = 1; i < cells.size(); ++i) {
    const std::string& currency = columns_[i - 1].currency_code;
    if (currency.empty() || cells[i].text.empty() || cells[i].text == kMissing) continue;
    const auto value = money::Decimal::Parse(cells[i].text);
    if (value.ok() && value->Sign() > 0) {
      row.rates.push_back({std::string(cells[0].text), currency, *value, cells[i].column});
    } else {
      refuse(cells[i].column, fmt::format("{} of {} is {}: a rate is a positive number such as "
                                          "1.0377, or N/A where there is none",
                                          currency, cells[0].text, Quote(cells[i].text)));
    }
  }
  return row;
}

}  // namespace outlay::cli
