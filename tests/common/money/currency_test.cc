#include "services/common/money/currency.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string>

#include "tests/common/money/money_testing.h"

namespace outlay::money {
namespace {

TEST(CurrencyTest, KnowsTheUsualOnes) {
  const Currency* won = FindCurrency("KRW");
  ASSERT_NE(won, nullptr);
  EXPECT_EQ(won->numeric, 410);
  EXPECT_EQ(won->minor_units, 0);
  EXPECT_EQ(won->name, "South Korean won");
  EXPECT_EQ(won->korean_name, "대한민국 원");
  EXPECT_EQ(won->symbol, "₩");
  EXPECT_FALSE(won->IsHistoric());
}

TEST(CurrencyTest, MinorUnitsAreThoseOfIso4217) {
  const std::map<std::string_view, std::optional<int>> expected = {
      {"JPY", 0},           {"KRW", 0}, {"VND", 0}, {"USD", 2}, {"EUR", 2}, {"HUF", 2},
      {"KWD", 3},           {"BHD", 3}, {"TND", 3}, {"CLF", 4}, {"UYW", 4}, {"XAU", std::nullopt},
      {"XDR", std::nullopt}};
  for (const auto& [code, minor_units] : expected) {
    ASSERT_NE(FindCurrency(code), nullptr) << code;
    EXPECT_EQ(FindCurrency(code)->minor_units, minor_units) << code;
  }
}

TEST(CurrencyTest, TheTableIsSortedAndWellFormed) {
  std::string_view previous;
  int current = 0;
  for (const Currency& currency : AllCurrencies()) {
    EXPECT_LT(previous, currency.code);
    previous = currency.code;
    EXPECT_EQ(currency.code.size(), 3u);
    EXPECT_GT(currency.numeric, 0) << currency.code;
    EXPECT_LT(currency.numeric, 1000) << currency.code;
    EXPECT_FALSE(currency.name.empty()) << currency.code;
    EXPECT_EQ(FindCurrency(currency.code), &currency);
    if (!currency.IsHistoric()) ++current;
  }
  EXPECT_EQ(current, 176);
  EXPECT_EQ(AllCurrencies().size(), 217u);
}

TEST(CurrencyTest, ASymbolMeansOneCurrencyAndSoDoesACurrentNumber) {
  std::set<std::string_view> symbols;
  std::set<int> numbers;
  for (const Currency& currency : AllCurrencies()) {
    if (!currency.symbol.empty()) {
      EXPECT_TRUE(symbols.insert(currency.symbol).second) << currency.code;
    }
    if (!currency.IsHistoric()) {
      EXPECT_TRUE(numbers.insert(currency.numeric).second) << currency.code;
    }
  }
}

TEST(CurrencyTest, EveryHistoricOneLeadsToACurrentSuccessorByAPositiveRatio) {
  for (const Currency& currency : AllCurrencies()) {
    if (!currency.IsHistoric()) {
      EXPECT_TRUE(currency.successor.empty() && currency.ratio.empty()) << currency.code;
      continue;
    }
    EXPECT_EQ(currency.replaced_on.size(), 10u) << currency.code;
    EXPECT_EQ(D(currency.ratio).Sign(), 1) << currency.code;
    const Currency* successor = FindCurrency(currency.successor);
    ASSERT_NE(successor, nullptr) << currency.code;
    // A successor may have been replaced in its turn, later.
    if (successor->IsHistoric()) {
      EXPECT_LT(currency.replaced_on, successor->replaced_on) << currency.code;
    }
  }
}

TEST(CurrencyTest, OneThatTookThePlaceOfOthersHoldsFromThatDay) {
  EXPECT_EQ(ValidFrom(*FindCurrency("EUR")), "1999-01-01");  // others joined later
  EXPECT_EQ(ValidFrom(*FindCurrency("TRY")), "2005-01-01");
  EXPECT_EQ(ValidFrom(*FindCurrency("RON")), "2005-07-01");
  EXPECT_EQ(ValidFrom(*FindCurrency("USD")), "");
  EXPECT_EQ(ValidFrom(*FindCurrency("TRL")), "");
}

struct Joined {
  std::string_view code;
  std::string_view on;
  std::string_view successor;
  std::string_view ratio;
};

TEST(CurrencyTest, JoinedCurrenciesCarryTheirIrrevocableRatios) {
  const Joined joined[] = {
      {"ATS", "1999-01-01", "EUR", "13.7603"},  {"BEF", "1999-01-01", "EUR", "40.3399"},
      {"DEM", "1999-01-01", "EUR", "1.95583"},  {"ESP", "1999-01-01", "EUR", "166.386"},
      {"FIM", "1999-01-01", "EUR", "5.94573"},  {"FRF", "1999-01-01", "EUR", "6.55957"},
      {"IEP", "1999-01-01", "EUR", "0.787564"}, {"ITL", "1999-01-01", "EUR", "1936.27"},
      {"LUF", "1999-01-01", "EUR", "40.3399"},  {"NLG", "1999-01-01", "EUR", "2.20371"},
      {"PTE", "1999-01-01", "EUR", "200.482"},  {"GRD", "2001-01-01", "EUR", "340.750"},
      {"SIT", "2007-01-01", "EUR", "239.640"},  {"CYP", "2008-01-01", "EUR", "0.585274"},
      {"MTL", "2008-01-01", "EUR", "0.429300"}, {"SKK", "2009-01-01", "EUR", "30.1260"},
      {"EEK", "2011-01-01", "EUR", "15.6466"},  {"LVL", "2014-01-01", "EUR", "0.702804"},
      {"LTL", "2015-01-01", "EUR", "3.45280"},  {"HRK", "2023-01-01", "EUR", "7.53450"},
      {"BGN", "2026-01-01", "EUR", "1.95583"},  {"TRL", "2005-01-01", "TRY", "1000000"},
      {"ROL", "2005-07-01", "RON", "10000"},
  };
  for (const Joined& expected : joined) {
    const Currency* currency = FindCurrency(expected.code);
    ASSERT_NE(currency, nullptr) << expected.code;
    EXPECT_TRUE(currency->IsHistoric());
    EXPECT_EQ(currency->replaced_on, expected.on) << expected.code;
    EXPECT_EQ(currency->successor, expected.successor) << expected.code;
    EXPECT_EQ(currency->ratio, expected.ratio) << expected.code;
  }
}

TEST(CurrencyTest, CodesAreFoundInCapitalsOnly) {
  EXPECT_EQ(FindCurrency("usd"), nullptr);
  EXPECT_EQ(FindCurrency(""), nullptr);
  EXPECT_EQ(FindCurrency("USDX"), nullptr);
  EXPECT_EQ(FindCurrency("XXX"), nullptr);
  EXPECT_EQ(FindCurrency("XTS"), nullptr);
}

TEST(RequireCurrencyTest, ReturnsTheCurrency) {
  const absl::StatusOr<const Currency*> found = RequireCurrency("EUR");
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(*found, FindCurrency("EUR"));
}

TEST(RequireCurrencyTest, SuggestsWhatWasMeant) {
  const std::map<std::string_view, std::string_view> meant = {
      {"usd", "USD"},  {"Krw", "KRW"},  {"$", "USD"},       {"€", "EUR"},
      {"£", "GBP"},    {"¥", "JPY"},    {"₩", "KRW"},       {"원", "KRW"},
      {"달러", "USD"}, {"유로", "EUR"}, {"dollars", "USD"}, {"US$", "USD"},
      {"won", "KRW"},  {"WON", "KRW"},  {"일본 엔", "JPY"}, {"south korean won", "KRW"}};
  for (const auto& [text, code] : meant) {
    const absl::Status status = RequireCurrency(text).status();
    EXPECT_NE(Message(status).find(fmt::format("(did you mean \"{}\"?)", code)), std::string::npos)
        << Message(status);
  }
}

TEST(RequireCurrencyTest, TellsAnUnknownCodeFromAMalformedOne) {
  const absl::Status unknown = RequireCurrency("KRV").status();
  EXPECT_EQ(unknown.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Reason(unknown), "UNKNOWN_CURRENCY");
  EXPECT_NE(Message(unknown).find("KRW"), std::string::npos) << Message(unknown);

  const absl::Status malformed = RequireCurrency("usd").status();
  EXPECT_EQ(Reason(malformed), "MALFORMED_CURRENCY");
  EXPECT_EQ(Message(malformed),
            "\"usd\" is not a currency code of three capital letters (did you mean \"USD\"?)");
  EXPECT_EQ(Reason(RequireCurrency("")), "MALFORMED_CURRENCY");
  EXPECT_EQ(Reason(RequireCurrency("XXX")), "UNKNOWN_CURRENCY");
}

TEST(RequireCurrencyTest, TheErrorTakesTheCallersFieldPath) {
  const absl::Status status = Under("report_currency", RequireCurrency("").status());
  EXPECT_EQ(Field(status), "report_currency");
  EXPECT_EQ(Message(status),
            "report_currency: \"\" is not a currency code of three capital letters");
}

}  // namespace
}  // namespace outlay::money
