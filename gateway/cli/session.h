// What a command has of the world around it; tests pass their own.
#ifndef OUTLAY_GATEWAY_CLI_SESSION_H_
#define OUTLAY_GATEWAY_CLI_SESSION_H_

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <thread>

#include "gateway/cli/render/document.h"

namespace outlay::cli {

// Where a stream goes.
struct Terminal {
  bool is_terminal = false;
  size_t width = 120;   // cells
  bool colour = false;  // a terminal, and NO_COLOR is not set
};

struct Session {
  std::ostream& out;
  std::ostream& err;
  Terminal out_terminal;
  Terminal err_terminal;
  // Of the environment; none where it is not set or empty.
  std::function<std::optional<std::string>(const std::string& name)> variable;
  // Where this program's file lies: the servers stand beside it, the catalogue in ../share/outlay.
  std::filesystem::path binary_directory;
  // Waits so long.
  std::function<void(std::chrono::milliseconds)> sleep = [](std::chrono::milliseconds time) {
    std::this_thread::sleep_for(time);
  };

  TextStyle style() const { return {out_terminal.width, out_terminal.colour}; }
  std::filesystem::path share_directory() const {
    return (binary_directory / ".." / "share" / "outlay").lexically_normal();
  }
};

// Exit codes of the command.
inline constexpr int kSuccess = 0;
inline constexpr int kFailure = 1;
inline constexpr int kUsage = 2;
inline constexpr int kPartial =
    3;  // a report, printed, of which a part could not be had or is behind

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_SESSION_H_
