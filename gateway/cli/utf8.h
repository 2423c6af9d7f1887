// Whether text can stand in a request: protobuf takes UTF-8 alone.
#ifndef OUTLAY_GATEWAY_CLI_UTF8_H_
#define OUTLAY_GATEWAY_CLI_UTF8_H_

#include <string_view>

namespace outlay::cli {

// Well-formed UTF-8: no overlong forms, no surrogates, nothing beyond U+10FFFF. O(size).
bool IsUtf8(std::string_view text);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_UTF8_H_
