#include "services/aggregation/aggregate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "tests/aggregation/world.h"

namespace outlay::aggregation {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AggregateTest : public ::testing::Test {
 protected:
  AggregateTest() {
    for (const char* const id : {"a", "b", "c", "d"}) {
      world_.AddOrganization(id);
      if (*id != 'd') world_.Record({.organization = id, .amount = Point("1")});
    }
    Query query = About({"a", "b", "c", "d"}, {"2025"});
    EXPECT_TRUE(CompleteQuery(query).ok());
    Query second = query;
    query.query_id = "first";
    second.query_id = "second";
    question_.queries = {query, second};
  }

  Answer Ask() {
    absl::StatusOr<Answer> answer =
        Aggregate(world_.view(), question_, [] { return absl::OkStatus(); });
    EXPECT_TRUE(answer.ok()) << answer.status();
    return *std::move(answer);
  }

  static std::vector<std::string> KeysOf(const Answer& answer) {
    std::vector<std::string> keys;
    for (const QueryResult& result : answer.results) {
      for (const Cell& cell : result.cells) {
        keys.push_back(result.query_id + " " + cell.key.organization_id);
      }
    }
    return keys;
  }

  World world_;
  Question question_;
};

TEST_F(AggregateTest, AnswersEveryQueryAtOneSequence) {
  const Answer answer = Ask();
  EXPECT_EQ(answer.sequence(), world_.view().applied_sequence());
  EXPECT_THAT(KeysOf(answer),
              ElementsAre("first a", "first b", "first c", "second a", "second b", "second c"));
  EXPECT_EQ(answer.next, std::nullopt);
  EXPECT_EQ(answer.results[1].absent.size(), 1U);
}

TEST_F(AggregateTest, PagesByKeyAcrossQueries) {
  question_.page_size = 2;
  std::vector<std::vector<std::string>> pages;
  do {
    const Answer answer = Ask();
    EXPECT_EQ(answer.results.size(), 2U) << "one result a query on every page";
    EXPECT_EQ(answer.results[0].absent.empty(), question_.page.has_value());
    pages.push_back(KeysOf(answer));
    question_.page = answer.next;
  } while (question_.page);
  EXPECT_THAT(pages,
              ElementsAre(ElementsAre("first a", "first b"), ElementsAre("first c", "second a"),
                          ElementsAre("second b", "second c")));
}

TEST_F(AggregateTest, PagesStayAtTheSequenceOfTheFirst) {
  question_.page_size = 3;
  const Answer first = Ask();
  world_.Record({.organization = "d", .amount = Point("1")});
  question_.page = first.next;
  const Answer second = Ask();
  EXPECT_EQ(second.sequence(), first.sequence());
  EXPECT_THAT(KeysOf(second), ElementsAre("second a", "second b", "second c"));
}

TEST_F(AggregateTest, ThePinnedSequenceOutweighsARecordedTime) {
  question_.page_size = 3;
  question_.as_of.recorded_time = time::Instant(std::chrono::hours(1));
  const Answer first = Ask();
  world_.Record({.organization = "d", .amount = Point("1")});
  question_.page = first.next;
  EXPECT_EQ(Ask().sequence(), first.sequence());
}

TEST_F(AggregateTest, NeedsTheGreatestOfAllSequencesNamed) {
  EXPECT_EQ(question_.NeededSequence(), 0U);
  question_.minimum_sequence = 3;
  question_.as_of.recorded_sequence = 5;
  EXPECT_EQ(question_.NeededSequence(), 5U);
  question_.page = PagePosition{.sequence = 9};
  EXPECT_EQ(question_.NeededSequence(), 9U);
}

TEST_F(AggregateTest, AnErrorNamesTheQuery) {
  question_.queries[1].organization_ids[2] = "nobody";
  const absl::Status status =
      Aggregate(world_.view(), question_, [] { return absl::OkStatus(); }).status();
  EXPECT_EQ(GetErrorDetail(status).violations[0].field, "queries[1].organization_ids[2]");
}

TEST_F(AggregateTest, AnErrorInALaterQueryIsToldOnTheFirstPage) {
  question_.page_size = 1;
  question_.queries[1].organization_ids[2] = "nobody";
  EXPECT_FALSE(Aggregate(world_.view(), question_, [] { return absl::OkStatus(); }).ok());
}

TEST_F(AggregateTest, StopsWhenTheCheckFails) {
  const absl::Status status =
      Aggregate(world_.view(), question_, [] { return absl::CancelledError("gone"); }).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kCancelled);
}

TEST_F(AggregateTest, APageThatListsMuchEndsBeforeItsMessageIsTooLarge) {
  Query query{.periods = {ParseWantedPeriod("2025", "", "").value()}};
  for (int i = 0; i < 200; ++i) {
    const std::string id = fmt::format("org-{:03}", i);
    world_.AddOrganization(id);
    for (int j = 0; j < 100; ++j) {
      world_.Record({.organization = id, .amount = Point("1"), .source = std::to_string(j)});
    }
    query.organization_ids.push_back(id);
  }
  EXPECT_TRUE(CompleteQuery(query).ok());
  question_.queries = {query};
  question_.include_contributors = true;
  const Answer first = Ask();
  EXPECT_LT(first.results[0].cells.size(), 200U);
  question_.page = first.next;
  const Answer second = Ask();
  EXPECT_EQ(first.results[0].cells.size() + second.results[0].cells.size(), 200U);
  EXPECT_EQ(second.next, std::nullopt);
}

}  // namespace
}  // namespace outlay::aggregation
