#include "gateway/cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>

namespace outlay::cli {
namespace {

// Narrower tables cannot be read.
constexpr size_t kLeastWidth = 40;

std::optional<size_t> AskedWidth(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return std::nullopt;
  return size.ws_col;
}

std::optional<size_t> ParsedWidth(const std::optional<std::string>& columns) {
  if (!columns) return std::nullopt;
  size_t width = 0;
  const char* const end = columns->data() + columns->size();
  const auto [rest, error] = std::from_chars(columns->data(), end, width);
  if (error != std::errc() || rest != end) return std::nullopt;
  return width;
}

}  // namespace

Terminal DetectTerminal(
    int descriptor, const std::function<std::optional<std::string>(const std::string&)>& variable) {
  Terminal terminal;
  terminal.is_terminal = isatty(descriptor) == 1;
  if (!terminal.is_terminal) return terminal;
  std::optional<size_t> width = AskedWidth(descriptor);
  if (!width) width = ParsedWidth(variable("COLUMNS"));
  if (width) terminal.width = std::max(*width, kLeastWidth);
  terminal.colour = !variable("NO_COLOR") && variable("TERM") != "dumb";
  return terminal;
}

}  // namespace outlay::cli
