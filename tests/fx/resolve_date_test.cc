// The fixing of a day: direct, inverse, cross; fallbacks; as-of; joined currencies.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fx/small_book.h"

namespace outlay::fx {
namespace {

using testing::HasSubstr;

// The ECB around 2025-02-07, a Friday.
SmallBook February() {
  return SmallBook()
      .Ecb("USD", "2025-02-05", "1.0422")
      .Ecb("KRW", "2025-02-05", "1507.59")
      .Ecb("USD", "2025-02-06", "1.0360")
      .Ecb("KRW", "2025-02-06", "1502.98")
      .Ecb("USD", "2025-02-07", "1.0377")
      .Ecb("KRW", "2025-02-07", "1501.65")
      .Ecb("USD", "2025-02-10", "1.0309");
}

RateSpec OnDate(std::string_view date, DateFallback fallback, int max_age_days = 0) {
  return {"ecb", DateRate{D(date), fallback, max_age_days}};
}

TEST(DateRate, IsDirectWhereThePairIsPublished) {
  const RateAnswer answer = February().On("EUR", "KRW", "2025-02-07").value();
  EXPECT_EQ(answer.derivation, Derivation::kDirect);
  EXPECT_EQ(Value(answer), "1501.65");
  EXPECT_EQ(answer.provider, "ecb");
  EXPECT_EQ(answer.fixing_count, 1);
  ASSERT_EQ(answer.legs.size(), 1u);
  EXPECT_FALSE(answer.legs[0].inverted);
  EXPECT_EQ(answer.legs[0].stored.sequence, 6u);
}

TEST(DateRate, IsTheExactReciprocalOfTheInverse) {
  const RateAnswer answer = February().On("USD", "EUR", "2025-02-07").value();
  EXPECT_EQ(answer.derivation, Derivation::kInverse);
  EXPECT_EQ(Text(answer.rate), "10000/10377");
  EXPECT_TRUE(answer.legs[0].inverted);
}

TEST(DateRate, CrossesThroughTheProvidersBaseInOneFraction) {
  const RateAnswer answer = February().On("USD", "KRW", "2025-02-07").value();
  EXPECT_EQ(answer.derivation, Derivation::kCross);
  EXPECT_EQ(Text(answer.rate), "1668500/1153");
  EXPECT_EQ(Value(answer), "1447.09453599");
  ASSERT_EQ(answer.legs.size(), 2u);
  EXPECT_EQ(answer.legs[0].stored.rate.quote_currency, "USD");
  EXPECT_TRUE(answer.legs[0].inverted);
  EXPECT_EQ(answer.legs[1].stored.rate.quote_currency, "KRW");
  EXPECT_FALSE(answer.legs[1].inverted);
}

TEST(DateRate, TakesTheLatestDateThatHasBothLegs) {
  const RateAnswer answer = February().On("USD", "KRW", "2025-02-10").value();
  EXPECT_EQ(answer.used_date, D("2025-02-07"));
  EXPECT_EQ(answer.age_days, 3);
  EXPECT_EQ(Text(answer.rate), "1668500/1153");
}

TEST(DateRate, CountsUnits) {
  SmallBook book;
  book.Add({.provider = "bok",
            .base_currency = "JPY",
            .quote_currency = "KRW",
            .fixing_date = "2025-02-07",
            .value = "936.20",
            .unit = 100});
  const RateSpec spec{"bok", DateRate{.date = D("2025-02-07")}};
  EXPECT_EQ(Value(book.Get("JPY", "KRW", spec).value()), "9.362");
  EXPECT_EQ(Text(book.Get("KRW", "JPY", spec)->rate), "500/4681");
}

TEST(DateRate, IsOneForACurrencyInItself) {
  const RateAnswer answer =
      SmallBook().Get("KRW", "KRW", {"nobody", DateRate{.date = D("2099-01-01")}}).value();
  EXPECT_EQ(answer.derivation, Derivation::kIdentity);
  EXPECT_EQ(Text(answer.rate), "1/1");
  EXPECT_TRUE(answer.legs.empty());
}

TEST(DateRate, FallsBackToThePreviousFixingWithItsAge) {
  const RateAnswer answer = February().On("EUR", "KRW", "2025-02-09").value();
  EXPECT_EQ(answer.requested_date, D("2025-02-09"));
  EXPECT_EQ(answer.used_date, D("2025-02-07"));
  EXPECT_EQ(answer.age_days, 2);
  EXPECT_TRUE(answer.warnings.empty());
}

TEST(DateRate, WarnsOfAFixingOlderThanAnyRowOfHolidays) {
  EXPECT_TRUE(February().On("EUR", "KRW", "2025-02-11")->warnings.empty());
  const RateAnswer answer = February().On("EUR", "KRW", "2025-02-12").value();
  ASSERT_EQ(answer.warnings.size(), 1u);
  EXPECT_EQ(answer.warnings[0].code, "STALE_RATE");
  EXPECT_THAT(answer.warnings[0].message, HasSubstr("2025-02-07 is 5 days from 2025-02-12"));
}

TEST(DateRate, RefusesAFixingBeyondTheMaximumAgeAndNamesTheNearest) {
  EXPECT_EQ(February().On("EUR", "KRW", "2025-02-14")->age_days, 7);
  const absl::Status status = February().On("EUR", "KRW", "2025-02-15").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(ReasonOf(status), "RATE_TOO_OLD");
  EXPECT_EQ(MetadataOf(status, "previous_date"), "2025-02-07");
  EXPECT_THAT(std::string(status.message()), HasSubstr("8 days before it is of 2025-02-07"));
}

TEST(DateRate, TakesTheCallersMaximumAge) {
  EXPECT_EQ(
      February().Get("EUR", "KRW", OnDate("2025-03-01", DateFallback::kPrevious, 30))->age_days,
      22);
  EXPECT_EQ(
      ReasonOf(
          February().Get("EUR", "KRW", OnDate("2025-02-09", DateFallback::kPrevious, 1)).status()),
      "RATE_TOO_OLD");
}

TEST(DateRate, ExactRefusesADayWithoutAFixing) {
  EXPECT_TRUE(February().Get("EUR", "KRW", OnDate("2025-02-07", DateFallback::kExact)).ok());
  const absl::Status status =
      February().Get("EUR", "USD", OnDate("2025-02-08", DateFallback::kExact)).status();
  EXPECT_EQ(ReasonOf(status), "RATE_TOO_OLD");
  EXPECT_EQ(MetadataOf(status, "previous_date"), "2025-02-07");
  EXPECT_EQ(MetadataOf(status, "next_date"), "2025-02-10");
}

TEST(DateRate, NextTakesTheFollowingFixingWhenAsked) {
  const RateAnswer answer =
      February().Get("EUR", "USD", OnDate("2025-02-08", DateFallback::kNext)).value();
  EXPECT_EQ(answer.used_date, D("2025-02-10"));
  EXPECT_EQ(answer.age_days, 2);
  EXPECT_EQ(
      ReasonOf(February().Get("EUR", "USD", OnDate("2025-02-11", DateFallback::kNext)).status()),
      "RATE_TOO_OLD");
}

TEST(DateRate, SaysWhenTheCoverageBegins) {
  const absl::Status status = February().On("USD", "KRW", "2025-02-04").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(ReasonOf(status), "BEFORE_COVERAGE");
  EXPECT_EQ(MetadataOf(status, "first_date"), "2025-02-05");
}

TEST(DateRate, RefusesADateToCome) {
  const absl::Status status = February().On("USD", "KRW", "2026-06-02").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(ReasonOf(status), "DATE_TO_COME");
  EXPECT_EQ(MetadataOf(status, "last_day"), "2026-06-01");
  EXPECT_EQ(GetErrorDetail(status).violations[0].field, "date");
}

TEST(DateRate, SaysThatNothingLinksTheCurrencies) {
  const absl::Status status = February().On("USD", "TWD", "2025-02-07").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(status), "NO_PATH");
  EXPECT_EQ(MetadataOf(status, "to_currency"), "TWD");
}

TEST(DateRate, ProvidersOfPairsDoNotCross) {
  SmallBook book;
  book.Pair("fed-h10", "USD", "KRW", "2025-02-07", "1449.05");
  book.Pair("fed-h10", "USD", "JPY", "2025-02-07", "151.32");
  const RateSpec spec{"fed-h10", DateRate{.date = D("2025-02-07")}};
  EXPECT_TRUE(book.Get("KRW", "USD", spec).ok());
  EXPECT_EQ(ReasonOf(book.Get("JPY", "KRW", spec).status()), "NO_PATH");
}

TEST(DateRate, NamesTheNearestProvider) {
  SmallBook book = February();
  book.Pair("fed-h10", "USD", "KRW", "2025-02-07", "1449.05");
  const absl::Status status =
      book.Get("USD", "KRW", {"fed-h1", DateRate{.date = D("2025-02-07")}}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(status), "UNKNOWN_PROVIDER");
  EXPECT_THAT(std::string(status.message()), HasSubstr("did you mean \"fed-h10\"?"));
}

// Published-as-of: the ECB publishes at 16:00 in Frankfurt.

TEST(DateRate, AtNoonTheNewestFixingIsThatOfTheDayBefore) {
  const RateAnswer noon = February().On("USD", "KRW", "2025-02-07", "2025-02-07T12:00:00Z").value();
  EXPECT_EQ(noon.used_date, D("2025-02-06"));
  EXPECT_EQ(noon.age_days, 1);
  const RateAnswer evening =
      February().On("USD", "KRW", "2025-02-07", "2025-02-07T15:00:00Z").value();
  EXPECT_EQ(evening.used_date, D("2025-02-07"));
}

TEST(DateRate, TheLastDayIsThatOfTheAsOf) {
  const absl::Status status =
      February().On("USD", "KRW", "2025-02-08", "2025-02-07T12:00:00Z").status();
  EXPECT_EQ(ReasonOf(status), "DATE_TO_COME");
  EXPECT_EQ(MetadataOf(status, "last_day"), "2025-02-07");
}

TEST(DateRate, NothingIsCoveredBeforeTheFirstPublication) {
  const absl::Status status =
      February().On("USD", "KRW", "2025-02-05", "2025-02-05T12:00:00Z").status();
  EXPECT_EQ(ReasonOf(status), "BEFORE_COVERAGE");
  EXPECT_THAT(std::string(status.message()), HasSubstr("had published no KRW per USD by"));
}

// Recorded-as-of.

TEST(DateRate, ReadsWhatWasRecordedByThen) {
  SmallBook small = February();
  small.Ecb("KRW", "2025-02-07", "1600");  // sequence 8
  const auto book = small.Build();
  const RateQuery query{C("EUR"), C("KRW"), OnDate("2025-02-07", DateFallback::kPrevious)};
  EXPECT_EQ(Value(*ResolveRate(*book, {7, I(SmallBook::kNow)}, query)), "1501.65");
  EXPECT_EQ(Value(*ResolveRate(*book, {8, I(SmallBook::kNow)}, query)), "1600");
  EXPECT_EQ(ResolveRate(*book, {5, I(SmallBook::kNow)}, query)->used_date, D("2025-02-06"));
  EXPECT_EQ(ReasonOf(ResolveRate(*book, {1, I(SmallBook::kNow)}, query).status()), "NO_PATH");
}

// Joined currencies.

SmallBook Croatia() {
  return SmallBook()
      .Ecb("HRK", "2022-12-29", "7.5365")
      .Ecb("HRK", "2022-12-30", "7.5365")
      .Ecb("USD", "2022-12-30", "1.0666")
      .Ecb("USD", "2023-01-02", "1.0683");
}

TEST(JoinedCurrency, ConvertsByTheFixingsBeforeTheJoiningDay) {
  const RateAnswer answer = Croatia().On("EUR", "HRK", "2022-12-31").value();
  EXPECT_EQ(answer.derivation, Derivation::kDirect);
  EXPECT_EQ(Value(answer), "7.5365");
  EXPECT_EQ(answer.used_date, D("2022-12-30"));
}

TEST(JoinedCurrency, ConvertsByTheIrrevocableRatioFromTheJoiningDay) {
  const RateAnswer answer = Croatia().On("EUR", "HRK", "2023-01-01").value();
  EXPECT_EQ(answer.derivation, Derivation::kJoined);
  EXPECT_EQ(Value(answer), "7.5345");
  EXPECT_EQ(answer.provider, "");
  ASSERT_EQ(answer.legs.size(), 1u);
  EXPECT_TRUE(answer.legs[0].irrevocable);
  EXPECT_EQ(answer.legs[0].stored.rate.base_currency, "EUR");
  EXPECT_EQ(answer.legs[0].stored.rate.quote_currency, "HRK");
}

TEST(JoinedCurrency, TheRatioIsALegOfACross) {
  // The Sunday on which the kuna joined takes Friday's dollar and the ratio, not Friday's kuna.
  const RateAnswer sunday = Croatia().On("HRK", "USD", "2023-01-01").value();
  EXPECT_EQ(sunday.derivation, Derivation::kCross);
  EXPECT_EQ(sunday.used_date, D("2022-12-30"));
  EXPECT_EQ(Text(sunday.rate), "10666/75345");
  const RateAnswer saturday = Croatia().On("HRK", "USD", "2022-12-31").value();
  EXPECT_EQ(Text(saturday.rate), "10666/75365");
}

TEST(JoinedCurrency, TwoMembersConvertThroughTheEuro) {
  const RateAnswer answer = SmallBook().On("BGN", "HRK", "2026-01-01").value();
  EXPECT_EQ(answer.derivation, Derivation::kJoined);
  EXPECT_EQ(Text(answer.rate), "753450/195583");
}

TEST(JoinedCurrency, TheKroonJoinedIn2011) {
  EXPECT_EQ(Value(*SmallBook().On("EUR", "EEK", "2011-01-01")), "15.6466");
}

SmallBook Turkey() {
  return SmallBook()
      .Ecb("TRL", "2004-12-31", "1836200")
      .Ecb("TRY", "2005-01-03", "1.8240")
      .Ecb("USD", "2004-12-31", "1.3621")
      .Ecb("USD", "2005-01-03", "1.3507");
}

TEST(JoinedCurrency, ARedenominationScalesTheFixingsOnBothSides) {
  EXPECT_EQ(Value(*Turkey().On("EUR", "TRL", "2005-01-03")), "1824000");
  EXPECT_EQ(Value(*Turkey().On("EUR", "TRY", "2005-01-02")), "1.8362");
  EXPECT_EQ(Value(*Turkey().On("EUR", "TRL", "2005-01-02")), "1836200");
  EXPECT_EQ(Value(*Turkey().On("EUR", "TRY", "2004-12-31")), "1.8362");
}

TEST(JoinedCurrency, OldAndNewUnitDifferByTheRatioOnAnyDay) {
  EXPECT_EQ(Value(*Turkey().On("TRY", "TRL", "2005-06-01")), "1000000");
  EXPECT_EQ(Value(*Turkey().On("TRL", "TRY", "2004-12-31")), "0.000001");
  EXPECT_EQ(Value(*SmallBook().On("RON", "ROL", "2005-07-01")), "10000");
}

// The end of a period.

TEST(PeriodEndRate, IsTheLastFixingOfThePeriod) {
  const RateAnswer answer =
      February().Get("USD", "KRW", {"ecb", PeriodEndRate{.end = D("2025-02-10")}}).value();
  EXPECT_EQ(answer.requested_date, D("2025-02-09"));
  EXPECT_EQ(answer.used_date, D("2025-02-07"));
}

TEST(PeriodEndRate, IsRefusedWhileThePeriodIsUnfinished) {
  const RateSpec spec{"ecb", PeriodEndRate{.end = D("2025-02-08")}};
  const absl::Status status = February().Get("USD", "KRW", spec, "2025-02-07T16:00:00Z").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(ReasonOf(status), "PERIOD_UNFINISHED");
  EXPECT_TRUE(February().Get("USD", "KRW", spec, "2025-02-07T23:59:59.999999Z").ok());
}

TEST(PeriodEndRate, KeepsToTheMaximumAge) {
  EXPECT_EQ(
      ReasonOf(
          February().Get("USD", "KRW", {"ecb", PeriodEndRate{.end = D("2025-04-01")}}).status()),
      "RATE_TOO_OLD");
}

}  // namespace
}  // namespace outlay::fx
