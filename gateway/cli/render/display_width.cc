#include "gateway/cli/render/display_width.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace outlay::cli {
namespace {

struct Range {
  uint32_t first;
  uint32_t last;
};

// The East Asian Wide and Fullwidth blocks of Unicode's UAX 11; ₩ (U+20A9) is a narrow one.
constexpr std::array kWide = {
    Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},   Range{0x3041, 0xA4CF},
    Range{0xA960, 0xA97C},   Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},
    Range{0xFE30, 0xFE6F},   Range{0xFF01, 0xFF60},   Range{0xFFE0, 0xFFE6},
    Range{0x1F300, 0x1F64F}, Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD}};

// Combining marks, joiners and variation selectors.
constexpr std::array kNoWidth = {Range{0x0300, 0x036F}, Range{0x200B, 0x200F},
                                 Range{0xFE00, 0xFE0F}};

template <typename Table>
bool IsIn(const Table& table, uint32_t character) {
  return std::any_of(table.begin(), table.end(), [character](const Range& range) {
    return character >= range.first && character <= range.last;
  });
}

struct Character {
  size_t bytes;
  size_t cells;
};

// The first character of a text that is not empty.
Character First(std::string_view text) {
  const auto byte = [text](size_t i) { return static_cast<unsigned char>(text[i]); };
  const size_t bytes = byte(0) < 0x80 ? 1 : byte(0) >= 0xF0 ? 4 : byte(0) >= 0xE0 ? 3 : 2;
  if (bytes == 1 || bytes > text.size()) return {1, 1};
  uint32_t character = byte(0) & (0xFF >> (bytes + 1));
  for (size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {1, 1};
    character = character << 6 | (byte(i) & 0x3F);
  }
  return {bytes, IsIn(kNoWidth, character) ? size_t{0} : IsIn(kWide, character) ? 2u : 1u};
}

// Appends the word, broken where it does not fit a line.
void AppendWord(std::string_view word, size_t width, std::vector<std::string>* lines) {
  size_t used = DisplayWidth(lines->back());
  const size_t space = used == 0 ? 0 : 1;
  if (used + space + DisplayWidth(word) <= width) {
    if (space != 0) lines->back() += ' ';
    lines->back() += word;
    return;
  }
  if (used != 0) lines->emplace_back();
  used = 0;
  while (!word.empty()) {
    const Character character = First(word);
    if (used != 0 && used + character.cells > width) {
      lines->emplace_back();
      used = 0;
    }
    lines->back() += word.substr(0, character.bytes);
    used += character.cells;
    word.remove_prefix(character.bytes);
  }
}

// "bn" in "$320 bn;" and "%" in "20.5 %": no line begins with them.
bool IsUnit(std::string_view word) {
  word = word.substr(0, word.find_last_not_of(",;.:)") + 1);
  return word == "%" || word == "m" || word == "bn" || word == "tn";
}

std::string_view NextWord(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text.substr(0, text.find(' '));
}

// Calls `use` for every word of a text without line breaks; a unit is one word with its number.
template <typename Use>
void ForEachWord(std::string_view text, Use use) {
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    if (text.empty()) return;
    size_t end = std::min(text.find(' '), text.size());
    if (const std::string_view next = NextWord(text.substr(end)); IsUnit(next)) {
      end = static_cast<size_t>(next.data() - text.data()) + next.size();
    }
    use(text.substr(0, end));
    text.remove_prefix(end);
  }
}

template <typename Use>
void ForEachLine(std::string_view text, Use use) {
  while (true) {
    const size_t end = std::min(text.find('\n'), text.size());
    use(text.substr(0, end));
    if (end == text.size()) return;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

size_t DisplayWidth(std::string_view text) {
  size_t cells = 0;
  while (!text.empty()) {
    const Character character = First(text);
    cells += character.cells;
    text.remove_prefix(character.bytes);
  }
  return cells;
}

std::vector<std::string> Wrap(std::string_view text, size_t width) {
  std::vector<std::string> lines;
  ForEachLine(text, [&](std::string_view line) {
    lines.emplace_back();
    ForEachWord(line, [&](std::string_view word) { AppendWord(word, width, &lines); });
  });
  return lines;
}

size_t LongestWord(std::string_view text) {
  size_t longest = 0;
  ForEachLine(text, [&](std::string_view line) {
    ForEachWord(line,
                [&](std::string_view word) { longest = std::max(longest, DisplayWidth(word)); });
  });
  return longest;
}

}  // namespace outlay::cli
