// The European Central Bank's reference rates as comma-separated values, of all days or of one.
//
//   Date,USD,JPY,…,ZAR,        one column a currency, in whatever order; a trailing comma
//   2025-02-07,1.0377,157.77,…,   newest day first; "N/A" or nothing where a currency has no rate
//
// The file of one day has ", " between its cells, and its date reads 13 April 2026.
//
// Figures are units of the currency for one euro. Columns are bound by their names: the set of them has changed over the years.
// Pure and line by line, so that a file of any length is streamed. Not thread-safe.
#ifndef OUTLAY_GATEWAY_CLI_ECB_CSV_H_
#define OUTLAY_GATEWAY_CLI_ECB_CSV_H_

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/money/decimal.h"

namespace outlay::cli {

// One cell: a euro is worth `value` units of `currency_code` on `date`.
struct EcbRate {
  std::string date;
  std::string currency_code;
  money::Decimal value;
  size_t column = 0;  // where the cell begins in its line, in characters from 1
};

// What was wrong at a place of the file.
struct CsvProblem {
  size_t line = 0;    // from 1
  size_t column = 0;  // in characters from 1; 0: the line as a whole
  std::string message;

  friend bool operator==(const CsvProblem&, const CsvProblem&) = default;
};

struct EcbRow {
  std::vector<EcbRate> rates;
  std::vector<CsvProblem> problems;  // cells and lines that were left out
};

class EcbCsvReader {
 public:
  // Whether a first line is one of this format: its first cell is "Date", and there are others.
  static bool IsHeader(std::string_view line);

  // Binds the columns. INVALID_ARGUMENT: NOT_ECB_CSV, DOUBLED_COLUMN (naming both places), NO_KNOWN_COLUMN.
  static absl::StatusOr<EcbCsvReader> FromHeader(std::string_view line);

  // Columns that were left out because their names are no currency of ISO 4217.
  const std::vector<CsvProblem>& warnings() const { return warnings_; }

  // One further line, numbered from 1 with the header. A line with a wrong number of cells, a malformed date or one that stood before gives
  // no rates; a malformed figure costs its own cell only. Blank lines give nothing.
  EcbRow Read(std::string_view line, size_t line_number);

 private:
  struct Column {
    std::string currency_code;  // empty: left out
  };

  EcbCsvReader() = default;

  std::vector<Column> columns_;  // after the date
  std::vector<CsvProblem> warnings_;
  std::map<std::string, size_t, std::less<>> lines_by_date_;
};

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_ECB_CSV_H_
