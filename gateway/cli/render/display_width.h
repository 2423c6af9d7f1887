// How many cells of a terminal a text takes: Korean, Chinese and Japanese characters take two.
#ifndef OUTLAY_GATEWAY_CLI_RENDER_DISPLAY_WIDTH_H_
#define OUTLAY_GATEWAY_CLI_RENDER_DISPLAY_WIDTH_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace outlay::cli {

// Of UTF-8 without line breaks. A byte that is no UTF-8 counts as one cell.
size_t DisplayWidth(std::string_view text);

// Lines of at most `width` cells (at least 1), broken at spaces, or inside a word that is longer than a line. Line breaks
// in the text are kept. An empty text is one empty line.
std::vector<std::string> Wrap(std::string_view text, size_t width);

// Cells of the longest word.
size_t LongestWord(std::string_view text);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RENDER_DISPLAY_WIDTH_H_
