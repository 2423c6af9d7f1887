#include "tests/end_to_end/console_blocks.h"

#include <sstream>

namespace outlay::tests {
namespace {

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.pop_back();
    lines.push_back(line);
  }
  return lines;
}

// Where lines [from, …) of `output` match expected lines [at, …) to the end; the furthest expected line reached otherwise.
bool Matches(const std::vector<std::string>& expected, size_t at,
             const std::vector<std::string>& output, size_t from, size_t& furthest) {
  while (at < expected.size() && expected[at] != "…") {
    furthest = std::max(furthest, at);
    if (from >= output.size() || expected[at] != output[from]) return false;
    ++at;
    ++from;
  }
  if (at == expected.size()) return from == output.size();
  for (size_t skip = from; skip <= output.size(); ++skip) {
    if (Matches(expected, at + 1, output, skip, furthest)) return true;
  }
  return false;
}

}  // namespace

std::vector<ConsoleCommand> ReadConsoleBlocks(const std::string& markdown) {
  std::vector<ConsoleCommand> commands;
  const std::vector<std::string> lines = Lines(markdown);
  bool inside = false;
  bool continued = false;
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string& line = lines[i];
    if (line.rfind("```", 0) == 0) {
      inside = line == "```console";
      continue;
    }
    if (!inside) continue;
    if (line.rfind("$ ", 0) == 0) {
      commands.push_back({.line = static_cast<int>(i) + 1, .command = line.substr(2)});
    } else if (continued) {
      commands.back().command += "\n" + line;
    } else if (!commands.empty()) {
      commands.back().expected.push_back(line);
    }
    const bool of_command = continued || line.rfind("$ ", 0) == 0;
    continued = of_command && !line.empty() && line.back() == '\\';
  }
  return commands;
}

std::string Difference(const std::vector<std::string>& expected, const std::string& output) {
  size_t furthest = 0;
  if (Matches(expected, 0, Lines(output), 0, furthest)) return "";
  const std::string wanted = furthest < expected.size() ? expected[furthest] : "the end";
  return "the output does not have \"" + wanted + "\" (expected line " +
         std::to_string(furthest + 1) + ") in its place:\n" + output;
}

}  // namespace outlay::tests
