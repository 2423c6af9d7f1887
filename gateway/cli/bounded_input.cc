#include "gateway/cli/bounded_input.h"

#include <string_view>

namespace outlay::cli {

BoundedInput::int_type BoundedInput::underflow() {
  return token_too_long() ? traits_type::eof() : source_.sgetc();
}

BoundedInput::int_type BoundedInput::uflow() {
  if (token_too_long()) return traits_type::eof();
  const int_type next = source_.sbumpc();
  if (traits_type::eq_int_type(next, traits_type::eof())) return next;
  ++bytes_read_;
  Measure(traits_type::to_char_type(next));
  return token_too_long() ? traits_type::eof() : next;
}

void BoundedInput::Measure(char byte) {
  ++token_bytes_;
  if (in_string_) {
    in_string_ = escaped_ || byte != '"';
    escaped_ = !escaped_ && byte == '\\';
    return;
  }
  constexpr std::string_view kBetweenTokens = " \t\r\n,:[]{}";
  if (byte == '"') in_string_ = true;
  if (byte == '"' || kBetweenTokens.find(byte) != kBetweenTokens.npos) token_bytes_ = 0;
}

}  // namespace outlay::cli
