#include "tests/fx/ecb_history.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/fx/small_book.h"

namespace outlay::fx {
namespace {

std::vector<std::string> Cells(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
  return cells;
}

}  // namespace

std::filesystem::path FxDataFile(const std::string& name) {
  if (const char* const shared = std::getenv("OUTLAY_SHARED_DATA")) {
    return std::filesystem::path(shared) / "fx" / name;
  }
  const char* const source = std::getenv("OUTLAY_SOURCE_DIR");
  return std::filesystem::path(source == nullptr ? "." : source) / "../shared/data/fx" / name;
}

std::vector<EcbFigure> ReadEcbHistory(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  const std::vector<std::string> header = Cells(line);
  std::vector<EcbFigure> figures;
  while (std::getline(in, line)) {
    const std::vector<std::string> cells = Cells(line);
    for (size_t i = 1; i < cells.size() && i < header.size(); ++i) {
      if (cells[i].empty() || cells[i] == "N/A") continue;
      figures.push_back({cells[0], header[i], cells[i]});
    }
  }
  return figures;
}

std::shared_ptr<const RateBook> MakeBook(const std::vector<EcbFigure>& figures,
                                         int suspicious_move_percent) {
  const RateBook empty(suspicious_move_percent);
  RateBookBuilder builder(empty);
  uint64_t sequence = 0;
  const time::Instant now = I("2026-12-31T12:00:00Z");
  for (const EcbFigure& figure : figures) {
    builder.Add({.rate = MakeRate({.provider = "ecb",
                                   .base_currency = "EUR",
                                   .quote_currency = figure.currency,
                                   .fixing_date = figure.date,
                                   .value = figure.value},
                                  now)
                             .value(),
                 .sequence = ++sequence,
                 .recorded_at = now});
  }
  return builder.Build();
}

}  // namespace outlay::fx
