#include "services/aggregation/view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/common/status/error.h"
#include "tests/aggregation/world.h"

namespace outlay::aggregation {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ViewTest : public ::testing::Test {
 protected:
  ViewTest() { world_.AddOrganization("amazon"); }

  std::string PointOf(const AsOf& as_of = {}) {
    const QueryResult result = world_.Ask(About({"amazon"}, {"2025"}), as_of);
    return result.cells.empty() ? "absent" : result.cells[0].point->ToString();
  }

  World world_;
};

TEST_F(ViewTest, ACorrectionShowsOnTheRecordedAxisOnly) {
  // Typed 1,000 on 6 February, corrected to 100 on 1 March.
  const uint64_t typed =
      world_.Record({.id = "d", .amount = Point("1000"), .published_at = "2025-02-06"});
  world_.Correct("d", {.amount = Point("100"), .published_at = "2025-02-06"});
  EXPECT_EQ(PointOf(PublishedBy("2025-02-09")), "100");
  AsOf old = PublishedBy("2025-02-09");
  old.recorded_sequence = typed;
  EXPECT_EQ(PointOf(old), "1000");
}

TEST_F(ViewTest, ACorrectionDoesNotMakeAStatementLater) {
  world_.Record({.id = "first", .amount = Point("1")});
  world_.Record({.id = "second", .amount = Point("2")});
  world_.Correct("first", {.amount = Point("3")});
  EXPECT_EQ(PointOf(), "2");
}

TEST_F(ViewTest, AVoidedRecordCountsNowhereFromThenOn) {
  const uint64_t recorded = world_.Record({.id = "d", .amount = Point("100")});
  world_.Void("d");
  EXPECT_EQ(PointOf(), "absent");
  EXPECT_EQ(PointOf(RecordedBy(recorded)), "100");
  EXPECT_EQ(PointOf(RecordedBy(recorded - 1)), "absent");
  EXPECT_EQ(world_.view().counts().disclosures, 1U);
}

TEST_F(ViewTest, ACorrectionMayMoveAFigureToAnotherOrganization) {
  world_.AddOrganization("meta");
  world_.Record({.id = "d", .amount = Point("100")});
  world_.Correct("d", {.organization = "meta", .amount = Point("100")});
  EXPECT_EQ(PointOf(), "absent");
  EXPECT_EQ(world_.Ask(About({"meta"}, {"2025"})).cells.size(), 1U);
  world_.Correct("d", {.amount = Point("100")});
  EXPECT_EQ(PointOf(), "100");
}

TEST_F(ViewTest, RevisionsCountCorrectionsAndRedactions) {
  world_.Record({.id = "d", .amount = Point("100")});
  world_.Correct("d", {.amount = Point("101")});
  world_.Apply(SourceRedacted{{"d"}});
  const QueryResult result = world_.Ask(About({"amazon"}, {"2025"}));
  EXPECT_EQ(result.cells[0].contributors[0].statement.revision, 3U);
  EXPECT_EQ(result.cells[0].point, Number("101"));
}

TEST_F(ViewTest, AReplayedSequenceChangesNothing) {
  world_.Record({.id = "d", .amount = Point("100")});
  const std::vector<SequencedChange> replay = {
      {1, {}, DisclosureChanged{MakeDisclosure({.id = "x", .amount = Point("7")})}},
      {2, {}, DisclosureVoided{"d"}}};
  EXPECT_TRUE(world_.view().Apply(replay).ok());
  EXPECT_EQ(world_.view().applied_sequence(), 2U);
  EXPECT_EQ(PointOf(), "100");
}

TEST_F(ViewTest, AGapIsRefusedAndWhatCameBeforeItKept) {
  const absl::Status status =
      world_.view().Apply({{2, {}, NothingChanged{}}, {4, {}, NothingChanged{}}});
  EXPECT_EQ(GetErrorDetail(status).reason, "SEQUENCE_GAP");
  EXPECT_EQ(std::string(status.message()), "after sequence 2 the feed has 4, not 3");
  EXPECT_EQ(world_.view().applied_sequence(), 2U);
}

TEST_F(ViewTest, ARecordedTimeResolvesToTheLastSequenceStoredByThen) {
  // The world stores sequence n at second n.
  world_.Record({.id = "d", .amount = Point("100")});
  world_.Correct("d", {.amount = Point("200")});
  AsOf as_of;
  as_of.recorded_time = time::Instant(std::chrono::milliseconds(2'999));
  EXPECT_EQ(PointOf(as_of), "100");
  as_of.recorded_time = time::Instant(std::chrono::milliseconds(3'000));
  EXPECT_EQ(PointOf(as_of), "200");
  as_of.recorded_time = time::Instant(std::chrono::milliseconds(999));
  EXPECT_EQ(world_.view().Pin(as_of).sequence(), 0U);
}

TEST_F(ViewTest, AClockThatStepsBackDoesNotReorderEntries) {
  View view;
  EXPECT_TRUE(view.Apply({{1, time::Instant(std::chrono::seconds(10)), NothingChanged{}},
                          {2, time::Instant(std::chrono::seconds(5)), NothingChanged{}}})
                  .ok());
  AsOf as_of;
  as_of.recorded_time = time::Instant(std::chrono::seconds(7));
  EXPECT_EQ(view.Pin(as_of).sequence(), 0U);
  as_of.recorded_time = time::Instant(std::chrono::seconds(10));
  EXPECT_EQ(view.Pin(as_of).sequence(), 2U);
}

TEST_F(ViewTest, AnAnswerSurvivesAReset) {
  world_.Record({.id = "d", .amount = Point("100")});
  const absl::StatusOr<Answer> answer = world_.TryAsk(About({"amazon"}, {"2025"}));
  world_.view().Reset();
  EXPECT_EQ(world_.view().applied_sequence(), 0U);
  EXPECT_THAT(ContributorsOf(answer->results[0].cells[0]), ElementsAre("SELECTED d"));
}

TEST_F(ViewTest, ChangesThatCannotBeReadAreCounted) {
  world_.Apply(Unreadable{});
  world_.Void("never-recorded");
  world_.Apply(NothingChanged{});
  EXPECT_EQ(world_.view().counts().unreadable_changes, 2U);
}

TEST_F(ViewTest, AnUnknownOrganizationIsAnsweredWithTheNearestIds) {
  world_.AddOrganization("alphabet", "12-31", "", {"Alphabet", "Google", "구글"});
  const auto nearest = [this](std::string id) {
    const absl::Status status = world_.TryAsk(About({"amazon", id}, {"2025"})).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
    const ErrorDetail detail = GetErrorDetail(status);
    EXPECT_EQ(detail.reason, "UNKNOWN_ORGANIZATION");
    EXPECT_EQ(detail.violations[0].field, "queries[0].organization_ids[1]");
    return detail.metadata.count("nearest") == 0 ? "" : detail.metadata.at("nearest");
  };
  EXPECT_EQ(nearest("amazom"), "amazon");
  EXPECT_EQ(nearest("google"), "alphabet");
  EXPECT_EQ(nearest("구글"), "alphabet");
  EXPECT_EQ(nearest("nothing-like-it"), "");
}

TEST_F(ViewTest, AnUnknownGroupToo) {
  world_.AddGroup("big-tech-4", {"amazon"});
  const absl::Status status = world_.TryAsk(AboutGroup("big-tech-5", {"2025"})).status();
  EXPECT_EQ(GetErrorDetail(status).reason, "UNKNOWN_GROUP");
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("queries[0].group_ids[0]: no group has the id \"big-tech-5\" (did you mean "
                        "\"big-tech-4\"?)"));
}

TEST_F(ViewTest, TheCatalogueIsAsOfTheSequenceToo) {
  const uint64_t before = world_.view().applied_sequence();
  world_.AddGroup("g", {"amazon"});
  EXPECT_EQ(world_.TryAsk(AboutGroup("g", {"2025"}), RecordedBy(before)).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_TRUE(world_.TryAsk(AboutGroup("g", {"2025"})).ok());
}

TEST_F(ViewTest, TooManyOrganizationsTimesPeriodsAreRefused) {
  std::vector<std::string> ids;
  for (int i = 0; i < 1'001; ++i) {
    ids.push_back("org-" + std::to_string(i));
    world_.AddOrganization(ids.back());
  }
  std::vector<std::string> periods;
  for (int year = 1901; year <= 2100; ++year) periods.push_back(std::to_string(year));
  const absl::Status status = world_.TryAsk(About(ids, periods)).status();
  EXPECT_EQ(GetErrorDetail(status).reason, "TOO_MANY_FIGURES");
  ids.pop_back();
  EXPECT_THAT(world_.Ask(About(ids, periods)).cells, IsEmpty());
}

}  // namespace
}  // namespace outlay::aggregation
