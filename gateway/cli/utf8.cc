#include "gateway/cli/utf8.h"

#include <cstddef>

namespace outlay::cli {
namespace {

// What the second byte of a sequence may be narrows with the first: that leaves out overlong forms, surrogates and what is beyond U+10FFFF.
struct Sequence {
  size_t length = 0;  // 0: no sequence begins so
  unsigned char second_min = 0x80;
  unsigned char second_max = 0xbf;
};

Sequence SequenceOf(unsigned char first) {
  if (first < 0x80) return {1};
  if (first >= 0xc2 && first <= 0xdf) return {2};
  if (first == 0xe0) return {3, 0xa0, 0xbf};
  if (first == 0xed) return {3, 0x80, 0x9f};
  if (first >= 0xe1 && first <= 0xef) return {3};
  if (first == 0xf0) return {4, 0x90, 0xbf};
  if (first >= 0xf1 && first <= 0xf3) return {4};
  if (first == 0xf4) return {4, 0x80, 0x8f};
  return {};
}

}  // namespace

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    const Sequence sequence = SequenceOf(static_cast<unsigned char>(text[0]));
    if (sequence.length == 0 || sequence.length > text.size()) return false;
    for (size_t i = 1; i < sequence.length; ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      const unsigned char min = i == 1 ? sequence.second_min : 0x80;
      const unsigned char max = i == 1 ? sequence.second_max : 0xbf;
      if (byte < min || byte > max) return false;
    }
    text.remove_prefix(sequence.length);
  }
  return true;
}

}  // namespace outlay::cli
