// Comma-separated values as RFC 4180 has them.
#ifndef OUTLAY_GATEWAY_CLI_RENDER_CSV_H_
#define OUTLAY_GATEWAY_CLI_RENDER_CSV_H_

#include <string>
#include <vector>

namespace outlay::cli {

// One record with its line end. Cells with a comma, a quote or a line break are quoted; one that a spreadsheet would run as a
// formula ("=", "+", "-", "@" and no number) gets an apostrophe in front.
std::string CsvRecord(const std::vector<std::string>& cells);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RENDER_CSV_H_
