// Tables of disclosures on hostile text. A record that is read is written as one that reads back the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "gateway/cli/csv_table.h"
#include "gateway/cli/disclosure_columns.h"

namespace outlay::cli {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

// Of a record below a header: a byte order mark is one at the beginning of a file only.
std::vector<std::string> CellsOfText(const std::string& text) {
  FileLines lines = FileLines::OfText("header\n" + text);
  std::string first;
  Require(lines.NextRecord(&first).value());
  CsvTable table(lines, first);
  CsvRow row;
  Require(table.Next(&row).ok());
  const absl::StatusOr<bool> more = table.Next(&row);
  Require(more.ok() && *more && row.problems.empty());
  return row.cells;
}

void CheckRow(const CsvRow& row) {
  if (row.cells.size() < 2 || row.text.size() > 10'000) return;
  Require(CellsOfText(CsvRowText(row.cells)) == row.cells);
}

void CheckEntry(const ingest::v1::DisclosureEntry& entry) {
  const auto all = DisclosureColumns::FromHeader(DisclosureColumnNames());
  const auto again = all->Read(CellsOfText(CsvRowText(CellsOf(entry))));
  Require(again.ok() && CellsOf(*again) == CellsOf(entry));
}

void ReadTable(const std::string& text) {
  FileLines lines = FileLines::OfText(text);
  std::string first;
  if (!lines.NextRecord(&first).value()) return;
  CsvTable table(lines, first);
  CsvRow row;
  absl::StatusOr<bool> more = table.Next(&row);
  if (!more.ok() || !*more || !row.problems.empty()) return;
  const auto columns = DisclosureColumns::FromHeader(row.cells);
  for (more = table.Next(&row); more.ok() && *more; more = table.Next(&row)) {
    if (!row.problems.empty()) continue;
    // All blank records would be skipped when they are read again.
    if (row.text.find_first_not_of(", \t\r\n\"") != row.text.npos) CheckRow(row);
    if (!columns.ok()) continue;
    const auto entry = columns->Read(row.cells);
    if (entry.ok()) CheckEntry(*entry);
  }
}

}  // namespace
}  // namespace outlay::cli

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  outlay::cli::ReadTable(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
