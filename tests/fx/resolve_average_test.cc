#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fmt/format.h"
#include "tests/fx/small_book.h"

namespace outlay::fx {
namespace {

using testing::HasSubstr;

// Four fixings of a week: crosses of 1000, 1100, 1200 and 1300 won per dollar.
SmallBook Week() {
  return SmallBook()
      .Ecb("USD", "2025-02-03", "1")
      .Ecb("KRW", "2025-02-03", "1000")
      .Ecb("USD", "2025-02-04", "2")
      .Ecb("KRW", "2025-02-04", "2200")
      .Ecb("USD", "2025-02-05", "1")
      .Ecb("KRW", "2025-02-05", "1200")
      .Ecb("USD", "2025-02-06", "2")
      .Ecb("KRW", "2025-02-06", "2600");
}

RateSpec Average(std::string_view start, std::string_view end,
                 AverageMethod method = AverageMethod::kMeanOfCrosses, bool to_date = false) {
  return {"ecb", AverageRate{D(start), D(end), method, to_date}};
}

TEST(AverageRate, IsTheArithmeticMeanOfTheDailyCrosses) {
  const RateAnswer answer = Week().Get("USD", "KRW", Average("2025-02-03", "2025-02-07")).value();
  EXPECT_EQ(answer.derivation, Derivation::kAverage);
  EXPECT_EQ(Text(answer.rate), "1150/1");
  EXPECT_EQ(answer.fixing_count, 4);
  EXPECT_EQ(answer.used_date, D("2025-02-06"));
  EXPECT_EQ(answer.rounding_bound, Dec("0.0000000000000000005"));
  EXPECT_TRUE(answer.legs.empty());
  EXPECT_FALSE(answer.requested_date.has_value());
}

TEST(AverageRate, RatioOfMeansDividesTheMeansOfTheLegs) {
  const RateAnswer answer =
      Week()
          .Get("USD", "KRW", Average("2025-02-03", "2025-02-07", AverageMethod::kRatioOfMeans))
          .value();
  EXPECT_EQ(Text(answer.rate), "3500/3");  // 7000 over 6
  EXPECT_FALSE(answer.rounding_bound.has_value());
}

TEST(AverageRate, HarmonicIsTheReciprocalOfTheMeanReciprocal) {
  const RateAnswer answer =
      Week()
          .Get("USD", "KRW", Average("2025-02-03", "2025-02-07", AverageMethod::kHarmonic))
          .value();
  // 4 over (1/1000 + 1/1100 + 1/1200 + 1/1300)
  EXPECT_EQ(Value(answer, 13), "1139.064055758");
  // Half of 10^-18 times the square of the rate.
  EXPECT_EQ(answer.rounding_bound, Dec("6.5e-13"));
}

TEST(AverageRate, AMeanThatNoDecimalHoldsStaysAFraction) {
  SmallBook book;
  book.Ecb("KRW", "2025-02-03", "1000");
  book.Ecb("KRW", "2025-02-04", "1100");
  book.Ecb("KRW", "2025-02-05", "1201.5");
  const RateAnswer answer = book.Get("EUR", "KRW", Average("2025-02-03", "2025-02-06")).value();
  EXPECT_EQ(Text(answer.rate), "1100.5/1");
  const RateAnswer two = book.Get("EUR", "KRW", Average("2025-02-03", "2025-02-05")).value();
  EXPECT_EQ(Text(two.rate), "1050/1");
  book.Ecb("KRW", "2025-02-05", "1201");
  const RateAnswer three = book.Get("EUR", "KRW", Average("2025-02-03", "2025-02-06")).value();
  EXPECT_EQ(Text(three.rate), "3301/3");
}

TEST(AverageRate, LeavesOutDaysWithoutBothLegs) {
  SmallBook book = Week();
  for (int day = 10; day < 17; ++day) book.Ecb("KRW", fmt::format("2025-02-{}", day), "2000");
  for (int day = 10; day < 17; ++day) book.Ecb("USD", fmt::format("2025-02-{}", day), "1");
  book.Ecb("KRW", "2025-02-17", "9999");
  const RateAnswer answer = book.Get("USD", "KRW", Average("2025-02-03", "2025-02-18")).value();
  EXPECT_EQ(answer.fixing_count, 11);  // of 12
}

TEST(AverageRate, IsRefusedBelowNineTenthsOfTheProvidersFixings) {
  SmallBook book = Week();
  book.Ecb("JPY", "2025-02-07", "157.77");
  const absl::Status status = book.Get("USD", "KRW", Average("2025-02-03", "2025-02-08")).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(ReasonOf(status), "COVERAGE_INCOMPLETE");
  EXPECT_EQ(MetadataOf(status, "fixing_count"), "4");
  EXPECT_EQ(MetadataOf(status, "provider_fixing_count"), "5");
  EXPECT_THAT(std::string(status.message()), HasSubstr("at least 90 % are needed"));
}

TEST(AverageRate, NineTenthsAreEnough) {
  SmallBook book;
  for (int day = 10; day < 20; ++day) {
    book.Ecb("KRW", fmt::format("2025-02-{}", day), "1500");
    if (day != 15) book.Ecb("USD", fmt::format("2025-02-{}", day), "1");
  }
  EXPECT_EQ(book.Get("USD", "KRW", Average("2025-02-10", "2025-02-20"))->fixing_count, 9);
}

TEST(AverageRate, IsRefusedWhereTheFixingsStopShortOfThePeriodsEnds) {
  const absl::Status late = Week().Get("USD", "KRW", Average("2025-01-01", "2025-02-07")).status();
  EXPECT_EQ(ReasonOf(late), "COVERAGE_INCOMPLETE");
  EXPECT_THAT(std::string(late.message()), HasSubstr("from 2025-02-03 to 2025-02-06"));
  const absl::Status early = Week().Get("USD", "KRW", Average("2025-02-03", "2025-03-01")).status();
  EXPECT_EQ(ReasonOf(early), "COVERAGE_INCOMPLETE");
  const absl::Status empty = Week().Get("USD", "KRW", Average("2025-03-01", "2025-04-01")).status();
  EXPECT_EQ(ReasonOf(empty), "COVERAGE_INCOMPLETE");
}

TEST(AverageRate, IsBeforeCoverageWhereThePeriodIsOverBeforeTheFirstFixing) {
  const absl::Status status =
      Week().Get("USD", "KRW", Average("2024-01-01", "2025-01-01")).status();
  EXPECT_EQ(ReasonOf(status), "BEFORE_COVERAGE");
  EXPECT_EQ(MetadataOf(status, "first_date"), "2025-02-03");
}

TEST(AverageRate, IsRefusedWhileThePeriodIsUnfinishedUnlessToDate) {
  const std::string_view as_of = "2025-02-05T18:00:00Z";
  const absl::Status status =
      Week().Get("USD", "KRW", Average("2025-02-03", "2025-02-08"), as_of).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(ReasonOf(status), "PERIOD_UNFINISHED");
  EXPECT_THAT(std::string(status.message()), HasSubstr("to_date"));
  const RateAnswer answer =
      Week()
          .Get("USD", "KRW",
               Average("2025-02-03", "2025-02-08", AverageMethod::kMeanOfCrosses, true), as_of)
          .value();
  EXPECT_EQ(answer.fixing_count, 3);
  EXPECT_EQ(Value(answer), "1100");
  EXPECT_EQ(answer.used_date, D("2025-02-05"));
}

TEST(AverageRate, RefusesAPeriodToCome) {
  EXPECT_EQ(ReasonOf(Week().Get("USD", "KRW", Average("2026-07-01", "2026-08-01")).status()),
            "DATE_TO_COME");
}

TEST(AverageRate, SaysThatNothingLinksTheCurrencies) {
  EXPECT_EQ(ReasonOf(Week().Get("USD", "TWD", Average("2025-02-03", "2025-02-07")).status()),
            "NO_PATH");
}

TEST(AverageRate, OfJoinedCurrenciesIsTheirRatio) {
  const RateAnswer answer =
      SmallBook().Get("EUR", "HRK", Average("2024-01-01", "2025-01-01")).value();
  EXPECT_EQ(answer.derivation, Derivation::kJoined);
  EXPECT_EQ(Value(answer), "7.5345");
}

// The new lira took the place of a million old ones on 2005-01-01.
SmallBook Lira() {
  return SmallBook()
      .Ecb("TRL", "2004-12-30", "1800000")
      .Ecb("USD", "2004-12-30", "1.25")
      .Ecb("TRL", "2004-12-31", "2000000")
      .Ecb("USD", "2004-12-31", "1.25")
      .Ecb("TRY", "2005-01-03", "1.5")
      .Ecb("USD", "2005-01-03", "1.5")
      .Ecb("TRY", "2005-01-04", "3")
      .Ecb("USD", "2005-01-04", "2");
}

TEST(AverageRate, AJoinInsideThePeriodIsReckonedInTheUnitOfItsEnd) {
  const RateAnswer lira = Lira().Get("USD", "TRY", Average("2004-12-30", "2005-01-05")).value();
  EXPECT_EQ(Text(lira.rate), "1.385/1");  // 1.44, 1.6, 1, 1.5
  EXPECT_EQ(lira.rounding_bound, Dec("5e-19"));
  const RateAnswer old = Lira().Get("USD", "TRL", Average("2004-12-30", "2005-01-05")).value();
  EXPECT_EQ(Value(old), "1385000");
  EXPECT_EQ(old.rounding_bound, Dec("5e-13"));
}

TEST(AverageRate, RatioOfMeansAddsLegsOfOneUnitAcrossAJoin) {
  const RateSpec spec = Average("2004-12-30", "2005-01-05", AverageMethod::kRatioOfMeans);
  EXPECT_EQ(Text(Lira().Get("USD", "TRY", spec)->rate), "83/60");  // 8.3 over 6
  EXPECT_EQ(Text(Lira().Get("TRY", "USD", spec)->rate), "60/83");
  EXPECT_EQ(Value(Lira().Get("USD", "TRL", spec).value()), "1383333.33333");
}

TEST(AverageRate, BeforeTheJoinTheFixingsCountAndAfterItTheRatio) {
  SmallBook book;
  book.Ecb("HRK", "2022-12-29", "7.5365").Ecb("USD", "2022-12-29", "1");
  book.Ecb("HRK", "2022-12-30", "7.5365").Ecb("USD", "2022-12-30", "1");
  book.Ecb("USD", "2023-01-02", "1").Ecb("USD", "2023-01-03", "1");
  const RateAnswer answer = book.Get("EUR", "HRK", Average("2022-12-29", "2023-01-04")).value();
  EXPECT_EQ(answer.fixing_count, 4);
  EXPECT_EQ(Value(answer), "7.5355");
}

}  // namespace
}  // namespace outlay::fx
