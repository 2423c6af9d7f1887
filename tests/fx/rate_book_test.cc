#include "services/fx/rate_book.h"

#include <gtest/gtest.h>

#include "tests/fx/small_book.h"

namespace outlay::fx {
namespace {

const time::Instant kLate = I("2026-06-01T00:00:00Z");

StoredRate Stored(uint64_t sequence, std::string_view date, std::string_view value,
                  std::string_view published = "") {
  return {.rate = MakeRate({.provider = "ecb",
                            .base_currency = "EUR",
                            .quote_currency = "KRW",
                            .fixing_date = std::string(date),
                            .value = std::string(value),
                            .published_at = std::string(published)},
                           kLate)
                      .value(),
          .sequence = sequence,
          .recorded_at = kLate};
}

std::shared_ptr<const RateBook> After(const RateBook& before,
                                      const std::vector<StoredRate>& rates) {
  RateBookBuilder builder(before);
  for (const StoredRate& rate : rates) builder.Add(rate);
  return builder.Build();
}

const Series& Krw(const RateBook& book) { return *book.FindProvider("ecb")->Find("EUR", "KRW"); }

TEST(RateBook, FindsTheLatestAndTheNextFixingOfADay) {
  const RateBook empty;
  const auto book = After(empty, {Stored(1, "2025-02-07", "3"), Stored(2, "2025-02-05", "1"),
                                  Stored(3, "2025-02-06", "2")});
  const Reading now{3, kLate};
  EXPECT_EQ(Krw(*book).LatestUntil(D("2025-02-09"), now)->value, Dec("3"));
  EXPECT_EQ(Krw(*book).LatestUntil(D("2025-02-06"), now)->value, Dec("2"));
  EXPECT_EQ(Krw(*book).LatestUntil(D("2025-02-04"), now), nullptr);
  EXPECT_EQ(Krw(*book).EarliestFrom(D("2025-02-01"), now)->value, Dec("1"));
  EXPECT_EQ(Krw(*book).EarliestFrom(D("2025-02-08"), now), nullptr);
  EXPECT_EQ(Krw(*book).On(D("2025-02-05"), now)->value, Dec("1"));
  EXPECT_EQ(Krw(*book).On(D("2025-02-08"), now), nullptr);
}

TEST(RateBook, ALaterEntryReplacesTheFigureFromItsSequenceOn) {
  const RateBook empty;
  const auto book =
      After(empty, {Stored(1, "2025-02-07", "1501.65"), Stored(2, "2025-02-07", "1501.66")});
  EXPECT_EQ(Krw(*book).On(D("2025-02-07"), {1, kLate})->value, Dec("1501.65"));
  EXPECT_EQ(Krw(*book).On(D("2025-02-07"), {2, kLate})->value, Dec("1501.66"));
  EXPECT_EQ(Krw(*book).On(D("2025-02-07"), {0, kLate}), nullptr);
}

TEST(RateBook, AnUnpublishedEntryLeavesTheOneBeforeInForce) {
  const RateBook empty;
  const auto book = After(empty, {Stored(1, "2025-02-07", "1501.65", "2025-02-07T15:00:00Z"),
                                  Stored(2, "2025-02-07", "1501.66", "2025-02-08T09:00:00Z")});
  EXPECT_EQ(Krw(*book).On(D("2025-02-07"), {2, I("2025-02-07T14:59:59Z")}), nullptr);
  EXPECT_EQ(Krw(*book).On(D("2025-02-07"), {2, I("2025-02-07T15:00:00Z")})->value, Dec("1501.65"));
  EXPECT_EQ(Krw(*book).On(D("2025-02-07"), {2, I("2025-02-08T09:00:00Z")})->value, Dec("1501.66"));
}

TEST(RateBook, ANewBookLeavesTheOneBeforeAsItWas) {
  const RateBook empty;
  const auto first = After(empty, {Stored(1, "2025-02-06", "1")});
  const auto second = After(*first, {Stored(2, "2025-02-07", "2")});
  EXPECT_EQ(first->sequence(), 1u);
  EXPECT_EQ(Krw(*first).entries().size(), 1u);
  EXPECT_EQ(second->sequence(), 2u);
  EXPECT_EQ(Krw(*second).entries().size(), 2u);
}

TEST(RateBook, ANewBookSharesTheSeriesThatDidNotChange) {
  const auto first = SmallBook().Ecb("USD", "2025-02-07", "1.0377").Build();
  const auto second = After(*first, {Stored(2, "2025-02-07", "1501.65")});
  EXPECT_EQ(first->FindProvider("ecb")->Find("EUR", "USD"),
            second->FindProvider("ecb")->Find("EUR", "USD"));
}

TEST(RateBook, HasTheFiguresOfAKeyInTheOrderOfTheirRecording) {
  const RateBook empty;
  const auto book = After(empty, {Stored(1, "2025-02-07", "1"), Stored(2, "2025-02-07", "2")});
  const KeyHistory history = book->FindKey(Stored(0, "2025-02-07", "3").rate);
  ASSERT_EQ(history.figures.size(), 2u);
  EXPECT_EQ(history.figures[0].value, Dec("1"));
  EXPECT_EQ(history.figures[1].value, Dec("2"));
  EXPECT_TRUE(book->FindKey(Stored(0, "2025-02-08", "3").rate).figures.empty());
}

TEST(RateBook, KnowsTheDaysOnWhichAProviderFixedAnything) {
  const auto book = SmallBook()
                        .Ecb("USD", "2025-02-03", "1")
                        .Ecb("KRW", "2025-02-05", "2")
                        .Ecb("KRW", "2025-02-07", "2")
                        .Build();
  EXPECT_EQ(book->FindProvider("ecb")->FixingDays(D("2025-02-03"), D("2025-02-07"), {3, kLate}),
            (std::vector<bool>{true, false, true, false}));
}

TEST(RateBook, AnUnknownProviderCrossesThroughTheBaseOfItsFirstRate) {
  const auto book = SmallBook()
                        .Pair("house", "USD", "KRW", "2025-02-07", "1447")
                        .Pair("house", "EUR", "USD", "2025-02-07", "1.03")
                        .Pair("fed-h10", "USD", "KRW", "2025-02-07", "1447")
                        .Build();
  EXPECT_EQ(book->FindProvider("house")->pivot_currency(), "USD");
  EXPECT_EQ(book->FindProvider("fed-h10")->pivot_currency(), "");
}

}  // namespace
}  // namespace outlay::fx
