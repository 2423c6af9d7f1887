#include "services/aggregation/figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/aggregation/world.h"

namespace outlay::aggregation {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// One organization, asked about 2025.
class Figures : public ::testing::Test {
 protected:
  Figures() { world_.AddOrganization("amazon"); }

  // The disclosures of the one cell, roles first; empty where there is no cell.
  std::vector<std::string> Ask(const Query& query, const AsOf& as_of = {}) {
    const QueryResult result = world_.Ask(query, as_of);
    EXPECT_LE(result.cells.size(), 1U);
    return result.cells.empty() ? std::vector<std::string>() : ContributorsOf(result.cells[0]);
  }

  World world_;
  Query query_ = About({"amazon"}, {"2025"});
};

TEST_F(Figures, MeasureIsPreferredFirst) {
  world_.Record(
      {.id = "ai", .measure = "ai_investment", .basis = Basis::kActual, .amount = Point("1")});
  world_.Record({.id = "capex", .amount = Point("2"), .published_at = "2025-01-01"});
  EXPECT_THAT(Ask(query_), ElementsAre("SELECTED capex", "ALTERNATIVE ai"));
  query_.measures = {"ai_investment", "capital_expenditure"};
  EXPECT_THAT(Ask(query_), ElementsAre("SELECTED ai", "ALTERNATIVE capex"));
}

TEST_F(Figures, MeasuresThatAreNotListedDoNotStandInACell) {
  world_.Record({.id = "ai", .measure = "ai_investment", .amount = Point("1")});
  query_.measures = {"capital_expenditure"};
  EXPECT_THAT(Ask(query_), IsEmpty());
}

TEST_F(Figures, TheDefaultMeasuresAreTheThreeOfInvestment) {
  world_.Record({.id = "revenue", .measure = "revenue", .amount = Point("1")});
  EXPECT_THAT(Ask(query_), IsEmpty());
  world_.Record({.id = "dc", .measure = "data_center_investment", .amount = Point("1")});
  EXPECT_THAT(Ask(query_), ElementsAre("SELECTED dc"));
}

TEST_F(Figures, OfOneFilingTheFiguresStandInTheDefaultOrderOfDefinitions) {
  const auto file = [&](const std::string& id, const std::string& definition) {
    world_.Record({.id = id,
                   .definition = definition,
                   .basis = Basis::kActual,
                   .amount = Point("1"),
                   .source_class = SourceClass::kFiling});
  };
  file("leases", "purchases_and_finance_lease_principal");
  file("own", "an_own_one");
  file("purchases", "purchases_of_property_and_equipment");
  EXPECT_THAT(Ask(query_),
              ElementsAre("SELECTED purchases", "ALTERNATIVE leases", "ALTERNATIVE own"));
  file("silent", "");
  EXPECT_THAT(Ask(query_).front(), "SELECTED silent");
  query_.definitions = {"purchases_and_finance_lease_principal"};
  EXPECT_THAT(Ask(query_), ElementsAre("SELECTED leases"));
}

TEST_F(Figures, ThenDefinitionWhichIsPreferredToBasis) {
  world_.Record({.id = "net", .definition = "net", .basis = Basis::kActual, .amount = Point("1")});
  world_.Record({.id = "gross", .definition = "gross", .amount = Point("2")});
  query_.definitions = {"gross", "net"};
  EXPECT_THAT(Ask(query_), ElementsAre("SELECTED gross", "ALTERNATIVE net"));
  query_.definitions = {""};
  EXPECT_THAT(Ask(query_), IsEmpty());
}

TEST_F(Figures, ThenBasis) {
  world_.Record({.id = "estimate", .basis = Basis::kEstimate, .amount = Point("1")});
  world_.Record({.id = "guidance", .basis = Basis::kGuidance, .amount = Point("2")});
  world_.Record({.id = "actual", .basis = Basis::kActual, .amount = Point("3")});
  EXPECT_EQ(Ask(query_)[0], "SELECTED actual");
  query_.bases = {Basis::kEstimate, Basis::kGuidance};
  EXPECT_THAT(Ask(query_), ElementsAre("SELECTED estimate", "ALTERNATIVE guidance"));
}

TEST_F(Figures, ThenExactnessOfThePeriod) {
  world_.AddOrganization("microsoft", "06-30");
  world_.Record({.id = "fiscal",
                 .organization = "microsoft",
                 .period = "FY2025",
                 .amount = Point("1"),
                 .published_at = "2025-03-01",
                 .source_class = SourceClass::kFiling,
                 .fiscal_year_end = "06-30"});
  world_.Record({.id = "calendar", .organization = "microsoft", .amount = Point("2")});
  EXPECT_THAT(Ask(About({"microsoft"}, {"2025"})),
              ElementsAre("SELECTED calendar", "ALTERNATIVE fiscal"));
}

TEST_F(Figures, WithoutPreferredDefinitionsTheBetterSourceClassWins) {
  world_.Record(
      {.id = "press", .basis = Basis::kActual, .amount = Point("1"), .published_at = "2026-03-01"});
  world_.Record({.id = "filing",
                 .definition = "purchases",
                 .basis = Basis::kActual,
                 .amount = Point("2"),
                 .source_class = SourceClass::kFiling});
  EXPECT_THAT(Ask(query_), ElementsAre("SELECTED filing", "ALTERNATIVE press"));
}

TEST_F(Figures, ThenTheLaterThenTheSlugOrderWhateverTheOrderOfArrival) {
  world_.Record({.id = "b", .definition = "b", .amount = Point("1")});
  world_.Record({.id = "a", .definition = "a", .amount = Point("2")});
  EXPECT_EQ(Ask(query_)[0], "SELECTED a");
  world_.Record({.id = "c", .definition = "c", .amount = Point("2"), .published_at = "2025-02-11"});
  EXPECT_EQ(Ask(query_)[0], "SELECTED c");
}

TEST_F(Figures, WithoutPreferredDefinitionsAnActualStillComesBeforeGuidance) {
  world_.Record({.id = "guidance",
                 .definition = "purchases",
                 .amount = Point("1"),
                 .source_class = SourceClass::kFiling});
  world_.Record({.id = "actual", .basis = Basis::kActual, .amount = Point("2")});
  EXPECT_EQ(Ask(query_)[0], "SELECTED actual");
}

TEST_F(Figures, OnlySourcesOfTheListedClassesCount) {
  world_.Record({.id = "filing", .amount = Point("1"), .source_class = SourceClass::kFiling});
  world_.Record({.id = "press", .amount = Point("2")});
  query_.source_classes = {SourceClass::kFiling, SourceClass::kOrganization};
  EXPECT_THAT(Ask(query_), ElementsAre("SELECTED filing"));
}

TEST_F(Figures, PartsOfTheOrganizationAndClaimsNeverCount) {
  world_.Record({.id = "scope", .amount = Point("1"), .scope = "aws"});
  world_.Record({.id = "claim", .amount = Point("1"), .claim = true});
  EXPECT_THAT(Ask(query_), IsEmpty());
}

TEST_F(Figures, AWithdrawnKeyMakesWayForAnother) {
  world_.Record({.id = "guidance", .amount = Point("1"), .published_at = "2025-02-01"});
  world_.Record({.id = "withdrawal", .published_at = "2025-02-05"});
  world_.Record({.id = "estimate", .basis = Basis::kEstimate, .amount = Point("2")});
  EXPECT_THAT(Ask(query_), ElementsAre("SELECTED estimate"));
}

TEST_F(Figures, AnAbsentFigureSaysWhetherItWasWithdrawn) {
  world_.Record({.id = "guidance", .amount = Point("1"), .published_at = "2025-02-01"});
  world_.Record({.id = "withdrawal", .published_at = "2025-02-05"});
  const QueryResult result = world_.Ask(About({"amazon"}, {"2025", "2026"}));
  EXPECT_THAT(result.cells, IsEmpty());
  ASSERT_EQ(result.absent.size(), 2U);
  EXPECT_EQ(result.absent[0].organization_id, "amazon");
  EXPECT_EQ(result.absent[0].period.label, "2025");
  EXPECT_TRUE(result.absent[0].withdrawn);
  EXPECT_EQ(result.absent[1].period.label, "2026");
  EXPECT_FALSE(result.absent[1].withdrawn);
}

TEST_F(Figures, BeforeTheWithdrawalWasPublishedTheGuidanceStands) {
  world_.Record({.id = "guidance", .amount = Point("1"), .published_at = "2025-02-01"});
  world_.Record({.id = "withdrawal", .published_at = "2025-02-05"});
  EXPECT_THAT(Ask(query_, PublishedBy("2025-02-04")), ElementsAre("SELECTED guidance"));
}

TEST_F(Figures, ADimensionOfMeasureGivesEachMeasureAFigure) {
  world_.Record({.id = "ai", .measure = "ai_investment", .amount = Point("1")});
  world_.Record({.id = "capex", .amount = Point("2")});
  query_.group_by.measure = true;
  const QueryResult result = world_.Ask(query_);
  ASSERT_EQ(result.cells.size(), 2U);
  EXPECT_EQ(result.cells[0].key.measure, "ai_investment");
  EXPECT_THAT(ContributorsOf(result.cells[0]), ElementsAre("SELECTED ai"));
  EXPECT_THAT(ContributorsOf(result.cells[1]), ElementsAre("SELECTED capex"));
}

TEST_F(Figures, ADateCountsFromTheEndOfItsDay) {
  world_.Record({.id = "d", .amount = Point("1"), .published_at = "2025-02-09"});
  EXPECT_THAT(Ask(query_, PublishedBy("2025-02-08")), IsEmpty());
  EXPECT_THAT(Ask(query_, PublishedBy("2025-02-09T12:00:00Z")), IsEmpty());
  EXPECT_THAT(Ask(query_, PublishedBy("2025-02-09")), ElementsAre("SELECTED d"));
}

TEST_F(Figures, OverlappingPeriodsInOneCellDoNotBothCount) {
  world_.Record({.id = "year", .amount = Point("100")});
  world_.Record(
      {.id = "quarter", .basis = Basis::kActual, .period = "2025-Q1", .amount = Point("24")});
  Query query = About({"amazon"}, {"2025", "2025-Q1"});
  query.group_by = {.organization = true};
  const QueryResult result = world_.Ask(query);
  ASSERT_EQ(result.cells.size(), 1U);
  EXPECT_EQ(result.cells[0].point, Number("100"));
  EXPECT_THAT(ContributorsOf(result.cells[0]), ElementsAre("SELECTED year", "ALTERNATIVE quarter"));
  EXPECT_THAT(WarningCodesOf(result.cells[0]), ElementsAre("PARTIAL"));
  EXPECT_THAT(result.absent, IsEmpty());
}

TEST_F(Figures, DisjointPeriodsInOneCellAddUp) {
  world_.Record({.id = "2024", .period = "2024", .amount = Point("83")});
  world_.Record({.id = "2025", .amount = Point("100")});
  Query query = About({"amazon"}, {"2024", "2025"});
  query.group_by = {.organization = true};
  EXPECT_EQ(world_.Ask(query).cells[0].point, Number("183"));
}

TEST_F(Figures, AFiscalLabelResolvesByEachOrganizationsOwnCalendar) {
  world_.AddOrganization("microsoft", "06-30");
  world_.Record({.id = "a", .period = "2025", .amount = Point("100")});
  world_.Record({.id = "m",
                 .organization = "microsoft",
                 .period = "FY2025",
                 .amount = Point("64"),
                 .fiscal_year_end = "06-30"});
  const QueryResult result = world_.Ask(InTotal(About({"amazon", "microsoft"}, {"FY2025"})));
  ASSERT_EQ(result.cells.size(), 1U);
  const Cell& cell = result.cells[0];
  EXPECT_EQ(cell.point, Number("164"));
  EXPECT_EQ(cell.key.period->label, "FY2025");
  ASSERT_EQ(cell.periods.size(), 2U);
  EXPECT_EQ(cell.periods[1].end, Day("2025-07-01"));
  EXPECT_THAT(WarningCodesOf(cell), ElementsAre("MIXED_CALENDARS"));
}

}  // namespace
}  // namespace outlay::aggregation
