#include "gateway/cli/csv_cells.h"

#include <algorithm>

namespace outlay::cli {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlank = " \t\r";

PlacedCell Trimmed(std::string_view text, size_t column) {
  const size_t begin = text.find_first_not_of(kBlank);
  if (begin == text.npos) return {{}, column};
  return {text.substr(begin, text.find_last_not_of(kBlank) - begin + 1), column + begin};
}

}  // namespace

std::vector<PlacedCell> SplitCells(std::string_view line) {
  if (line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
  std::vector<PlacedCell> cells;
  size_t column = 1;
  while (true) {
    const size_t comma = std::min(line.find(','), line.size());
    cells.push_back(Trimmed(line.substr(0, comma), column));
    if (comma == line.size()) return cells;
    column += comma + 1;
    line.remove_prefix(comma + 1);
  }
}

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

bool IsBlankLine(std::string_view line) { return line.find_first_not_of(kBlank) == line.npos; }

}  // namespace outlay::cli
