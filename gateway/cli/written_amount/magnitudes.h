// Words for powers of ten beside a number.
#ifndef OUTLAY_GATEWAY_CLI_WRITTEN_AMOUNT_MAGNITUDES_H_
#define OUTLAY_GATEWAY_CLI_WRITTEN_AMOUNT_MAGNITUDES_H_

#include <cstddef>
#include <optional>
#include <string_view>

namespace outlay::cli {

enum class MagnitudeKind {
  kWestern,  // bn, trillion: one of them after the number
  kSmall,    // 십 백 천: they count inside of a myriad
  kMyriad,   // 만 억 조 경: they follow each other, the larger first
};

struct Magnitude {
  MagnitudeKind kind;
  int exponent;       // of ten
  size_t characters;  // the length of the word
};

// The longest such word at the beginning of `text`. Western ones end where letters end, and may stand in any case: k, thousand; m, mn, mln, million; b, bn, bln, billion;
// t, tn, trn, trillion. Those of China and Japan (千 百 万 億 兆) are read as Korea's.
std::optional<Magnitude> FindMagnitude(std::u32string_view text);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_WRITTEN_AMOUNT_MAGNITUDES_H_
