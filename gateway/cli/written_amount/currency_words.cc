#include "gateway/cli/written_amount/currency_words.h"

#include <iterator>

#include "services/common/money/currency.h"

namespace outlay::cli {
namespace {

struct Word {
  std::u32string_view text;  // of letters in lower case: they may stand in any
  std::string_view code;
  std::string_view alternative = "";
  std::string_view choices = "";
};

constexpr Word kWords[] = {
    {U"$", "USD"},
    {U"us$", "USD"},
    {U"a$", "AUD"},
    {U"au$", "AUD"},
    {U"c$", "CAD"},
    {U"ca$", "CAD"},
    {U"hk$", "HKD"},
    {U"mx$", "MXN"},
    {U"nt$", "TWD"},
    {U"nz$", "NZD"},
    {U"r$", "BRL"},
    {U"s$", "SGD"},
    {U"¥", "JPY", "CNY"},
    {U"jp¥", "JPY"},
    {U"cn¥", "CNY"},
    {U"rmb", "CNY"},
    {U"₩", "KRW"},
    {U"€", "EUR"},
    {U"£", "GBP"},
    {U"₹", "INR"},
    {U"₫", "VND"},
    {U"₺", "TRY"},
    {U"₽", "RUB"},
    {U"₱", "PHP"},
    {U"฿", "THB"},
    {U"₪", "ILS"},
    {U"zł", "PLN"},
    {U"dollar", "USD"},
    {U"dollars", "USD"},
    {U"us dollars", "USD"},
    {U"euro", "EUR"},
    {U"euros", "EUR"},
    {U"won", "KRW"},
    {U"yen", "JPY"},
    {U"yuan", "CNY"},
    {U"pound", "GBP"},
    {U"pounds", "GBP"},
    {U"円", "JPY"},
    {U"元", "CNY"},
    {U"원", "KRW"},
    {U"달러", "USD"},
    {U"미달러", "USD"},
    {U"미 달러", "USD"},
    {U"미국달러", "USD"},
    {U"미국 달러", "USD"},
    {U"호주달러", "AUD"},
    {U"호주 달러", "AUD"},
    {U"캐나다달러", "CAD"},
    {U"캐나다 달러", "CAD"},
    {U"홍콩달러", "HKD"},
    {U"홍콩 달러", "HKD"},
    {U"대만달러", "TWD"},
    {U"대만 달러", "TWD"},
    {U"싱가포르달러", "SGD"},
    {U"싱가포르 달러", "SGD"},
    {U"뉴질랜드달러", "NZD"},
    {U"뉴질랜드 달러", "NZD"},
    {U"엔", "JPY"},
    {U"엔화", "JPY"},
    {U"위안", "CNY"},
    {U"위안화", "CNY"},
    {U"유로", "EUR"},
    {U"유로화", "EUR"},
    {U"파운드", "GBP"},
    {U"스위스프랑", "CHF"},
    {U"스위스 프랑", "CHF"},
    {U"인도루피", "INR"},
    {U"인도 루피", "INR"},
    {U"kr", "", "", "SEK, NOK, DKK or ISK"},
    {U"rs", "", "", "INR, PKR, LKR or NPR"},
    {U"루피", "", "", "INR, PKR, LKR or NPR"},
    {U"프랑", "", "", "CHF, XOF or XAF"},
    {U"페소", "", "", "MXN, PHP, ARS, CLP or COP"},
    {U"크로나", "", "", "SEK or ISK"},
    {U"크로네", "", "", "NOK or DKK"},
};

bool IsAsciiLetter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
char32_t Lower(char32_t c) { return c >= U'A' && c <= U'Z' ? c - U'A' + U'a' : c; }

bool Begins(std::u32string_view text, std::u32string_view word) {
  if (text.size() < word.size()) return false;
  for (size_t i = 0; i < word.size(); ++i) {
    if (Lower(text[i]) != word[i]) return false;
  }
  // "won" is none of "wonderful".
  const bool goes_on = text.size() > word.size() && IsAsciiLetter(text[word.size()]);
  return !(IsAsciiLetter(word.back()) && goes_on);
}

std::optional<FoundCurrency> FindCode(std::u32string_view text) {
  constexpr size_t kLetters = 3;
  if (text.size() < kLetters) return std::nullopt;
  std::string code;
  for (size_t i = 0; i < kLetters; ++i) {
    if (text[i] < U'A' || text[i] > U'Z') return std::nullopt;
    code += static_cast<char>(text[i]);
  }
  if (text.size() > kLetters && IsAsciiLetter(text[kLetters])) return std::nullopt;
  if (money::FindCurrency(code) == nullptr) return std::nullopt;
  return FoundCurrency{code, "", "", kLetters};
}

}  // namespace

std::optional<FoundCurrency> FindCurrencyWord(std::u32string_view text) {
  const Word* longest = nullptr;
  for (const Word& word : kWords) {
    if (!Begins(text, word.text)) continue;
    if (longest == nullptr || word.text.size() > longest->text.size()) longest = &word;
  }
  if (longest == nullptr) return FindCode(text);
  return FoundCurrency{std::string(longest->code), std::string(longest->alternative),
                       longest->choices, longest->text.size()};
}

}  // namespace outlay::cli
