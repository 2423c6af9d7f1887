// Fractions and currencies that became others.
#include <gtest/gtest.h>

#include "services/fx/fraction.h"
#include "services/fx/succession.h"
#include "tests/fx/small_book.h"

namespace outlay::fx {
namespace {

TEST(Fraction, IsReducedToIntegersWithoutACommonDivisor) {
  EXPECT_EQ(Text(InLowestTerms({Dec("1501.65"), Dec("1.0377")})), "1668500/1153");
  EXPECT_EQ(Text(InLowestTerms({Dec("0.5"), Dec("1")})), "1/2");
  EXPECT_EQ(Text(InLowestTerms({Dec("1200"), Dec("1")})), "1200/1");
}

TEST(Fraction, StaysAsItIsWhereTheIntegersDoNotFit) {
  const Fraction wide{Dec("12345678901234567890123456789012345678"), Dec("1e-30")};
  EXPECT_EQ(InLowestTerms(wide), wide);
}

TEST(Fraction, IsShownOverOneWhereADecimalHoldsIt) {
  EXPECT_EQ(Text(OverOneIfExact({Dec("3"), Dec("256")})), "0.01171875/1");
  EXPECT_EQ(Text(OverOneIfExact({Dec("3"), Dec("7")})), "3/7");
}

TEST(Fraction, MultipliesAndDividesWithoutRounding) {
  const Fraction third{Dec("1"), Dec("3")};
  EXPECT_EQ(Text(Times(third, Dec("2.5")).value()), "2.5/3");
  EXPECT_EQ(Text(Over(third, Dec("2.5")).value()), "1/7.5");
  EXPECT_EQ(Text(Reciprocal(third)), "3/1");
  EXPECT_EQ(ReasonOf(Times({Dec("9e37"), Dec("1")}, Dec("9e37")).status()), "AMOUNT_OVERFLOW");
}

TEST(Succession, ACurrencyIsItselfUntilItsJoiningDay) {
  EXPECT_EQ(CurrentOn(*C("HRK"), D("2022-12-31")).currency->code, "HRK");
  const Equivalent joined = CurrentOn(*C("HRK"), D("2023-01-01"));
  EXPECT_EQ(joined.currency->code, "EUR");
  ASSERT_EQ(joined.steps.size(), 1u);
  EXPECT_EQ(joined.steps[0].join.ratio, Dec("7.5345"));
}

TEST(Succession, FollowsSeveralJoins) {
  const Equivalent joined = CurrentOn(*C("BGL"), D("2026-01-01"));
  EXPECT_EQ(joined.currency->code, "EUR");
  ASSERT_EQ(joined.steps.size(), 2u);
  EXPECT_EQ(joined.steps[0].join.successor->code, "BGN");
  EXPECT_EQ(joined.steps[0].join.ratio, Dec("1000"));
  EXPECT_EQ(joined.steps[1].join.ratio, Dec("1.95583"));
}

TEST(Succession, APredecessorServesARedenominatedCurrencyBeforeIts) {
  const std::vector<Equivalent> served = Equivalents(*C("TRY"));
  ASSERT_EQ(served.size(), 2u);
  EXPECT_EQ(served[0].currency->code, "TRY");
  EXPECT_EQ(served[1].currency->code, "TRL");
  EXPECT_EQ(served[1].until, D("2005-01-01"));
  EXPECT_FALSE(served[1].steps[0].to_successor);
}

TEST(Succession, NothingStandsForTheEuro) { EXPECT_EQ(Equivalents(*C("EUR")).size(), 1u); }

}  // namespace
}  // namespace outlay::fx
