// The Federal Reserve's H.10 exchange rates as FRED serves them: one or several series below a header.
//
//   observation_date,DEXKOUS,DEXUSEU        earlier DATE,DEXKOUS
//   2024-12-03,1427.83,1.0505               nothing, or "." in earlier files, on a holiday
//
// A series is known by its name: most are units of the currency per dollar; DEXUSEU, DEXUSUK, DEXUSAL and DEXUSNZ are dollars per unit of
// the other currency. Pure and line by line. Not thread-safe.
#ifndef OUTLAY_GATEWAY_CLI_H10_CSV_H_
#define OUTLAY_GATEWAY_CLI_H10_CSV_H_

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/cli/rate_file.h"

namespace outlay::cli {

struct FileRateRow {
  std::vector<FileRate> rates;
  std::vector<RateNote> problems;  // cells and lines that were left out
};

class H10CsvReader {
 public:
  // Whether a first line is one of this format: its first cell is observation_date or DATE, and there are others.
  static bool IsHeader(std::string_view line);

  // INVALID_ARGUMENT: UNKNOWN_SERIES naming the known ones, DOUBLED_COLUMN, NOT_H10_CSV.
  static absl::StatusOr<H10CsvReader> FromHeader(std::string_view line);

  // One further line. A line with a wrong number of cells, a malformed date or one that stood before gives no rates; a malformed
  // figure costs its own cell only.
  FileRateRow Read(std::string_view line, size_t line_number);

 private:
  struct Series {
    std::string_view name;
    std::string_view currency;
    bool
        prices_dollars;  // one dollar is worth so many units; else one unit is worth so many dollars
  };
  static const Series* Find(std::string_view name);
  static const std::vector<Series>& All();

  std::vector<const Series*> columns_;  // after the date
  std::map<std::string, size_t, std::less<>> lines_by_date_;
};

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_H10_CSV_H_
