#include "services/ingest/text_rules.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace outlay::ingest {
namespace {

constexpr size_t kUrlBytesMax = 2'000;
constexpr size_t kLanguageBytesMax = 35;
constexpr size_t kSubtagBytesMax = 8;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// How many bytes at the start are ASCII, give or take seven.
size_t AsciiLength(std::string_view text) {
  size_t length = 0;
  for (uint64_t word = 0; length + sizeof(word) <= text.size(); length += sizeof(word)) {
    std::memcpy(&word, text.data() + length, sizeof(word));
    if ((word & 0x8080808080808080) != 0) break;
  }
  return length;
}

// Length of the well-formed UTF-8 sequence at the start of `text`, or 0: no overlong forms, no surrogates.
size_t SequenceLength(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return 1;
  const size_t length = lead >= 0xc2 && lead < 0xe0   ? 2
                        : lead >= 0xe0 && lead < 0xf0 ? 3
                        : lead >= 0xf0 && lead < 0xf5 ? 4
                                                      : 0;
  if (length == 0 || length > text.size()) return 0;
  uint32_t point = lead & (0xff >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xc0) != 0x80) return 0;
    point = point << 6 | (byte & 0x3f);
  }
  const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
  const bool surrogate = point >= 0xd800 && point < 0xe000;
  return overlong || surrogate || point > 0x10ffff ? 0 : length;
}

}  // namespace

bool IsSlug(std::string_view text, size_t bytes_max) {
  if (text.empty() || text.size() > bytes_max) return false;
  bool after_hyphen = true;
  for (const char c : text) {
    if (c == '-') {
      if (after_hyphen) return false;
      after_hyphen = true;
    } else if (IsDigit(c) || (c >= 'a' && c <= 'z')) {
      after_hyphen = false;
    } else {
      return false;
    }
  }
  return !after_hyphen;
}

bool IsLanguageTag(std::string_view text) {
  if (text.size() > kLanguageBytesMax) return false;
  bool first = true;
  while (true) {
    const size_t end = std::min(text.find('-'), text.size());
    const std::string_view subtag = text.substr(0, end);
    const bool length_ok = first ? subtag.size() == 2 || subtag.size() == 3
                                 : !subtag.empty() && subtag.size() <= kSubtagBytesMax;
    const bool characters_ok = std::all_of(subtag.begin(), subtag.end(), [&](char c) {
      return first ? c >= 'a' && c <= 'z' : IsLetter(c) || IsDigit(c);
    });
    if (!length_ok || !characters_ok) return false;
    if (end == text.size()) return true;
    text.remove_prefix(end + 1);
    first = false;
  }
}

bool IsHttpUrl(std::string_view text) {
  if (text.size() > kUrlBytesMax) return false;
  std::string_view rest = text;
  if (rest.starts_with("https://")) {
    rest.remove_prefix(8);
  } else if (rest.starts_with("http://")) {
    rest.remove_prefix(7);
  } else {
    return false;
  }
  const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
  return !host.empty() && host.front() != ':' && host.find('@') == std::string_view::npos &&
         IsOneLine(text) && text.find(' ') == std::string_view::npos;
}

bool IsAccession(std::string_view text) {
  return text.size() == 20 && IsDigits(text.substr(0, 10), 10) && text[10] == '-' &&
         IsDigits(text.substr(11, 2), 2) && text[13] == '-' && IsDigits(text.substr(14), 6);
}

bool IsDigits(std::string_view text, size_t length) {
  return text.size() == length && std::all_of(text.begin(), text.end(), IsDigit);
}

bool IsValidUtf8(std::string_view text) {
  text.remove_prefix(AsciiLength(text));
  while (!text.empty()) {
    const size_t length = SequenceLength(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

bool IsOneLine(std::string_view text) {
  // Branchless, so that the compiler takes many bytes at a time.
  unsigned controls = 0;
  for (const char c : text) controls |= static_cast<unsigned>(IsControl(c));
  return controls == 0 && IsValidUtf8(text);
}

}  // namespace outlay::ingest
