#include "gateway/cli/h10_csv.h"

#include <algorithm>
#include <set>

#include "fmt/format.h"
#include "gateway/cli/csv_cells.h"
#include "gateway/cli/errors.h"
#include "services/common/money/decimal.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/common/time/date.h"

namespace outlay::cli {

// Those that the release still carries. DEXVZUS is left out: it changed its currency twice (VEB, VEF, VES) without changing its name.
const std::vector<H10CsvReader::Series>& H10CsvReader::All() {
  static const std::vector<Series> series = {
      {"DEXBZUS", "BRL", true},  {"DEXCAUS", "CAD", true},  {"DEXCHUS", "CNY", true},
      {"DEXDNUS", "DKK", true},  {"DEXHKUS", "HKD", true},  {"DEXINUS", "INR", true},
      {"DEXJPUS", "JPY", true},  {"DEXKOUS", "KRW", true},  {"DEXMAUS", "MYR", true},
      {"DEXMXUS", "MXN", true},  {"DEXNOUS", "NOK", true},  {"DEXSDUS", "SEK", true},
      {"DEXSFUS", "ZAR", true},  {"DEXSIUS", "SGD", true},  {"DEXSLUS", "LKR", true},
      {"DEXSZUS", "CHF", true},  {"DEXTAUS", "TWD", true},  {"DEXTHUS", "THB", true},
      {"DEXUSAL", "AUD", false}, {"DEXUSEU", "EUR", false}, {"DEXUSNZ", "NZD", false},
      {"DEXUSUK", "GBP", false},
  };
  return series;
}

const H10CsvReader::Series* H10CsvReader::Find(std::string_view name) {
  const auto found =
      std::find_if(All().begin(), All().end(), [&](const Series& s) { return s.name == name; });
  return found == All().end() ? nullptr : &*found;
}

bool H10CsvReader::IsHeader(std::string_view line) {
  const std::vector<PlacedCell> cells = SplitCells(line);
  return cells.size() > 1 && (cells[0].text == "observation_date" || cells[0].text == "DATE");
}

absl::StatusOr<H10CsvReader> H10CsvReader::FromHeader(std::string_view line) {
  if (!IsHeader(line)) return NotH10();
  const std::vector<PlacedCell> cells = SplitCells(line);
  H10CsvReader reader;
  std::set<std::string_view> seen;
  for (size_t i = 1; i < cells.size(); ++i) {
    const Series* const series = Find(cells[i].text);
    if (series == nullptr) {
      std::vector<std::string> known;
      for (const Series& one : All()) known.emplace_back(one.name);
      return UnknownSeries(cells[i].text, known);
    }
    if (!seen.insert(series->name).second) return DoubledColumn(series->name);
    reader.columns_.push_back(series);
  }
  return reader;
}

FileRateRow H10CsvReader::Read(std::string_view line, size_t line_number) {
  FileRateRow row;
  if (IsBlankLine(line)) return row;
  const std::vector<PlacedCell> cells = SplitCells(line);
  const auto refuse = [&](size_t column, std::string message) {
    row.problems.push_back({line_number, column, std::move(message), ""});
  };
  if (cells.size() != columns_.size() + 1) {
    refuse(0, fmt::format("has {} where the header has {}", Counted(cells.size(), "cell"),
                          columns_.size() + 1));
    return row;
  }
  if (const auto date = time::ParseDate(cells[0].text); !date.ok()) {
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
    if (cells[i].text.empty() || cells[i].text == ".") continue;
    const Series& series = *columns_[i - 1];
    const auto value = money::Decimal::Parse(cells[i].text);
    if (!value.ok() || value->Sign() <= 0) {
      refuse(cells[i].column,
             fmt::format("{} of {} is {}: a rate is a positive number such as 1427.83, or nothing "
                         "on a holiday",
                         series.name, cells[0].text, Quote(cells[i].text)));
      continue;
    }
    FileRate rate;
    rate.line = line_number;
    rate.date = std::string(cells[0].text);
    rate.base = series.prices_dollars ? "USD" : series.currency;
    rate.quote = series.prices_dollars ? series.currency : "USD";
    rate.value = value->ToString();
    row.rates.push_back(std::move(rate));
  }
  return row;
}

}  // namespace outlay::cli
