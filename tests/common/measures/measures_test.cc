// The measures and definitions that the rules know.
#include "services/common/measures/measures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace outlay::measures {
namespace {

using ::testing::ElementsAre;

TEST(MeasuresTest, AreListedById) {
  EXPECT_THAT(
      MeasureIds(),
      ElementsAre("ai_investment", "capital_expenditure", "data_center_investment",
                  "government_budget", "operating_expense", "research_and_development", "revenue"));
  EXPECT_TRUE(std::ranges::is_sorted(MeasureIds()));
}

TEST(MeasuresTest, AreFoundByTheirIdAlone) {
  ASSERT_NE(FindMeasure("revenue"), nullptr);
  EXPECT_EQ(FindMeasure("revenue")->id, "revenue");
  EXPECT_EQ(FindMeasure("Revenue"), nullptr);
  EXPECT_EQ(FindMeasure(""), nullptr);
}

TEST(MeasuresTest, HaveDefinitionsInOrderOfPreference) {
  const Measure& budget = *FindMeasure("government_budget");
  EXPECT_THAT(DefinitionIds(budget),
              ElementsAre("original_budget", "final_budget", "supplementary_budget"));
  EXPECT_TRUE(budget.Find("supplementary_budget")->may_be_negative);
  EXPECT_EQ(budget.Find("net"), nullptr);
}

TEST(MeasuresTest, AnUnknownOneIsToldWithTheNearestAndAll) {
  EXPECT_EQ(NoSuchMeasure("capital_expenditures"),
            "there is no measure \"capital_expenditures\" (did you mean \"capital_expenditure\"?); "
            "there are ai_investment, capital_expenditure, data_center_investment, "
            "government_budget, operating_expense, research_and_development, revenue");
}

}  // namespace
}  // namespace outlay::measures
