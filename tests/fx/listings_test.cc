#include "services/fx/listings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tests/fx/small_book.h"

namespace outlay::fx {
namespace {

using testing::ElementsAre;
using testing::Pair;

SmallBook Days() {
  return SmallBook()
      .Ecb("USD", "2025-02-03", "1")
      .Ecb("KRW", "2025-02-03", "1000")
      .Ecb("KRW", "2025-02-04", "1100")
      .Ecb("USD", "2025-02-05", "1")
      .Ecb("KRW", "2025-02-05", "1200")
      .Ecb("USD", "2025-02-06", "2")
      .Ecb("KRW", "2025-02-06", "2600");
}

absl::StatusOr<RatePage> List(const SmallBook& small, std::string_view start, std::string_view end,
                              size_t limit, std::string_view published = SmallBook::kNow) {
  const auto book = small.Build();
  return ListPairRates(*book, {book->sequence(), I(published)},
                       {"ecb", C("USD"), C("KRW"), D(start), D(end)}, limit);
}

std::vector<std::string> Dates(const RatePage& page) {
  std::vector<std::string> dates;
  for (const RateAnswer& rate : page.rates) dates.push_back(time::FormatDate(*rate.used_date));
  return dates;
}

TEST(ListPairRates, GivesTheDaysThatHaveBothLegsOldestFirst) {
  const RatePage page = List(Days(), "1999-01-01", "2100-01-01", 10).value();
  EXPECT_THAT(Dates(page), ElementsAre("2025-02-03", "2025-02-05", "2025-02-06"));
  EXPECT_EQ(Value(page.rates[2]), "1300");
  EXPECT_EQ(page.rates[2].derivation, Derivation::kCross);
  EXPECT_FALSE(page.next.has_value());
}

TEST(ListPairRates, TakesAHalfOpenRange) {
  EXPECT_THAT(Dates(*List(Days(), "2025-02-04", "2025-02-06", 10)), ElementsAre("2025-02-05"));
}

TEST(ListPairRates, SaysWhereTheNextPageStarts) {
  const RatePage page = List(Days(), "1999-01-01", "2100-01-01", 2).value();
  EXPECT_THAT(Dates(page), ElementsAre("2025-02-03", "2025-02-05"));
  EXPECT_EQ(page.next, D("2025-02-06"));
  EXPECT_FALSE(List(Days(), "1999-01-01", "2100-01-01", 3)->next.has_value());
}

TEST(ListPairRates, EndsWithWhatWasPublished) {
  EXPECT_THAT(Dates(*List(Days(), "1999-01-01", "2100-01-01", 10, "2025-02-06T12:00:00Z")),
              ElementsAre("2025-02-03", "2025-02-05"));
}

TEST(ListPairRates, RefusesWhatTheProviderDoesNotLink) {
  const auto book = Days().Build();
  const Reading reading{book->sequence(), I(SmallBook::kNow)};
  EXPECT_EQ(
      ReasonOf(ListPairRates(*book, reading,
                             {"ecb", C("USD"), C("TWD"), D("2025-01-01"), D("2025-03-01")}, 10)
                   .status()),
      "NO_PATH");
  EXPECT_EQ(
      ReasonOf(ListPairRates(*book, reading,
                             {"bce", C("USD"), C("KRW"), D("2025-01-01"), D("2025-03-01")}, 10)
                   .status()),
      "UNKNOWN_PROVIDER");
}

TEST(ListCoverage, NamesStretchesLongerThanTheMaximumAge) {
  SmallBook small;
  small.Ecb("ISK", "2008-12-08", "289").Ecb("ISK", "2008-12-09", "290");
  small.Ecb("ISK", "2018-02-01", "125.01").Ecb("ISK", "2018-02-08", "125");
  small.Ecb("ISK", "2018-02-08", "125.5");  // another entry of that day
  const auto book = small.Build();
  const auto listed = ListCoverage(*book, {book->sequence(), I(SmallBook::kNow)}, "", "").value();
  ASSERT_EQ(listed.size(), 1u);
  EXPECT_EQ(listed[0].first, D("2008-12-08"));
  EXPECT_EQ(listed[0].last, D("2018-02-08"));
  EXPECT_EQ(listed[0].fixing_count, 4);
  EXPECT_THAT(listed[0].gaps, ElementsAre(CoverageGap{D("2008-12-09"), D("2018-02-01")}));
}

TEST(ListCoverage, TakesOneProviderAndOneCurrency) {
  SmallBook small = Days();
  small.Pair("fed-h10", "USD", "KRW", "2025-02-07", "1449.05");
  const auto book = small.Build();
  const Reading reading{book->sequence(), I(SmallBook::kNow)};
  EXPECT_EQ(ListCoverage(*book, reading, "", "")->size(), 3u);
  EXPECT_EQ(ListCoverage(*book, reading, "", "USD")->size(), 2u);
  EXPECT_EQ(ListCoverage(*book, reading, "fed-h10", "")->at(0).provider, "fed-h10");
  EXPECT_EQ(ReasonOf(ListCoverage(*book, reading, "fed-h11", "").status()), "UNKNOWN_PROVIDER");
}

TEST(ListCoverage, TellsASuspendedSeriesFromARetiredOne) {
  SmallBook small;
  small.Ecb("HRK", "2022-12-30", "7.5365").Ecb("RUB", "2022-03-01", "117.201");
  small.Ecb("USD", "2022-12-30", "1.0666").Ecb("USD", "2023-02-01", "1.0894");
  small.Ecb("KRW", "2023-01-26", "1342.51");
  const auto book = small.Build();
  const auto states = [&](std::string_view published) {
    std::map<std::string, SeriesState> states;
    for (const SeriesCoverage& series :
         ListCoverage(*book, {book->sequence(), I(published)}, "", "").value()) {
      states[series.quote_currency] = series.state;
    }
    return states;
  };
  EXPECT_THAT(
      states("2023-02-02T00:00:00Z"),
      ElementsAre(Pair("HRK", SeriesState::kRetired), Pair("KRW", SeriesState::kCurrent),
                  Pair("RUB", SeriesState::kSuspended), Pair("USD", SeriesState::kCurrent)));
  // Nobody had joined by then, and the provider's newest fixing was that of the 30th.
  EXPECT_THAT(states("2022-12-31T00:00:00Z"),
              ElementsAre(Pair("HRK", SeriesState::kCurrent), Pair("RUB", SeriesState::kSuspended),
                          Pair("USD", SeriesState::kCurrent)));
}

TEST(ListProviders, GivesTheKnownOnesAndThoseWithRates) {
  SmallBook small = Days();
  small.Pair("house", "USD", "KRW", "2025-02-07", "1449.05");
  const std::vector<ProviderEntry> listed = ListProviders(*small.Build());
  ASSERT_EQ(listed.size(), 4u);
  EXPECT_EQ(listed[0].rules.slug, "ecb");
  EXPECT_EQ(listed[0].rules.base_currency, "EUR");
  EXPECT_TRUE(listed[0].rules.trusted);
  EXPECT_EQ(listed[0].rate_count, 7u);
  EXPECT_EQ(listed[1].rules.slug, "fawazahmed0");
  EXPECT_FALSE(listed[1].rules.trusted);
  EXPECT_EQ(listed[2].rules.slug, "fed-h10");
  EXPECT_TRUE(listed[2].rules.trusted);
  EXPECT_EQ(listed[2].rate_count, 0u);
  EXPECT_EQ(listed[3].rules.slug, "house");
  EXPECT_FALSE(listed[3].rules.trusted);
  EXPECT_EQ(listed[3].rules.base_currency, "USD");
  EXPECT_EQ(listed[3].rules.max_age_days, 7);
}

}  // namespace
}  // namespace outlay::fx
