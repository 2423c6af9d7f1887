#include "gateway/cli/written_amount/magnitudes.h"

namespace outlay::cli {
namespace {

struct Word {
  std::u32string_view text;
  int exponent;
};

constexpr Word kWestern[] = {
    {U"k", 3},       {U"thousand", 3}, {U"m", 6},    {U"mn", 6},        {U"mln", 6},
    {U"million", 6}, {U"b", 9},        {U"bn", 9},   {U"bln", 9},       {U"billion", 9},
    {U"t", 12},      {U"tn", 12},      {U"trn", 12}, {U"trillion", 12},
};

bool IsAsciiLetter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
char32_t Lower(char32_t c) { return c >= U'A' && c <= U'Z' ? c - U'A' + U'a' : c; }

std::optional<Magnitude> FindWestern(std::u32string_view text) {
  size_t letters = 0;
  while (letters < text.size() && IsAsciiLetter(text[letters])) ++letters;
  for (const Word& word : kWestern) {
    if (word.text.size() != letters) continue;
    bool is_it = true;
    for (size_t i = 0; i < letters; ++i) is_it = is_it && Lower(text[i]) == word.text[i];
    if (is_it) return Magnitude{MagnitudeKind::kWestern, word.exponent, letters};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Magnitude> FindMagnitude(std::u32string_view text) {
  if (text.empty()) return std::nullopt;
  switch (text[0]) {
    case U'십':
    case U'十':
      return Magnitude{MagnitudeKind::kSmall, 1, 1};
    case U'백':
    case U'百':
      return Magnitude{MagnitudeKind::kSmall, 2, 1};
    case U'천':
    case U'千':
      return Magnitude{MagnitudeKind::kSmall, 3, 1};
    case U'만':
    case U'万':
    case U'萬':
      return Magnitude{MagnitudeKind::kMyriad, 4, 1};
    case U'억':
    case U'億':
    case U'亿':
      return Magnitude{MagnitudeKind::kMyriad, 8, 1};
    case U'조':
    case U'兆':
      return Magnitude{MagnitudeKind::kMyriad, 12, 1};
    case U'경':
    case U'京':
      return Magnitude{MagnitudeKind::kMyriad, 16, 1};
    default:
      return FindWestern(text);
  }
}

}  // namespace outlay::cli
