// Records of comma-separated values as RFC 4180 has them, one after the other.
//
// Cells in double quotes may hold commas, line breaks and doubled quotes; other cells hold no quote. White space around these is no part of them. Between records,
// blank lines and lines that begin with "#" are skipped. An apostrophe before "=", "+", "-" or "@" (or before another such apostrophe), which
// keeps spreadsheets from running a cell as a formula, is taken off.
#ifndef OUTLAY_GATEWAY_CLI_CSV_TABLE_H_
#define OUTLAY_GATEWAY_CLI_CSV_TABLE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/cli/file_lines.h"
#include "services/common/status/violations.h"

namespace outlay::cli {

struct CsvRow {
  size_t line = 0;                 // where it begins, from 1
  std::vector<std::string> cells;  // unquoted
  std::string text;                // as it stands in the file, without its line end
  Violations
      problems;  // of a malformed record, MALFORMED_RECORD: of every cell one; then `cells` has no meaning
};

class CsvTable {
 public:
  // `first_line` was read from `lines` already, and is the line of that number.
  CsvTable(FileLines& lines, std::string first_line)
      : lines_(lines), next_(std::move(first_line)), has_next_(true) {}

  // False at the end of the file. INVALID_ARGUMENT (QUOTE_NOT_CLOSED) with the line where a cell begins that does not end: nothing after it
  // can be told apart. Errors of FileLines::Next.
  absl::StatusOr<bool> Next(CsvRow* row);

 private:
  enum class State { kCellStart, kPlain, kQuoted, kQuoteSeen };

  absl::StatusOr<bool> NextLine(std::string* line);
  State ReadLine(const std::string& line, State state, CsvRow* row);
  // Of the cell that is being read; its first problem tells.
  void Spoil(std::string_view why, CsvRow* row);

  FileLines& lines_;
  std::string next_;
  bool has_next_ = false;
  std::string cell_;
  bool cell_is_spoilt_ = false;
};

// The record that CsvTable reads back as these cells, with its line end.
std::string CsvRowText(const std::vector<std::string>& cells);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_CSV_TABLE_H_
