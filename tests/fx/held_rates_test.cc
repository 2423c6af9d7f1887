// Flagged rates of trusted providers are used with a warning, those of others are not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/fx/flagged_rates.h"
#include "services/fx/listings.h"
#include "tests/fx/small_book.h"

namespace outlay::fx {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

SmallBook House() {
  return SmallBook()
      .Flag(20)
      .Pair("house", "USD", "KRW", "2025-02-05", "1445")
      .Pair("house", "USD", "KRW", "2025-02-06", "1447")
      .Pair("house", "USD", "KRW", "2025-02-07", "144.9");  // entry 3: held
}

absl::StatusOr<RateAnswer> On(const SmallBook& book, std::string_view date,
                              DateFallback fallback = DateFallback::kPrevious,
                              int max_age_days = 0) {
  return book.Get(
      "USD", "KRW",
      {"house", DateRate{.date = D(date), .fallback = fallback, .max_age_days = max_age_days}});
}

std::vector<std::string> Codes(const RateAnswer& answer) {
  std::vector<std::string> codes;
  for (const RateWarning& warning : answer.warnings) codes.push_back(warning.code);
  return codes;
}

TEST(HeldRates, ATrustedProvidersFlaggedRateIsUsedWithAWarning) {
  const RateAnswer answer = SmallBook()
                                .Flag(20)
                                .Ecb("USD", "2025-02-06", "1.03")
                                .Ecb("USD", "2025-02-07", "103")
                                .On("EUR", "USD", "2025-02-07")
                                .value();
  EXPECT_EQ(Value(answer), "103");
  EXPECT_TRUE(answer.legs.at(0).flagged);
  EXPECT_THAT(Codes(answer), ElementsAre("SUSPICIOUS_RATE"));
  EXPECT_THAT(answer.warnings[0].message, HasSubstr("USD per EUR of 2025-02-07"));
}

TEST(HeldRates, AnUnflaggedAnswerWarnsOfNothing) {
  const RateAnswer answer = On(House(), "2025-02-06").value();
  EXPECT_FALSE(answer.legs.at(0).flagged);
  EXPECT_TRUE(answer.warnings.empty());
}

TEST(HeldRates, AListedRateSaysSoWhereAnEarlierFigureStandsInForAHeldOne) {
  SmallBook small = SmallBook()
                        .Flag(20)
                        .Pair("house", "USD", "KRW", "2025-02-06", "1447")
                        .Pair("house", "USD", "KRW", "2025-02-07", "1449")
                        .Pair("house", "USD", "KRW", "2025-02-07", "14490");
  const auto book = small.Build();
  const RatePage page =
      ListPairRates(*book, {book->sequence(), I(SmallBook::kNow)},
                    {"house", C("USD"), C("KRW"), D("2025-02-01"), D("2025-03-01")}, 10)
          .value();
  ASSERT_EQ(page.rates.size(), 2u);
  EXPECT_TRUE(Codes(page.rates[0]).empty());
  EXPECT_EQ(Value(page.rates[1]), "1449");
  EXPECT_THAT(Codes(page.rates[1]), ElementsAre("HELD_RATE"));
  EXPECT_EQ(Codes(page.rates[1]), Codes(*On(small, "2025-02-07")));
}

TEST(HeldRates, AnAverageThatAHeldFirstFixingLeavesEmptyNamesIt) {
  const auto refused =
      SmallBook()
          .Flag(20)
          .Pair("house", "USD", "KRW", "2025-02-05", "1.445")
          .Pair("house", "USD", "KRW", "2025-02-06", "1447")
          .Pair("house", "USD", "KRW", "2025-02-07", "1449")
          .Get("USD", "KRW", {"house", AverageRate{D("2025-02-05"), D("2025-02-06")}})
          .status();
  EXPECT_EQ(ReasonOf(refused), "BEFORE_COVERAGE");
  EXPECT_EQ(MetadataOf(refused, "held_sequence"), "1");
}

TEST(HeldRates, AHeldRateIsSkippedAndNamed) {
  const RateAnswer answer = On(House(), "2025-02-07").value();
  EXPECT_EQ(Value(answer), "1447");
  EXPECT_EQ(answer.used_date, D("2025-02-06"));
  EXPECT_THAT(Codes(answer), ElementsAre("HELD_RATE"));
  EXPECT_THAT(answer.warnings[0].message, HasSubstr("2025-02-07 (sequence 3)"));
}

TEST(HeldRates, WhereItIsWhyThereIsNoAnswerTheErrorSaysSo) {
  const absl::Status exact = On(House(), "2025-02-07", DateFallback::kExact).status();
  EXPECT_EQ(ReasonOf(exact), "RATE_TOO_OLD");
  EXPECT_EQ(MetadataOf(exact, "held_date"), "2025-02-07");
  EXPECT_EQ(MetadataOf(exact, "held_sequence"), "3");
  EXPECT_THAT(std::string(exact.message()), HasSubstr("held as suspicious until it is released"));
  const absl::Status next = On(House(), "2025-02-07", DateFallback::kNext).status();
  EXPECT_EQ(MetadataOf(next, "held_sequence"), "3");
  // Too old for another reason.
  const absl::Status other = On(House(), "2025-02-08", DateFallback::kExact).status();
  EXPECT_EQ(ReasonOf(other), "RATE_TOO_OLD");
  EXPECT_EQ(MetadataOf(other, "held_sequence"), "");
}

TEST(HeldRates, AReleasedRateIsUsedFromTheReleaseOn) {
  const SmallBook book = House().Release(3);
  const RateAnswer answer = On(book, "2025-02-07").value();
  EXPECT_EQ(Value(answer), "144.9");
  EXPECT_TRUE(answer.legs.at(0).flagged);
  EXPECT_THAT(Codes(answer), ElementsAre("SUSPICIOUS_RATE"));
  const auto built = book.Build();
  const Reading before{3, I(SmallBook::kNow)};
  const RateSpec spec{"house", DateRate{.date = D("2025-02-07")}};
  EXPECT_EQ(Value(*ResolveRate(*built, before, {C("USD"), C("KRW"), spec})), "1447");
}

TEST(HeldRates, AReleaseHoldsForItsEntryAlone) {
  SmallBook book = House().Release(3);
  book.Pair("house", "USD", "KRW", "2025-02-07", "14.49");  // entry 5, after the release: held
  // The figure before it stands in, as if the correction were not there.
  EXPECT_EQ(Value(*On(book, "2025-02-07")), "144.9");
  EXPECT_THAT(Codes(*On(book, "2025-02-07")), ElementsAre("SUSPICIOUS_RATE", "HELD_RATE"));
  book.Pair("house", "USD", "KRW", "2025-02-07", "1449");
  EXPECT_EQ(Value(*On(book, "2025-02-07")), "1449");
  EXPECT_TRUE(On(book, "2025-02-07")->warnings.empty());
}

TEST(HeldRates, ABookBuiltFromOneWithReleasesKeepsThem) {
  const auto released = House().Release(3).Build();
  RateBookBuilder builder(*released);
  builder.Add({.rate = MakeRate({.provider = "house",
                                 .base_currency = "USD",
                                 .quote_currency = "KRW",
                                 .fixing_date = "2025-02-10",
                                 .value = "145"},
                                I(SmallBook::kNow))
                           .value(),
               .sequence = 5,
               .recorded_at = I(SmallBook::kNow)});
  const auto book = builder.Build();
  const Reading now{5, I(SmallBook::kNow)};
  EXPECT_FALSE(JudgeRate(*book, now, 3)->held);
  EXPECT_TRUE(JudgeRate(*book, {3, now.published}, 3)->held);
}

TEST(HeldRates, AreNotAveraged) {
  SmallBook book = House();
  for (int day = 10; day <= 28; ++day) {
    book.Pair("house", "USD", "KRW", fmt::format("2025-02-{}", day), "1447");
  }
  const RateSpec spec{"house", AverageRate{.start = D("2025-02-03"), .end = D("2025-03-01")}};
  const RateAnswer answer = book.Get("USD", "KRW", spec).value();
  EXPECT_EQ(answer.fixing_count, 21);
  EXPECT_EQ(Value(answer, 6), "1446.9");
  EXPECT_THAT(Codes(answer), ElementsAre("HELD_RATE"));
  const RateAnswer with = book.Release(3).Get("USD", "KRW", spec).value();
  EXPECT_EQ(with.fixing_count, 22);
  EXPECT_THAT(Codes(with), ElementsAre("SUSPICIOUS_RATE"));
}

TEST(HeldRates, CountAgainstTheCoverageOfAnAverage) {
  const absl::Status status =
      House()
          .Get("USD", "KRW",
               {"house", AverageRate{.start = D("2025-02-05"), .end = D("2025-02-08")}})
          .status();
  EXPECT_EQ(ReasonOf(status), "COVERAGE_INCOMPLETE");
  EXPECT_THAT(std::string(status.message()), HasSubstr("held as suspicious: 1"));
}

TEST(HeldRates, AreNeitherListedNorCovered) {
  const auto book = House().Build();
  const Reading now{book->sequence(), I(SmallBook::kNow)};
  EXPECT_EQ(ListCoverage(*book, now, "house", "").value().at(0).last, D("2025-02-06"));
  const PairRange range{"house", C("USD"), C("KRW"), D("2025-01-01"), D("2026-01-01")};
  EXPECT_EQ(ListPairRates(*book, now, range, 10)->rates.size(), 2u);
}

TEST(HeldRates, AreListedBySequenceInPages) {
  SmallBook book = House();
  book.Ecb("USD", "2025-02-06", "1.03").Ecb("USD", "2025-02-07", "103");  // entry 5: flagged
  book.Pair("house", "EUR", "KRW", "2025-02-06", "1500");
  book.Pair("house", "EUR", "KRW", "2025-02-07", "15");  // entry 7: held
  const auto built = book.Build();
  const Reading now{built->sequence(), I(SmallBook::kNow)};
  const auto list = [&](uint64_t after, bool held_only, size_t limit) {
    std::vector<uint64_t> sequences;
    for (const JudgedRate& rate : ListFlagged(*built, now, after, held_only, limit).rates) {
      EXPECT_TRUE(rate.flagged);
      EXPECT_EQ(rate.held, rate.stored.rate.provider == "house");
      sequences.push_back(rate.stored.sequence);
    }
    return sequences;
  };
  EXPECT_THAT(list(0, false, 10), ElementsAre(3, 5, 7));
  EXPECT_THAT(list(0, true, 10), ElementsAre(3, 7));
  EXPECT_THAT(list(3, false, 1), ElementsAre(5));
  EXPECT_TRUE(ListFlagged(*built, now, 3, false, 1).more);
  EXPECT_FALSE(ListFlagged(*built, now, 5, false, 1).more);
}

TEST(HeldRates, OnlyAHeldOneCanBeReleased) {
  SmallBook book = House();
  book.Ecb("USD", "2025-02-06", "1.03").Ecb("USD", "2025-02-07", "103").Release(3);
  book.Pair("house", "EUR", "KRW", "2025-02-06", "1500");
  book.Pair("house", "EUR", "KRW", "2025-02-07", "15");
  book.Pair("house", "EUR", "KRW", "2025-02-07", "16");
  const auto built = book.Build();
  const Reading now{built->sequence(), I(SmallBook::kNow)};
  const auto why = [&](uint64_t sequence) {
    const absl::Status status = RequireHeld(*built, now, sequence).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(ReasonOf(status), "NOT_HELD");
    return std::string(status.message());
  };
  EXPECT_THAT(why(99), HasSubstr("no reference rate"));
  EXPECT_THAT(why(2), HasSubstr("not flagged"));
  EXPECT_THAT(why(5), HasSubstr("ecb is trusted"));
  EXPECT_THAT(why(3), HasSubstr("has been released"));
  EXPECT_THAT(why(8), HasSubstr("entry 9 has replaced it"));
  EXPECT_TRUE(RequireHeld(*built, now, 9)->held);
}

}  // namespace
}  // namespace outlay::fx
