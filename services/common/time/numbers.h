// Decimal digits of dates and labels. Internal to this library.
#ifndef OUTLAY_SERVICES_COMMON_TIME_NUMBERS_H_
#define OUTLAY_SERVICES_COMMON_TIME_NUMBERS_H_

#include <cstddef>
#include <optional>
#include <string_view>

namespace outlay::time {

// The value of a text of 1 to 9 ASCII digits, nothing else: no sign, no space. So an int always
// holds it.
std::optional<int> ParseDigits(std::string_view text);

// Takes exactly `count` digits (1 to 9) off the front of `text`; leaves `text` alone where they are
// not there.
std::optional<int> TakeDigits(std::string_view& text, size_t count);

// Takes `prefix` off the front of `text`, if it is there.
bool TakePrefix(std::string_view& text, std::string_view prefix);

}  // namespace outlay::time

#endif  // OUTLAY_SERVICES_COMMON_TIME_NUMBERS_H_
