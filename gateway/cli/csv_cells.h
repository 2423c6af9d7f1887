// The cells of one line of a table without quotes, as statistical offices publish them.
#ifndef OUTLAY_GATEWAY_CLI_CSV_CELLS_H_
#define OUTLAY_GATEWAY_CLI_CSV_CELLS_H_

#include <cstddef>
#include <string_view>
#include <vector>

namespace outlay::cli {

struct PlacedCell {
  std::string_view text;  // of the line, without white space around it
  size_t column;          // of its first character, in bytes from 1
};

// At least one. A byte order mark before the first is none of it.
std::vector<PlacedCell> SplitCells(std::string_view line);

// Of ASCII letters.
bool EqualsIgnoringCase(std::string_view a, std::string_view b);

bool IsBlankLine(std::string_view line);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_CSV_CELLS_H_
