// A text as characters, in the forms that have one meaning in an amount.
#ifndef OUTLAY_GATEWAY_CLI_WRITTEN_AMOUNT_CHARACTERS_H_
#define OUTLAY_GATEWAY_CLI_WRITTEN_AMOUNT_CHARACTERS_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace outlay::cli {

inline constexpr size_t kWrittenAmountCharactersMax = 256;

// One code point each, in their order: full-width forms as ASCII (１００ as 100), full-width ￥￦￡ as ¥₩£, every kind of space as a blank, the
// minus sign as a hyphen. MALFORMED_AMOUNT where it is no UTF-8 or longer than kWrittenAmountCharactersMax.
absl::StatusOr<std::u32string> AmountCharacters(std::string_view text);

// UTF-8 of characters, for messages.
std::string ToUtf8(std::u32string_view characters);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_WRITTEN_AMOUNT_CHARACTERS_H_
