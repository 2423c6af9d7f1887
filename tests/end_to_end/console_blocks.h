// The commands of a Markdown page and what it says they print.
#ifndef OUTLAY_TESTS_END_TO_END_CONSOLE_BLOCKS_H_
#define OUTLAY_TESTS_END_TO_END_CONSOLE_BLOCKS_H_

#include <string>
#include <vector>

namespace outlay::tests {

struct ConsoleCommand {
  int line = 0;  // of the page
  std::string command;
  std::vector<std::string> expected;  // lines; "…" alone stands for any number of them
};

// The commands ("$ …", continued after a backslash) of all ```console blocks, in order.
std::vector<ConsoleCommand> ReadConsoleBlocks(const std::string& markdown);

// Whether `output` has the expected lines; what differs first where it has not, else empty.
std::string Difference(const std::vector<std::string>& expected, const std::string& output);

}  // namespace outlay::tests

#endif  // OUTLAY_TESTS_END_TO_END_CONSOLE_BLOCKS_H_
