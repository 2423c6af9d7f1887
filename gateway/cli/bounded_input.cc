#include "gateway/cli/bounded_input.h"

#include <ios>
#include <string_view>

namespace outlay::cli {

BoundedInput::int_type BoundedInput::FromSource(int_type (std::streambuf::*take)()) {
  if (token_too_long() || !read_error_.empty()) return traits_type::eof();
  try {
    return (source_.*take)();
  } catch (const std::ios_base::failure& failure) {
    // A file's buffer throws where the system refuses to read, and at its end it does not.
    read_error_ = failure.code().message();
    return traits_type::eof();
  }
}

BoundedInput::int_type BoundedInput::underflow() { return FromSource(&std::streambuf::sgetc); }

BoundedInput::int_type BoundedInput::uflow() {
  const int_type next = FromSource(&std::streambuf::sbumpc);
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
