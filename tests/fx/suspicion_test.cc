// Which fixings are flagged, whatever the order of their arrival.
#include "services/fx/suspicion.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "tests/fx/small_book.h"

namespace outlay::fx {
namespace {

using std::chrono::days;

constexpr int kPercent = 20;

struct Figure {
  time::Date date;
  std::string value;
  int unit = 1;
};

// On consecutive days.
std::vector<Figure> Daily(const std::vector<std::string>& values) {
  std::vector<Figure> figures;
  for (const std::string& value : values) {
    figures.push_back({D("2025-01-01") + days(figures.size()), value});
  }
  return figures;
}

Rate ToRate(const Figure& figure) {
  return MakeRate({.provider = "house",
                   .base_currency = "USD",
                   .quote_currency = "KRW",
                   .fixing_date = time::FormatDate(figure.date),
                   .value = figure.value,
                   .unit = figure.unit},
                  I(SmallBook::kNow))
      .value();
}

// Recorded in that order, `per_batch` at a time.
std::shared_ptr<const RateBook> Record(const std::vector<Figure>& figures, size_t per_batch = 1,
                                       int percent = kPercent) {
  auto book = std::make_shared<const RateBook>(percent);
  for (size_t start = 0; start < figures.size(); start += per_batch) {
    RateBookBuilder builder(*book);
    for (size_t i = start; i < std::min(start + per_batch, figures.size()); ++i) {
      builder.Add(
          {.rate = ToRate(figures[i]), .sequence = i + 1, .recorded_at = I(SmallBook::kNow)});
    }
    book = builder.Build();
  }
  return book;
}

const Series& Won(const RateBook& book) { return *book.FindProvider("house")->Find("USD", "KRW"); }

// One letter a date, by date: '!' where the last recorded figure is flagged.
std::string Flags(const RateBook& book, uint64_t sequence) {
  const Reading reading{sequence, I(SmallBook::kNow)};
  std::string flags;
  std::optional<time::Date> date;
  for (const Fixing& fixing : Won(book).entries()) {
    if (fixing.date == date) continue;
    date = fixing.date;
    const Fixing* const last = Won(book).LastRecordedOn(fixing.date, reading);
    if (last != nullptr) flags += Won(book).IsFlagged(*last, reading) ? '!' : '.';
  }
  return flags;
}
std::string Flags(const RateBook& book) { return Flags(book, book.sequence()); }
std::string FlagsOf(const std::vector<Figure>& figures) { return Flags(*Record(figures)); }
std::string Flags(const std::vector<std::string>& values) { return FlagsOf(Daily(values)); }

TEST(Suspicion, ASpikeIsFlaggedAndNotItsNeighbours) {
  EXPECT_EQ(Flags({"1447", "1450", "14.47", "1449", "1446"}), "..!..");
  EXPECT_EQ(Flags({"1447", "1450", "14470", "1449", "1446"}), "..!..");
  EXPECT_EQ(Flags({"100", "100", "1", "100", "1", "100"}), "..!.!.");
}

TEST(Suspicion, OfAStepThatLastsTheFirstOfTheNewLevelIsFlagged) {
  EXPECT_EQ(Flags({"100", "101", "150", "151", "150"}), "..!..");
  EXPECT_EQ(Flags({"150", "151", "100", "101"}), "..!.");
  // There and back again after two days: two steps.
  EXPECT_EQ(Flags({"100", "100", "1", "1", "100", "100"}), "..!.!.");
}

TEST(Suspicion, ASpikeAndAStepAfterItAreTwo) {
  EXPECT_EQ(Flags({"100", "100", "1", "200", "200"}), "..!!.");
}

TEST(Suspicion, TheNewestIsFlaggedUntilMoreIsKnown) {
  EXPECT_EQ(Flags({"100", "100", "150"}), "..!");
}

TEST(Suspicion, TheFirstIsFlaggedWhereTheTwoAfterItAgree) {
  EXPECT_EQ(Flags({"1", "100", "100"}), "!..");
  EXPECT_EQ(Flags({"1", "1", "100", "100"}), "..!.");
  EXPECT_EQ(Flags({"100", "1", "100"}), ".!.");
}

TEST(Suspicion, OfTwoAloneTheLaterIsFlagged) {
  EXPECT_EQ(Flags({"100"}), ".");
  EXPECT_EQ(Flags({"100", "1"}), ".!");
  EXPECT_EQ(Flags({"100", "101"}), "..");
}

TEST(Suspicion, TheBoundItselfIsAllowedEitherWay) {
  EXPECT_EQ(Flags({"100", "100", "120"}), "...");
  EXPECT_EQ(Flags({"120", "120", "100"}), "...");
  EXPECT_EQ(Flags({"100", "100", "120.000000000000000001"}), "..!");
  EXPECT_EQ(Flags({"1", "1", "1.2"}), "...");
  EXPECT_EQ(Flags({"1", "1", "1.200000001"}), "..!");
  EXPECT_EQ(Flags({"1.200000001", "1.200000001", "1"}), "..!");
  EXPECT_EQ(Flags({"0.000000001", "0.000000001", "1"}), "..!");
  EXPECT_EQ(Flags({"120.000000000000000001", "120", "100"}), "...");
  EXPECT_EQ(Flags({"120.000000000000000001", "120.000000000000000001", "100"}), "..!");
}

TEST(Suspicion, ComparesWhatOneUnitIsWorth) {
  std::vector<Figure> figures = Daily({"9.5", "950", "9.5", "9.5"});
  figures[1].unit = 100;
  EXPECT_EQ(FlagsOf(figures), "....");
  figures[1].unit = 1;
  EXPECT_EQ(FlagsOf(figures), ".!..");
}

TEST(Suspicion, IsExactWhereAHundredfoldFitsNoDecimal) {
  const std::string large = "10000000000000000000000000000000000000";
  const std::string bound = "12000000000000000000000000000000000000";
  const std::string beyond = "12000000000000000000000000000000000001";
  EXPECT_EQ(Flags({large, large, bound}), "...");
  EXPECT_EQ(Flags({large, large, beyond}), "..!");
}

TEST(Suspicion, FixingsFarApartAreNoNeighbours) {
  const time::Date start = D("2025-01-01");
  const auto flags = [&](int pause) {
    return FlagsOf({{start, "100"}, {start + days(1), "100"}, {start + days(1 + pause), "1"}});
  };
  EXPECT_EQ(flags(kNeighbourDays), "..!");
  EXPECT_EQ(flags(kNeighbourDays + 1), "...");
}

TEST(Suspicion, ACorrectionJudgesItselfAndItsNeighboursAnew) {
  std::vector<Figure> figures = Daily({"100", "100", "1", "100"});
  figures.push_back({figures[2].date, "101"});
  EXPECT_EQ(FlagsOf(figures), "....");
  // And to a bad one: the journal as it was shows what was flagged then.
  figures.push_back({figures[1].date, "7"});
  const auto book = Record(figures);
  EXPECT_EQ(Flags(*book), ".!..");
  EXPECT_EQ(Flags(*book, 5), "....");
  EXPECT_EQ(Flags(*book, 4), "..!.");
  EXPECT_EQ(Flags(*book, 2), "..");
}

TEST(Suspicion, WhatIsNotPublishedYetIsNoNeighbour) {
  const auto book = Record(Daily({"1", "100", "100"}));
  const Fixing& first = Won(*book).entries().front();
  EXPECT_TRUE(Won(*book).IsFlagged(first, {3, I("2025-01-05T00:00:00Z")}));
  EXPECT_FALSE(Won(*book).IsFlagged(first, {3, I("2025-01-03T12:00:00Z")}));
}

TEST(Suspicion, ZeroPercentFlagsNone) {
  EXPECT_EQ(Flags(*Record(Daily({"100", "100", "1"}), 1, 0)), "...");
}

// The rule read forward through a whole series, on numbers that doubles are not needed for.
std::string FlagsInOrder(const std::vector<std::pair<time::Date, int64_t>>& series) {
  const auto moves = [&](size_t i, size_t j) {
    const auto [less, more] = std::minmax(series[i].second, series[j].second);
    return more * 100 > less * (100 + kPercent);
  };
  const auto starts = [&](size_t i) {
    return i == 0 || series[i].first - series[i - 1].first > days(kNeighbourDays);
  };
  std::string flags;
  for (size_t i = 0; i < series.size(); ++i) {
    bool flagged = false;
    if (starts(i)) {
      flagged = i + 2 < series.size() && !starts(i + 1) && !starts(i + 2) && moves(i, i + 1) &&
                !moves(i + 1, i + 2);
    } else if (moves(i, i - 1)) {
      flagged = flags[i - 1] == '.' || (!starts(i - 1) && moves(i, i - 2));
    }
    flags += flagged ? '!' : '.';
  }
  return flags;
}

TEST(Suspicion, AnyOrderOfArrivalGivesTheSameFlags) {
  std::mt19937 random(20250207);
  const auto pick = [&](int bound) { return static_cast<int>(random() % bound); };
  int flagged = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<std::pair<time::Date, int64_t>> series;
    time::Date date = D("2020-01-01");
    for (int i = 0, size = 1 + pick(kMovesFollowedMax); i < size; ++i) {
      date += days(pick(8) == 0 ? 30 + pick(12) : 1 + pick(4));
      const int64_t levels[] = {100, 100, 100, 119, 130, 1};
      series.emplace_back(date, levels[pick(6)] + pick(2));
    }
    std::vector<Figure> figures;
    for (const auto& [day, value] : series) figures.push_back({day, std::to_string(value)});
    const std::string expected = FlagsInOrder(series);
    flagged += static_cast<int>(std::ranges::count(expected, '!'));
    EXPECT_EQ(Flags(*Record(figures, figures.size())), expected);
    std::ranges::reverse(figures);
    EXPECT_EQ(Flags(*Record(figures)), expected);
    std::ranges::shuffle(figures, random);
    EXPECT_EQ(Flags(*Record(figures, 1 + pick(4))), expected) << "round " << round;
  }
  EXPECT_GT(flagged, 300);
}

TEST(Suspicion, ALongRowOfMovesIsJudgedTheSameInAnyOrder) {
  std::mt19937 random(1);
  std::vector<std::string> values;
  for (int i = 0; i < 3 * kMovesFollowedMax; ++i) values.push_back(i % 2 == 0 ? "100" : "1");
  std::vector<Figure> figures = Daily(values);
  const std::string expected = FlagsOf(figures);
  // Whatever comes after so many moves, none is taken for the level that was left.
  EXPECT_EQ(expected, ".!.!.!.!.!.!.!.!" + std::string(2 * kMovesFollowedMax, '!'));
  std::ranges::shuffle(figures, random);
  EXPECT_EQ(FlagsOf(figures), expected);
}

}  // namespace
}  // namespace outlay::fx
