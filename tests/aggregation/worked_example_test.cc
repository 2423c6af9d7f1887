// The worked example of docs/semantics.md, section 8: the four companies of two articles of February 2025.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/aggregation/world.h"

namespace outlay::aggregation {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kUnit[] = "100000000";

class WorkedExample : public ::testing::Test {
 protected:
  WorkedExample() {
    world_.AddOrganization("amazon");
    world_.AddOrganization("microsoft", "06-30");
    world_.AddOrganization("alphabet");
    world_.AddOrganization("meta");
    world_.AddGroup("big-tech-4", {"amazon", "microsoft", "alphabet", "meta"});
    const money::Amount amazon_2024 = Point("83000000000", kUnit);
    for (const std::string article : {"two", "one"}) {
      Say(article, "amazon",
          article == "two" ? AtLeast("100000000000", kUnit) : Point("100000000000", kUnit));
      Say(article, "amazon", amazon_2024, {.basis = Basis::kActual, .period = "2024"});
      Say(article, "microsoft", Point("80000000000", kUnit),
          {.measure = "ai_investment", .period_ambiguous = true});
      Say(article, "alphabet", Point("75000000000", kUnit));
      Say(article, "meta", UpTo("65000000000", kUnit), {.measure = "ai_investment"});
      Say(article, "amazon", Point("320000000000", kUnit), {.claim = true});
    }
    Say("one", "amazon", Point("26300000000", kUnit),
        {.definition = "purchases_net_of_proceeds_and_incentives",
         .basis = Basis::kActual,
         .period = "2024-Q4"});
  }

  void Say(const std::string& article, const std::string& organization, money::Amount amount,
           Said said = {}) {
    said.id = organization + " " + said.period + " " + article + (said.claim ? " claim" : "");
    said.organization = organization;
    said.amount = std::move(amount);
    said.stated_at = "2025-02-06";
    said.published_at = article == "two" ? "2025-02-09" : "2025-02-10";
    said.source = article;
    if (organization == "microsoft") said.fiscal_year_end = "06-30";
    world_.Record(said);
  }

  Cell Row(const std::string& organization, std::string_view published) {
    const QueryResult result = world_.Ask(About({organization}, {"2025"}), PublishedBy(published));
    EXPECT_EQ(result.cells.size(), 1U);
    return result.cells[0];
  }

  Cell Total(std::string_view published) {
    const QueryResult result =
        world_.Ask(InTotal(AboutGroup("big-tech-4", {"2025"})), PublishedBy(published));
    EXPECT_EQ(result.cells.size(), 1U);
    EXPECT_THAT(result.absent, IsEmpty());
    return result.cells[0];
  }

  World world_;
};

TEST_F(WorkedExample, AmazonIs100CorroboratedByTwoSources) {
  const Cell cell = Row("amazon", "2025-02-10");
  EXPECT_EQ(cell.point, Number("100000000000"));
  EXPECT_EQ(cell.interval, money::Interval::PointAt(Number("100000000000")));
  EXPECT_THAT(ContributorsOf(cell),
              ElementsAre("SELECTED amazon 2025 one", "CORROBORATES amazon 2025 two"));
  EXPECT_THAT(cell.warnings, IsEmpty());
}

TEST_F(WorkedExample, MicrosoftIs80WithAnAmbiguousPeriod) {
  const Cell cell = Row("microsoft", "2025-02-10");
  EXPECT_EQ(cell.point, Number("80000000000"));
  EXPECT_THAT(WarningCodesOf(cell), ElementsAre("PERIOD_AMBIGUOUS"));
}

TEST_F(WorkedExample, AlphabetIs75) {
  const Cell cell = Row("alphabet", "2025-02-10");
  EXPECT_EQ(cell.point, Number("75000000000"));
  EXPECT_THAT(cell.warnings, IsEmpty());
}

TEST_F(WorkedExample, MetaIsUpTo65WithAnImpliedLow) {
  const Cell cell = Row("meta", "2025-02-10");
  EXPECT_EQ(money::ToString(cell.interval), "[0 implied, 65000000000]");
  EXPECT_EQ(cell.composition, (Composition{.ceilings = Number("65000000000")}));
  EXPECT_THAT(WarningCodesOf(cell), ElementsAre("IMPLIED_LOW"));
}

TEST_F(WorkedExample, TheTotalIs320Of255StatedAnd65Ceiling) {
  const Cell cell = Total("2025-02-10");
  EXPECT_EQ(cell.point, Number("320000000000"));
  EXPECT_EQ(cell.composition,
            (Composition{.stated = Number("255000000000"), .ceilings = Number("65000000000")}));
  EXPECT_EQ(cell.interval.low.value, Number("255000000000"));
  EXPECT_EQ(cell.interval.high.value, Number("320000000000"));
  EXPECT_EQ(cell.figure_count, 4);
  EXPECT_THAT(WarningCodesOf(cell),
              ElementsAre("IMPLIED_LOW", "MIXED_MEASURES", "PERIOD_AMBIGUOUS"));
}

TEST_F(WorkedExample, ADayBeforeOnlyArticleTwoIsKnown) {
  const Cell amazon = Row("amazon", "2025-02-09");
  EXPECT_EQ(amazon.interval.low.value, Number("100000000000"));
  EXPECT_TRUE(amazon.interval.high.IsOpen());
  EXPECT_THAT(ContributorsOf(amazon), ElementsAre("SELECTED amazon 2025 two"));

  const Cell total = Total("2025-02-09");
  EXPECT_EQ(total.interval.low.value, Number("255000000000"));
  EXPECT_TRUE(total.interval.high.IsOpen());
  EXPECT_EQ(total.composition, (Composition{.stated = Number("155000000000"),
                                            .floors = Number("100000000000"),
                                            .ceilings = Number("65000000000")}));
}

TEST_F(WorkedExample, TwoDaysBeforeNothingIs) {
  const QueryResult result =
      world_.Ask(AboutGroup("big-tech-4", {"2025"}), PublishedBy("2025-02-08"));
  EXPECT_THAT(result.cells, IsEmpty());
  EXPECT_EQ(result.absent.size(), 4U);
}

TEST_F(WorkedExample, OnlyAmazonsYearBeforeIsKnown) {
  const QueryResult result = world_.Ask(AboutGroup("big-tech-4", {"2024"}));
  ASSERT_EQ(result.cells.size(), 1U);
  EXPECT_EQ(result.cells[0].point, Number("83000000000"));
  EXPECT_THAT(result.cells[0].definitions, ElementsAre(""));
  EXPECT_EQ(result.absent.size(), 3U);
}

TEST_F(WorkedExample, AllRestsOnStatementsOfThe6th) {
  Query query = InTotal(AboutGroup("big-tech-4", {"2025"}));
  query.rate_date_rule = RateDateRule::kByFigure;
  const QueryResult result = world_.Ask(query);
  ASSERT_EQ(result.cells.size(), 1U);
  EXPECT_EQ(result.cells[0].key.rate_date->date, Day("2025-02-06"));
}

}  // namespace
}  // namespace outlay::aggregation
