// Whether a stream is a terminal, and what it can show.
#ifndef OUTLAY_GATEWAY_CLI_TERMINAL_H_
#define OUTLAY_GATEWAY_CLI_TERMINAL_H_

#include <functional>
#include <optional>
#include <string>

#include "gateway/cli/session.h"

namespace outlay::cli {

// `variable` reads the environment: COLUMNS where the terminal does not tell its width, NO_COLOR, TERM.
Terminal DetectTerminal(
    int descriptor, const std::function<std::optional<std::string>(const std::string&)>& variable);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_TERMINAL_H_
