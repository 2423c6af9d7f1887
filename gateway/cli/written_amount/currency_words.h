// How people write currencies beside an amount.
#ifndef OUTLAY_GATEWAY_CLI_WRITTEN_AMOUNT_CURRENCY_WORDS_H_
#define OUTLAY_GATEWAY_CLI_WRITTEN_AMOUNT_CURRENCY_WORDS_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace outlay::cli {

struct FoundCurrency {
  std::string code;          // "USD"; empty where the word leaves open which it is
  std::string alternative;   // another that the sign may mean where the caller says so: CNY of ¥
  std::string_view choices;  // of a word that leaves it open: "SEK, NOK or DKK"
  size_t length = 0;         // in characters
};

// The longest word for a currency at the beginning of `text`: a sign ($, US$, A$, ¥, ₩, €), a word (달러, 위안, dollars, yen), or a code of
// ISO 4217 in capitals. A word of letters ends where they end.
//
// $ alone is the US dollar. ¥ alone is the yen, or the yuan where the caller says CNY; CN¥, RMB, 元 and 위안 are the yuan, JP¥, 円 and 엔
// the yen. "won" is South Korea's, "pounds" and £ are sterling. kr, Rs, 루피, 프랑, 페소 and their like leave open which.
std::optional<FoundCurrency> FindCurrencyWord(std::u32string_view text);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_WRITTEN_AMOUNT_CURRENCY_WORDS_H_
