// Parents, subsidiaries and groups: nobody counts twice in one total.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/aggregation/world.h"

namespace outlay::aggregation {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Subsidiaries : public ::testing::Test {
 protected:
  Subsidiaries() {
    world_.AddOrganization("alphabet");
    world_.AddOrganization("google", "12-31", "alphabet");
    world_.AddOrganization("youtube", "12-31", "google");
    world_.AddOrganization("meta");
  }

  void Record(std::string organization, std::string_view amount) {
    world_.Record({.id = organization, .organization = organization, .amount = Point(amount)});
  }

  World world_;
};

TEST_F(Subsidiaries, ASubsidiaryIsNotAddedToItsParent) {
  Record("alphabet", "75");
  Record("google", "70");
  const QueryResult result = world_.Ask(InTotal(About({"alphabet", "google"}, {"2025"})));
  ASSERT_EQ(result.cells.size(), 1U);
  EXPECT_EQ(result.cells[0].point, Number("75"));
  EXPECT_THAT(ContributorsOf(result.cells[0]),
              ElementsAre("SELECTED alphabet", "ALTERNATIVE google"));
  EXPECT_THAT(result.absent, IsEmpty());
}

TEST_F(Subsidiaries, NorToAnOrganizationFurtherAbove) {
  Record("alphabet", "75");
  Record("youtube", "5");
  const QueryResult result = world_.Ask(InTotal(About({"alphabet", "youtube"}, {"2025"})));
  EXPECT_EQ(result.cells[0].point, Number("75"));
}

TEST_F(Subsidiaries, ItCountsWhereTheParentHasNoFigure) {
  Record("google", "70");
  Record("youtube", "5");
  const QueryResult result =
      world_.Ask(InTotal(About({"alphabet", "google", "youtube"}, {"2025"})));
  EXPECT_EQ(result.cells[0].point, Number("70"));
  ASSERT_EQ(result.absent.size(), 1U);
  EXPECT_EQ(result.absent[0].organization_id, "alphabet");
}

TEST_F(Subsidiaries, ItCountsWhereTheParentIsNotAskedAbout) {
  Record("alphabet", "75");
  Record("google", "70");
  EXPECT_EQ(world_.Ask(InTotal(About({"google"}, {"2025"}))).cells[0].point, Number("70"));
}

TEST_F(Subsidiaries, NorDoRowsByOrganizationHoldBoth) {
  Record("alphabet", "75");
  Record("google", "70");
  const QueryResult result = world_.Ask(About({"alphabet", "google"}, {"2025"}));
  ASSERT_EQ(result.cells.size(), 1U);
  EXPECT_EQ(result.cells[0].key.organization_id, "alphabet");
  EXPECT_THAT(ContributorsOf(result.cells[0]),
              ElementsAre("SELECTED alphabet", "ALTERNATIVE google"));
}

TEST_F(Subsidiaries, RowsByOrganizationSayInWhoseFigureOneCounts) {
  Record("alphabet", "75");
  Record("google", "70");
  Record("youtube", "5");
  const QueryResult result = world_.Ask(About({"youtube", "google", "alphabet"}, {"2025", "2024"}));
  ASSERT_EQ(result.covered.size(), 2U);
  EXPECT_EQ(result.covered[0].cell.key.organization_id, "google");
  EXPECT_EQ(result.covered[0].cell.key.period->label, "2025");
  EXPECT_EQ(result.covered[0].cell.point, Number("70"));
  EXPECT_EQ(result.covered[0].counted_in_organization_id, "alphabet");
  EXPECT_THAT(ContributorsOf(result.covered[0].cell), ElementsAre("SELECTED google"));
  EXPECT_EQ(result.covered[1].cell.key.organization_id, "youtube");
  EXPECT_EQ(result.covered[1].counted_in_organization_id, "alphabet");
  EXPECT_EQ(result.absent.size(), 3U) << "of 2024";
}

TEST_F(Subsidiaries, TotalsHaveNoRowsToSayItIn) {
  Record("alphabet", "75");
  Record("google", "70");
  EXPECT_THAT(world_.Ask(InTotal(About({"alphabet", "google"}, {"2025"}))).covered, IsEmpty());
}

TEST_F(Subsidiaries, CoveredCellsArePagedWithTheOthers) {
  Record("alphabet", "75");
  Record("google", "70");
  Record("meta", "65");
  const absl::StatusOr<Answer> first =
      world_.TryAsk(About({"alphabet", "google", "meta"}, {"2025"}), {}, 2);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->results[0].cells.size(), 1U);
  EXPECT_EQ(first->results[0].covered.size(), 1U);
  EXPECT_TRUE(first->next.has_value());
}

TEST_F(Subsidiaries, WithoutPeriodsInTheCellsAnOrganizationMayCountInPart) {
  Record("alphabet", "75");
  Record("google", "70");
  world_.Record(
      {.id = "before", .organization = "google", .period = "2024", .amount = Point("50")});
  Query query = About({"alphabet", "google"}, {"2025", "2024"});
  query.group_by = {.organization = true};
  const QueryResult result = world_.Ask(query);
  ASSERT_EQ(result.cells.size(), 2U);
  EXPECT_EQ(result.cells[1].key.organization_id, "google");
  EXPECT_EQ(result.cells[1].point, Number("50"));
  ASSERT_EQ(result.covered.size(), 1U);
  EXPECT_EQ(result.covered[0].cell.point, Number("70"));
}

TEST_F(Subsidiaries, TheParentOfThatTimeDecides) {
  Record("alphabet", "75");
  const uint64_t before = world_.AddOrganization("fitbit");
  Record("fitbit", "1");
  const uint64_t joined = world_.AddOrganization("fitbit", "12-31", "alphabet");
  const Query query = InTotal(About({"alphabet", "fitbit"}, {"2025"}));
  EXPECT_EQ(world_.Ask(query, RecordedBy(before + 1)).cells[0].point, Number("76"));
  EXPECT_EQ(world_.Ask(query, RecordedBy(joined)).cells[0].point, Number("75"));
}

TEST_F(Subsidiaries, EachOrganizationOfOverlappingGroupsCountsOnce) {
  Record("alphabet", "75");
  Record("meta", "65");
  world_.AddGroup("all", {"alphabet", "meta"});
  world_.AddGroup("social", {"meta"});
  Query query = AboutGroup("all", {"2025"});
  query.group_ids = {"all", "social", "all"};
  query.organization_ids = {"meta", "meta"};
  EXPECT_EQ(world_.Ask(InTotal(query)).cells[0].point, Number("140"));
  EXPECT_EQ(world_.Ask(InTotal(query)).cells[0].figure_count, 2);
}

TEST_F(Subsidiaries, ByGroupAnOrganizationStandsInEveryGroupThatHoldsIt) {
  Record("alphabet", "75");
  Record("google", "70");
  Record("meta", "65");
  world_.AddGroup("ads", {"google", "meta"});
  world_.AddGroup("holdings", {"alphabet"});
  Query query = AboutGroup("ads", {"2025"});
  query.group_ids.push_back("holdings");
  query.group_by = {.group = true, .period = true};
  const QueryResult result = world_.Ask(query);
  ASSERT_EQ(result.cells.size(), 2U);
  EXPECT_EQ(result.cells[0].key.group_id, "ads");
  EXPECT_EQ(result.cells[0].point, Number("135")) << "Alphabet is in the other group";
  EXPECT_EQ(result.cells[1].key.group_id, "holdings");
  EXPECT_EQ(result.cells[1].point, Number("75"));
}

TEST_F(Subsidiaries, OrganizationsOutsideTheGroupsStandUnderNone) {
  Record("alphabet", "75");
  Record("meta", "65");
  world_.AddGroup("social", {"meta"});
  Query query = AboutGroup("social", {"2025"});
  query.organization_ids = {"alphabet"};
  query.group_by = {.group = true, .period = true};
  const QueryResult result = world_.Ask(query);
  ASSERT_EQ(result.cells.size(), 2U);
  EXPECT_EQ(result.cells[0].key.group_id, "");
  EXPECT_EQ(result.cells[0].point, Number("75"));
}

}  // namespace
}  // namespace outlay::aggregation
