#include "gateway/cli/render/csv.h"

#include "services/common/money/decimal.h"

namespace outlay::cli {
namespace {

bool LooksLikeFormula(const std::string& cell) {
  if (cell.empty() || std::string_view("=+-@").find(cell[0]) == std::string_view::npos) {
    return false;
  }
  return !money::Decimal::Parse(cell).ok();
}

std::string Quoted(const std::string& cell) {
  std::string text = "\"";
  for (const char c : cell) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + '"';
}

}  // namespace

std::string CsvRecord(const std::vector<std::string>& cells) {
  std::string record;
  for (const std::string& cell : cells) {
    if (&cell != &cells.front()) record += ',';
    const std::string safe = LooksLikeFormula(cell) ? "'" + cell : cell;
    record += safe.find_first_of(",\"\r\n") == std::string::npos ? safe : Quoted(safe);
  }
  return record + "\n";
}

}  // namespace outlay::cli
