// What is read is exactly what was written, whatever the form; and rubbish is refused with a place, never read as something else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "fmt/format.h"
#include "gateway/cli/written_amount/characters.h"
#include "gateway/cli/written_amount/written_amount.h"
#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

using money::Decimal;

constexpr int kRounds = 20'000;

class WrittenAmountProperty : public testing::Test {
 protected:
  int64_t Random(int64_t low, int64_t high) {
    return std::uniform_int_distribution<int64_t>(low, high)(random_);
  }
  // Of any number of digits alike.
  int64_t RandomWhole() {
    int64_t bound = 1;
    for (int64_t digits = Random(1, 18); digits > 0; --digits) bound *= 10;
    return Random(0, bound - 1);
  }
  bool Coin() { return Random(0, 1) == 1; }
  std::string Blank() { return Coin() ? " " : ""; }

  static std::string Grouped(int64_t value) {
    std::string digits = std::to_string(value);
    for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) {
      digits.insert(static_cast<size_t>(at), ",");
    }
    return digits;
  }
  std::string Whole(int64_t value) { return Coin() ? Grouped(value) : std::to_string(value); }

  std::string FullWidth(const std::string& text) {
    std::u32string characters;
    for (const char c : text) characters += static_cast<char32_t>(c) - U'!' + 0xFF01;
    return ToUtf8(characters);
  }

  // Up to 9,999 before a myriad: digits, or with thousands and hundreds.
  std::string KoreanSection(int64_t value) {
    if (value < 1'000 || Coin()) return Whole(value);
    std::string text = value / 1'000 == 1 && Coin() ? "천" : fmt::format("{}천", value / 1'000);
    const int64_t rest = value % 1'000;
    if (rest == 0) return text;
    if (rest % 100 == 0 && Coin()) return text + fmt::format("{}백", rest / 100);
    return text + Blank() + std::to_string(rest);
  }

  std::string Korean(int64_t value) {
    const std::pair<int64_t, const char*> units[] = {{10'000'000'000'000'000, "경"},
                                                     {1'000'000'000'000, "조"},
                                                     {100'000'000, "억"},
                                                     {10'000, "만"}};
    std::string text;
    for (const auto& [unit, name] : units) {
      if (value < unit) continue;
      if (!text.empty()) text += Blank();
      text += KoreanSection(value / unit) + Blank() + name;
      value %= unit;
    }
    if (value > 0 || text.empty()) text += (text.empty() ? "" : Blank()) + KoreanSection(value);
    return text;
  }

  static void ExpectRead(const std::string& text, const Decimal& value, const std::string& code) {
    const auto amount = ReadWrittenAmount(text);
    ASSERT_TRUE(amount.ok()) << text << ": " << amount.status();
    EXPECT_EQ(amount->value, value) << text;
    EXPECT_EQ(amount->currency_code, code) << text;
  }

  std::mt19937_64 random_{20250207};
};

TEST_F(WrittenAmountProperty, WesternFormsAreReadExactly) {
  const std::pair<const char*, int> units[] = {
      {"", 0}, {"k", 3}, {"m", 6}, {"million", 6}, {"bn", 9}, {"trn", 12}, {"trillion", 12}};
  const std::pair<const char*, const char*> signs[] = {{"", ""},     {"$", "USD"},  {"US$", "USD"},
                                                       {"€", "EUR"}, {"A$", "AUD"}, {"₩", "KRW"}};
  for (int i = 0; i < kRounds; ++i) {
    const auto& [unit, exponent] = units[Random(0, std::size(units) - 1)];
    const auto& [sign, code] = signs[Random(0, std::size(signs) - 1)];
    const int64_t whole = RandomWhole();
    const int64_t fraction = Coin() ? Random(1, 999'999) : 0;
    std::string number = Whole(whole);
    if (fraction > 0) number += fmt::format(".{:06}", fraction);
    const bool negative = Random(0, 9) == 0;
    const auto coefficient = static_cast<__int128>(whole) * 1'000'000 + fraction;
    const auto value = Decimal::FromParts(negative ? -coefficient : coefficient, 6 - exponent);
    ASSERT_TRUE(value.ok());
    if (Random(0, 3) == 0) number = FullWidth(number);
    ExpectRead((negative ? "-" : "") + std::string(sign) + Blank() + number + Blank() + unit,
               *value, code);
  }
}

TEST_F(WrittenAmountProperty, KoreanFormsAreReadExactly) {
  const std::pair<const char*, const char*> words[] = {{"", ""},        {"원", "KRW"},
                                                       {"달러", "USD"}, {"위안", "CNY"},
                                                       {"엔", "JPY"},   {"캐나다 달러", "CAD"}};
  for (int i = 0; i < kRounds; ++i) {
    const auto& [word, code] = words[Random(0, std::size(words) - 1)];
    const int64_t value = RandomWhole();
    ExpectRead(Korean(value) + Blank() + word, Decimal::FromInt(value), code);
  }
}

TEST_F(WrittenAmountProperty, PlainDecimalsAreReadAsDecimalReadsThem) {
  for (int i = 0; i < kRounds; ++i) {
    std::string text = Coin() ? "-" : "";
    text += std::to_string(RandomWhole());
    if (Coin()) text += fmt::format(".{}", RandomWhole());
    if (Coin())
      text += fmt::format("{}{}{}", Coin() ? "e" : "E", Coin() ? "-" : "+", Random(0, 30));
    const auto decimal = Decimal::Parse(text);
    const auto amount = ReadWrittenAmount(text);
    ASSERT_EQ(amount.ok(), decimal.ok()) << text;
    if (!decimal.ok()) continue;
    EXPECT_EQ(amount->value, *decimal) << text;
  }
}

// Pieces in any order: what is accepted has as many digits before its units as the text has, and what is refused says where.
TEST_F(WrittenAmountProperty, AnythingElseIsRefusedWithAPlaceInTheText) {
  const char* const pieces[] = {"1",  "23",   "456", ",", ".",  "e",  "-",    " ",  "$",
                                "€",  "kr",   "bn",  "t", "천", "백", "만",   "억", "조",
                                "원", "달러", "USD", "¥", "x",  "０", "\xe2", "　"};
  int accepted = 0;
  for (int i = 0; i < kRounds; ++i) {
    std::string text;
    for (int64_t count = Random(1, 6); count > 0; --count) {
      text += pieces[Random(0, std::size(pieces) - 1)];
    }
    const auto amount = ReadWrittenAmount(text);
    if (amount.ok()) {
      ++accepted;
      // Read again from its digits it is the same.
      const auto again = ReadWrittenAmount(amount->value.ToString() + " " + amount->currency_code);
      ASSERT_TRUE(again.ok()) << text;
      EXPECT_EQ(again->value, amount->value) << text;
      EXPECT_NE(text.find_first_of("0123456789\xef\xec\xeb"), text.npos) << text;
      continue;
    }
    const ErrorDetail detail = GetErrorDetail(amount.status());
    EXPECT_THAT(detail.reason, testing::AnyOf("MALFORMED_AMOUNT", "AMOUNT_OUT_OF_RANGE")) << text;
    const auto position = detail.metadata.find("position");
    if (position == detail.metadata.end()) continue;
    const int at = std::stoi(std::string(position->second));
    EXPECT_GE(at, 1) << text;
    EXPECT_LE(at, static_cast<int>(text.size()) + 1) << text;
  }
  EXPECT_GT(accepted, 100);
  EXPECT_LT(accepted, kRounds / 2);
}

}  // namespace
}  // namespace outlay::cli
