#include "gateway/cli/written_amount/characters.h"

#include "fmt/format.h"
#include "gateway/cli/written_amount/errors.h"

namespace outlay::cli {
namespace {

char32_t Plain(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFF01 + U'!';
  switch (c) {
    case U'\t':
    case 0x00A0:  // no-break space
    case 0x2009:  // thin space
    case 0x202F:  // narrow no-break space
    case 0x3000:  // ideographic space
      return U' ';
    case 0x2212:  // minus sign
      return U'-';
    case 0xFFE1:
      return U'£';
    case 0xFFE5:
      return U'¥';
    case 0xFFE6:
      return U'₩';
    default:
      return c;
  }
}

// The code point at the beginning of `rest`, which it is taken off; false where there is none.
bool Take(std::string_view& rest, char32_t* c) {
  const auto first = static_cast<unsigned char>(rest[0]);
  const size_t size = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if ((first >= 0x80 && first < 0xC2) || first > 0xF4 || rest.size() < size) return false;
  *c = size == 1 ? first : first & (0xFF >> (size + 1));
  for (size_t i = 1; i < size; ++i) {
    const auto next = static_cast<unsigned char>(rest[i]);
    if ((next & 0xC0) != 0x80) return false;
    *c = *c << 6 | (next & 0x3F);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  rest.remove_prefix(size);
  return *c >= kLeast[size] && *c <= 0x10FFFF && (*c < 0xD800 || *c > 0xDFFF);
}

}  // namespace

absl::StatusOr<std::u32string> AmountCharacters(std::string_view text) {
  std::u32string characters;
  while (!text.empty()) {
    if (characters.size() == kWrittenAmountCharactersMax) {
      return MalformedAmount(
          fmt::format("has more than {} characters", kWrittenAmountCharactersMax));
    }
    char32_t c = 0;
    if (!Take(text, &c)) return MalformedAmount(characters.size() + 1, "this is no UTF-8");
    characters += Plain(c);
  }
  return characters;
}

std::string ToUtf8(std::u32string_view characters) {
  std::string text;
  for (const char32_t c : characters) {
    const auto byte = [&](char32_t bits) { text += static_cast<char>(bits); };
    if (c < 0x80) {
      byte(c);
    } else if (c < 0x800) {
      byte(0xC0 | c >> 6);
      byte(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      byte(0xE0 | c >> 12);
      byte(0x80 | (c >> 6 & 0x3F));
      byte(0x80 | (c & 0x3F));
    } else {
      byte(0xF0 | c >> 18);
      byte(0x80 | (c >> 12 & 0x3F));
      byte(0x80 | (c >> 6 & 0x3F));
      byte(0x80 | (c & 0x3F));
    }
  }
  return text;
}

}  // namespace outlay::cli
