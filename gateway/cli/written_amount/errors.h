// The errors of written amounts.
#ifndef OUTLAY_GATEWAY_CLI_WRITTEN_AMOUNT_ERRORS_H_
#define OUTLAY_GATEWAY_CLI_WRITTEN_AMOUNT_ERRORS_H_

#include <cstddef>
#include <string_view>

#include "absl/status/status.h"

namespace outlay::cli {

// INVALID_ARGUMENT (MALFORMED_AMOUNT), with metadata "position": in characters from 1. `why` says what is wrong there, and what would be right.
absl::Status MalformedAmount(size_t position, std::string_view why);
// INVALID_ARGUMENT (MALFORMED_AMOUNT): the text as a whole.
absl::Status MalformedAmount(std::string_view why);
// INVALID_ARGUMENT (AMOUNT_OUT_OF_RANGE): more digits than a decimal holds.
absl::Status WrittenAmountOutOfRange();

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_WRITTEN_AMOUNT_ERRORS_H_
