#include "gateway/cli/rate_columns.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "gateway/cli/csv_cells.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/utf8.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

struct Column {
  std::string_view name;
  std::string FileRate::*text;  // null: the unit
  bool required;
};

constexpr std::array<Column, 7> kColumns = {{
    {"date", &FileRate::date, true},
    {"base", &FileRate::base, true},
    {"quote", &FileRate::quote, true},
    {"value", &FileRate::value, true},
    {"unit", nullptr, false},
    {"provider", &FileRate::provider, false},
    {"published", &FileRate::published_at, false},
}};

size_t FindColumn(std::string_view name) {
  const auto found = std::find_if(kColumns.begin(), kColumns.end(), [&](const Column& column) {
    return EqualsIgnoringCase(column.name, name);
  });
  return static_cast<size_t>(found - kColumns.begin());
}

std::vector<std::string> Names() {
  std::vector<std::string> names;
  for (const Column& column : kColumns) names.emplace_back(column.name);
  return names;
}

bool TakeUnit(const std::string& text, int* unit) {
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, *unit);
  return error == std::errc() && rest == end && *unit > 0;
}

}  // namespace

bool RateColumns::IsHeader(std::string_view line) {
  const std::vector<PlacedCell> cells = SplitCells(line);
  const auto has = [&](std::string_view name) {
    return std::any_of(cells.begin(), cells.end(), [&](const PlacedCell& cell) {
      std::string_view text = cell.text;
      if (text.size() > 2 && text.front() == '"' && text.back() == '"') {
        text = text.substr(1, text.size() - 2);
      }
      return EqualsIgnoringCase(text, name);
    });
  };
  return has("base") && has("quote");
}

absl::StatusOr<RateColumns> RateColumns::FromHeader(const std::vector<std::string>& names) {
  RateColumns columns;
  std::set<std::string_view> seen;
  for (const std::string& name : names) {
    const size_t found = FindColumn(name);
    columns.columns_.push_back(found);
    if (!seen.insert(found < kColumns.size() ? kColumns[found].name : std::string_view(name))
             .second) {
      return DoubledColumn(Quote(name));
    }
    if (found < kColumns.size()) continue;
    columns.warnings_.push_back(fmt::format("the column {} is left out{}: there are {}",
                                            Quote(name), DidYouMean(name, Names()),
                                            fmt::join(Names(), ", ")));
  }
  for (const Column& column : kColumns) {
    if (column.required && !seen.contains(column.name)) return MissingRateColumn(column.name);
  }
  return columns;
}

absl::StatusOr<FileRate> RateColumns::Read(const std::vector<std::string>& cells) const {
  if (cells.size() != columns_.size()) return CellCount(cells.size(), columns_.size());
  FileRate rate;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (columns_[i] == kColumns.size()) continue;
    const Column& column = kColumns[columns_[i]];
    if (cells[i].empty()) {
      if (!column.required) continue;
      return MalformedRecord(fmt::format("{} is empty", column.name));
    }
    // One that reached the request would spoil all of its batch.
    if (!IsUtf8(cells[i])) {
      return MalformedRecord(fmt::format("{}: {}", column.name, NotUtf8(cells[i])));
    }
    if (column.text != nullptr) {
      rate.*column.text = cells[i];
    } else if (!TakeUnit(cells[i], &rate.unit)) {
      return MalformedRecord(
          fmt::format("unit is {}: how many units of the base the figure prices, such as 100",
                      Quote(cells[i])));
    }
  }
  return rate;
}

std::string RateTemplate() {
  return fmt::format(
      "# Rates, one a record: so many units of the base (1 where nothing is said) are worth the "
      "value in the quote currency.\n"
      "# Columns may stand in any order; unit, provider and published may be left out. Currencies "
      "are codes of ISO 4217.\n"
      "# The provider is a short name of small letters, digits and \"-\"; it may be given by "
      "--provider instead.\n"
      "# published is when the world could know the rate, a day or an instant; without it the end "
      "of the date in UTC, or the provider's hour where it is known.\n"
      "# docs/import.md has the rest. Replace the example.\n"
      "{}\n"
      "2025-02-07,JPY,KRW,951.8,100,example,2025-02-07T07:00:00Z\n",
      fmt::join(Names(), ","));
}

}  // namespace outlay::cli
