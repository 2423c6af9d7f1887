#include "gateway/cli/render/readable_amount.h"

#include <gtest/gtest.h>

namespace outlay::cli {
namespace {

using money::Decimal;
using money::Rational;

Rational Exact(std::string_view text) { return Rational(*Decimal::Parse(text)); }
Rational Fraction(std::string_view numerator, std::string_view denominator) {
  return *Rational::Parse(numerator, denominator);
}

std::string English(std::string_view number, std::string_view currency) {
  return ReadableAmount(Exact(number), currency, Language::kEnglish);
}
std::string Korean(std::string_view number, std::string_view currency) {
  return ReadableAmount(Exact(number), currency, Language::kKorean);
}

TEST(ReadableAmountTest, EnglishTakesTheLargestUnitWithTheDigitsThatTheValueHas) {
  EXPECT_EQ(English("100000000000", "USD"), "$100 bn");
  EXPECT_EQ(English("26300000000", "USD"), "$26.3 bn");
  EXPECT_EQ(English("82999000000", "USD"), "$82.999 bn");
  EXPECT_EQ(English("466016000000000", "KRW"), "₩466.016 tn");
  EXPECT_EQ(English("145630000000000", "KRW"), "₩145.63 tn");
  EXPECT_EQ(English("109222500000000", "KRW"), "₩109.2225 tn");
  EXPECT_EQ(English("1500000", "EUR"), "€1.5 m");
  EXPECT_EQ(English("1234000000000000", "KRW"), "₩1,234 tn");
}

TEST(ReadableAmountTest, EnglishRoundsToTwoPlacesWhenFourDoNotDo) {
  EXPECT_EQ(ReadableAmount(Exact("320000000000") * Fraction("1668500", "1153"), "KRW",
                           Language::kEnglish),
            "₩463.07 tn");
  EXPECT_EQ(English("1234567890", "USD"), "$1.23 bn");
  EXPECT_EQ(English("1235000001", "USD"), "$1.24 bn");
}

TEST(ReadableAmountTest, HalfWayGoesUpAndOnlyOnce) {
  EXPECT_EQ(English("1005000010", "USD"), "$1.01 bn");
  EXPECT_EQ(English("1004999999", "USD"), "$1 bn");
  EXPECT_EQ(ReadableAmount(Fraction("5", "1000"), "USD", Language::kEnglish), "$0.01");
  EXPECT_EQ(ReadableAmount(Fraction("4999999", "1000000000"), "USD", Language::kEnglish), "$0");
  EXPECT_EQ(ReadableAmount(-Fraction("5", "1000"), "USD", Language::kEnglish), "-$0.01");
}

TEST(ReadableAmountTest, ARoundedValueThatFillsItsUnitTakesTheNextOne) {
  EXPECT_EQ(English("999999999", "USD"), "$1 bn");
  EXPECT_EQ(English("999999000000", "USD"), "$999.999 bn");
  EXPECT_EQ(English("999999999999", "USD"), "$1 tn");
}

TEST(ReadableAmountTest, BelowAMillionEveryDigitIsShownGrouped) {
  EXPECT_EQ(English("999999", "USD"), "$999,999");
  EXPECT_EQ(English("1234.5", "USD"), "$1,234.50");
  EXPECT_EQ(English("1456.3", "KRW"), "₩1,456");
  EXPECT_EQ(English("0", "USD"), "$0");
  EXPECT_EQ(English("-12", "USD"), "-$12");
}

TEST(ReadableAmountTest, ACurrencyWithoutASymbolIsNamedByItsCode) {
  EXPECT_EQ(English("12000000000", "XAU"), "XAU 12 bn");
  EXPECT_EQ(English("1.123456789", "XAU"), "XAU 1.123456789");
  EXPECT_EQ(English("-1000000", "ZZZ"), "-ZZZ 1 m");
}

TEST(ReadableAmountTest, KoreanCountsInMyriads) {
  EXPECT_EQ(Korean("100000000000", "USD"), "1,000억 달러");
  EXPECT_EQ(Korean("466016000000000", "KRW"), "466조 160억 원");
  EXPECT_EQ(Korean("145630000000000", "KRW"), "145조 6,300억 원");
  EXPECT_EQ(Korean("655600000000000", "KRW"), "655조 6,000억 원");
  EXPECT_EQ(Korean("26300000000", "USD"), "263억 달러");
  EXPECT_EQ(Korean("1000000000000", "JPY"), "1조 엔");
  EXPECT_EQ(Korean("12345000000000000", "KRW"), "1경 2,345조 원");
  EXPECT_EQ(Korean("123450000", "KRW"), "1억 2,345만 원");
  EXPECT_EQ(Korean("12345", "KRW"), "1만 2,345 원");
  EXPECT_EQ(Korean("12345.67", "USD"), "1만 2,345.67 달러");
  EXPECT_EQ(Korean("0", "KRW"), "0 원");
}

TEST(ReadableAmountTest, KoreanRoundsHalfUpToTheSecondMyriad) {
  EXPECT_EQ(Korean("463069191673900", "KRW"), "463조 692억 원");
  EXPECT_EQ(Korean("463069149999999", "KRW"), "463조 691억 원");
  EXPECT_EQ(Korean("463069150000000", "KRW"), "463조 692억 원");
  EXPECT_EQ(Korean("9999999950000000", "KRW"), "1경 원");
  EXPECT_EQ(Korean("100004999", "KRW"), "1억 원");
  EXPECT_EQ(Korean("100005000", "KRW"), "1억 1만 원");
}

TEST(ReadableAmountTest, KoreanNamesOfCurrencies) {
  EXPECT_EQ(Korean("500000000", "EUR"), "5억 유로");
  EXPECT_EQ(Korean("500000000", "CAD"), "5억 캐나다 달러");
  EXPECT_EQ(Korean("500000000", "ATS"), "5억 ATS");
  EXPECT_EQ(Korean("-500000000", "USD"), "-5억 달러");
}

TEST(ReadableAmountTest, RangesShareTheUnitOfTheirHighEnd) {
  EXPECT_EQ(ReadableRange(Exact("60000000000"), Exact("65000000000"), "USD", Language::kEnglish),
            "$60–65 bn");
  EXPECT_EQ(ReadableRange(Exact("900000000"), Exact("1100000000"), "USD", Language::kEnglish),
            "$0.9–1.1 bn");
  EXPECT_EQ(ReadableRange(Exact("60000000000"), Exact("65000000000"), "USD", Language::kKorean),
            "600억–650억 달러");
  EXPECT_EQ(ReadableRange(Exact("-1000000000"), Exact("2000000000"), "USD", Language::kEnglish),
            "$-1–2 bn");
}

TEST(ReadableAmountTest, PartsShareTheUnitOfTheWhole) {
  const Rational whole = Exact("320000000000");
  EXPECT_EQ(ReadablePart(Exact("255000000000"), whole, "USD", Language::kEnglish), "255");
  EXPECT_EQ(ReadablePart(Exact("65000000"), whole, "USD", Language::kEnglish), "0.065");
  EXPECT_EQ(ReadablePart(Exact("255000000000"), whole, "USD", Language::kKorean), "2,550억");
}

TEST(ReadablePercentTest, IsRoundedAsAsked) {
  const Rational share = *Divide(Exact("466.016"), Exact("655.6"));
  EXPECT_EQ(ReadablePercent(share, 2, Language::kEnglish), "71.08 %");
  EXPECT_EQ(ReadablePercent(share, 2, Language::kKorean), "71.08%");
  EXPECT_EQ(ReadablePercent(Fraction("371356500", "655600000"), 1, Language::kEnglish,
                            money::Rounding::kFloor),
            "56.6 %");
  EXPECT_EQ(ReadablePercent(Exact("0.0005"), 1, Language::kEnglish), "0.1 %");
}

TEST(ReadablePercentTest, GrowthHasASignUnlessItIsShownAsZero) {
  EXPECT_EQ(ReadableGrowth(Fraction("17", "83"), 1, Language::kEnglish), "+20.5 %");
  EXPECT_EQ(ReadableGrowth(Fraction("-3", "100"), 1, Language::kEnglish), "-3.0 %");
  EXPECT_EQ(ReadableGrowth(Fraction("1", "10000"), 1, Language::kEnglish), "0.0 %");
  EXPECT_EQ(ReadableGrowth(Rational(), 1, Language::kKorean), "0.0%");
}

TEST(GroupedDigitsTest, GroupsTheWholePartOnly) {
  EXPECT_EQ(GroupedDigits(*Decimal::Parse("-1234567.12345")), "-1,234,567.12345");
  EXPECT_EQ(GroupedDigits(*Decimal::Parse("999")), "999");
}

}  // namespace
}  // namespace outlay::cli
