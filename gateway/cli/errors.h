// The errors of the command line.
#ifndef OUTLAY_GATEWAY_CLI_ERRORS_H_
#define OUTLAY_GATEWAY_CLI_ERRORS_H_

#include <string_view>

#include "absl/status/status.h"

namespace outlay::cli {

// The command was called wrongly: exit code 2. The message says what would be right. INVALID_ARGUMENT, reason USAGE.
absl::Status Usage(std::string_view message);
bool IsUsage(const absl::Status& status);

// A value of a flag, with what would be right.
absl::Status BadFlag(std::string_view flag, std::string_view value, std::string_view right);

// NOT_FOUND (CANNOT_READ), or what the system says.
absl::Status CannotRead(std::string_view path, std::string_view why);
absl::Status CannotWrite(std::string_view path, std::string_view why);

// INVALID_ARGUMENT (UNKNOWN_FORMAT): a file whose first line is of no known format.
absl::Status UnknownFormat(std::string_view path, std::string_view expected);

// CANCELLED (INTERRUPTED): Ctrl-C.
absl::Status Interrupted();

// UNAVAILABLE (SERVER_FAILED): a server that was started did not come up or not end well.
absl::Status ServerFailed(std::string_view program, std::string_view what);

// FAILED_PRECONDITION (IMPORT_REJECTED): sample data that must be accepted was not.
absl::Status SampleRejected(std::string_view path, size_t count);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_ERRORS_H_
