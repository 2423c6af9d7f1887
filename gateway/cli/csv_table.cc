#include "gateway/cli/csv_table.h"

#include <string_view>
#include <utility>

#include "fmt/format.h"
#include "gateway/cli/errors.h"
#include "services/common/money/decimal.h"
#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

constexpr size_t kRecordBytesMax = 1 << 20;
constexpr std::string_view kBlank = " \t";
constexpr std::string_view kMalformed = "MALFORMED_RECORD";

// Whether a spreadsheet may run the cell as a formula, or would have, had it fewer apostrophes.
bool MayBeFormula(std::string_view cell) {
  const size_t first = cell.find_first_not_of('\'');
  return first != cell.npos && std::string_view("=+-@").find(cell[first]) != std::string_view::npos;
}

std::string WithoutGuard(std::string cell) {
  if (cell.starts_with('\'') && MayBeFormula(cell)) cell.erase(0, 1);
  return cell;
}

std::string Trimmed(const std::string& cell) {
  const size_t first = cell.find_first_not_of(kBlank);
  if (first == cell.npos) return "";
  return cell.substr(first, cell.find_last_not_of(kBlank) - first + 1);
}

bool IsSkipped(std::string_view line) {
  const size_t first = line.find_first_not_of(kBlank);
  return first == line.npos || line[first] == '#';
}

bool NeedsQuotes(const std::string& cell) {
  return cell.find_first_of(",\"\r\n") != cell.npos || cell.starts_with('#') ||
         Trimmed(cell).size() != cell.size();
}

}  // namespace

absl::StatusOr<bool> CsvTable::NextLine(std::string* line) {
  if (!has_next_) return lines_.Next(line);
  has_next_ = false;
  *line = std::move(next_);
  return true;
}

void CsvTable::Spoil(std::string_view why, CsvRow* row) {
  if (std::exchange(cell_is_spoilt_, true)) return;
  row->problems.Add(kMalformed, fmt::format("cell {}", row->cells.size() + 1), why);
}

CsvTable::State CsvTable::ReadLine(const std::string& line, State state, CsvRow* row) {
  const auto finish = [&](bool quoted) {
    row->cells.push_back(WithoutGuard(quoted ? cell_ : Trimmed(cell_)));
    cell_.clear();
    cell_is_spoilt_ = false;
    return State::kCellStart;
  };
  for (const char c : line) {
    switch (state) {
      case State::kCellStart:
        if (c == '"' && Trimmed(cell_).empty()) {
          cell_.clear();
          state = State::kQuoted;
          break;
        }
        if (kBlank.find(c) == kBlank.npos) state = State::kPlain;
        [[fallthrough]];
      case State::kPlain:
        if (c == ',') {
          state = finish(false);
          break;
        }
        if (c == '"') {
          Spoil(
              "has a quote in it, and does not begin with one: put the cell in quotes and double "
              "those in it, as in \"say \"\"x\"\"\"",
              row);
        }
        cell_ += c;
        break;
      case State::kQuoted:
        if (c == '"') {
          state = State::kQuoteSeen;
        } else {
          cell_ += c;
        }
        break;
      case State::kQuoteSeen:
        if (c == '"') {
          cell_ += c;
          state = State::kQuoted;
        } else if (c == ',') {
          state = finish(true);
        } else if (kBlank.find(c) == kBlank.npos) {
          Spoil("goes on after its closing quote: a quote inside of a quoted cell is doubled", row);
        }
        break;
    }
  }
  if (state == State::kQuoted) return state;
  return finish(state == State::kQuoteSeen);
}

absl::StatusOr<bool> CsvTable::Next(CsvRow* row) {
  *row = {};
  std::string line;
  do {
    ASSIGN_OR_RETURN(const bool more, NextLine(&line));
    if (!more) return false;
  } while (IsSkipped(line));
  row->line = lines_.number();
  State state = State::kCellStart;
  while (true) {
    if (lines_.was_cut()) {
      row->problems.Add(kMalformed, fmt::format("line {}", lines_.number()),
                        fmt::format("is longer than {} bytes", FileLines::kLineBytesMax));
    }
    const std::string ending = lines_.had_return() ? "\r\n" : "\n";
    row->text += line;
    state = ReadLine(line, state, row);
    if (state != State::kQuoted) return true;
    cell_ += ending;
    row->text += ending;
    if (row->text.size() > kRecordBytesMax) return QuoteNotClosed(row->line);
    ASSIGN_OR_RETURN(const bool more, NextLine(&line));
    if (!more) return QuoteNotClosed(row->line);
  }
}

std::string CsvRowText(const std::vector<std::string>& cells) {
  std::string text;
  for (const std::string& cell : cells) {
    if (&cell != &cells.front()) text += ',';
    // A number is none, and stays one for whoever reads it.
    const bool guarded = MayBeFormula(cell) && !money::Decimal::Parse(cell).ok();
    const std::string safe = guarded ? "'" + cell : cell;
    if (!NeedsQuotes(safe)) {
      text += safe;
      continue;
    }
    text += '"';
    for (const char c : safe) text += c == '"' ? "\"\"" : std::string(1, c);
    text += '"';
  }
  return text + "\n";
}

}  // namespace outlay::cli
