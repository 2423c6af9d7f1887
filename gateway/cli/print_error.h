// Errors on the terminal.
#ifndef OUTLAY_GATEWAY_CLI_PRINT_ERROR_H_
#define OUTLAY_GATEWAY_CLI_PRINT_ERROR_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace outlay::cli {

// The message, then on lines of their own the code with its reason, every wrong field, and what to do where it is known.
// `command` is "outlay report".
std::string ErrorText(std::string_view command, const absl::Status& error);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_PRINT_ERROR_H_
