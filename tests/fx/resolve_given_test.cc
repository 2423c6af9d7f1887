// Rates that no provider publishes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fx/small_book.h"

namespace outlay::fx {
namespace {

using testing::HasSubstr;

RateSpec Fixed(std::string_view value, std::string_view base = "", std::string_view quote = "") {
  return {"", FixedRate{Dec(value), std::string(base), std::string(quote)}};
}

TEST(FixedRate, IsTheCallers) {
  const RateAnswer answer = SmallBook().Get("USD", "KRW", Fixed("1456.3")).value();
  EXPECT_EQ(answer.derivation, Derivation::kFixed);
  EXPECT_EQ(Text(answer.rate), "14563/10");
  EXPECT_EQ(answer.provider, "");
}

TEST(FixedRate, ServesBothDirections) {
  EXPECT_EQ(Text(SmallBook().Get("USD", "KRW", Fixed("1456.3", "USD", "KRW"))->rate), "14563/10");
  EXPECT_EQ(Text(SmallBook().Get("KRW", "USD", Fixed("1456.3", "USD", "KRW"))->rate), "10/14563");
}

TEST(FixedRate, OfOtherCurrenciesIsRefused) {
  const absl::Status status = SmallBook().Get("USD", "KRW", Fixed("1.03", "EUR", "USD")).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "FIXED_RATE_PAIR");
  EXPECT_THAT(std::string(status.message()), HasSubstr("does not convert USD to KRW"));
}

RateInput Article(std::string_view source, std::string_view base, std::string_view quote,
                  std::string_view quote_unit = "", std::string_view published = "") {
  return {.provider = std::string(source),
          .base_currency = "USD",
          .quote_currency = "KRW",
          .fixing_date = "2025-02-10",
          .kind = RateKind::kImplied,
          .implied_by = AmountPairInput{.base_amount = std::string(base),
                                        .quote_amount = std::string(quote),
                                        .quote_written_unit = std::string(quote_unit)},
          .published_at = std::string(published)};
}

RateSpec Implied(std::string_view source) { return {"", ImpliedRate{std::string(source)}}; }

TEST(ImpliedRate, IsTheQuotientOfTheTwoAmounts) {
  SmallBook book;
  book.Add(Article("one", "100e9", "145.63e12"));
  const RateAnswer answer = book.Get("USD", "KRW", Implied("one")).value();
  EXPECT_EQ(answer.derivation, Derivation::kImplied);
  EXPECT_EQ(Value(answer), "1456.3");
  EXPECT_EQ(answer.provider, "one");
  EXPECT_EQ(answer.used_date, D("2025-02-10"));
  ASSERT_EQ(answer.legs.size(), 1u);
  EXPECT_TRUE(answer.legs[0].stored.rate.implied_by.has_value());
}

TEST(ImpliedRate, LiesInTheIntervalOfTheWrittenPrecision) {
  SmallBook book;
  book.Add(Article("one", "320e9", "466e12", "1e12"));
  const RateAnswer answer = book.Get("USD", "KRW", Implied("one")).value();
  EXPECT_EQ(Value(answer), "1456.25");
  EXPECT_EQ(ToSignificant(*answer.low, 12, money::Rounding::kFloor).value(), Dec("1454.6875"));
  EXPECT_EQ(ToSignificant(*answer.high, 12, money::Rounding::kCeiling).value(), Dec("1457.8125"));
  // 145.63 trillion ÷ 100 billion is consistent with it.
  EXPECT_LT(Dec("1454.6875"), Dec("1456.3"));
  EXPECT_LT(Dec("1456.3"), Dec("1457.8125"));
}

TEST(ImpliedRate, ServesBothDirectionsWithTheIntervalTurned) {
  SmallBook book;
  book.Add(Article("one", "320e9", "466e12", "1e12"));
  const RateAnswer answer = book.Get("KRW", "USD", Implied("one")).value();
  EXPECT_EQ(Text(answer.rate), "4/5825");
  EXPECT_TRUE(answer.legs[0].inverted);
  EXPECT_EQ(Text(InLowestTerms(*answer.low)), "16/23325");
  EXPECT_EQ(Text(InLowestTerms(*answer.high)), "16/23275");
}

TEST(ImpliedRate, OfSeveralTheLatestPublishedIsTaken) {
  SmallBook book;
  book.Add(Article("one", "1", "1400", "", "2025-02-12"));
  book.Add(Article("one", "1", "1300", "", "2025-02-11"));
  EXPECT_EQ(Value(*book.Get("USD", "KRW", Implied("one"))), "1400");
  EXPECT_EQ(Value(*book.Get("USD", "KRW", Implied("one"), "2025-02-11T23:59:59.999999Z")), "1300");
  book.Add(Article("one", "1", "1401", "", "2025-02-12"));
  EXPECT_EQ(Value(*book.Get("USD", "KRW", Implied("one"))), "1401");
}

TEST(ImpliedRate, OfAnUnknownSourceNamesTheNearest) {
  SmallBook book;
  book.Add(Article("article-one", "1", "1400"));
  const absl::Status status = book.Get("USD", "KRW", Implied("article-on")).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(status), "UNKNOWN_IMPLIED_RATE");
  EXPECT_THAT(std::string(status.message()), HasSubstr("did you mean \"article-one\"?"));
}

TEST(ImpliedRate, OfAnotherPairSaysWhichThereAre) {
  SmallBook book;
  book.Add(Article("one", "1", "1400"));
  const absl::Status status = book.Get("USD", "EUR", Implied("one")).status();
  EXPECT_EQ(ReasonOf(status), "UNKNOWN_IMPLIED_RATE");
  EXPECT_THAT(std::string(status.message()), HasSubstr("it has KRW per USD"));
}

TEST(ImpliedRate, IsUnknownBeforeItsPublication) {
  SmallBook book;
  book.Add(Article("one", "1", "1400"));
  EXPECT_EQ(ReasonOf(book.Get("USD", "KRW", Implied("one"), "2025-02-10T12:00:00Z").status()),
            "UNKNOWN_IMPLIED_RATE");
}

}  // namespace
}  // namespace outlay::fx
