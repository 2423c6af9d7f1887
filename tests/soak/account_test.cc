// The account notices what the soak is there to find.
#include "tests/soak/account.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace outlay::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

ingest::v1::Disclosure Named(const std::string& quote) {
  ingest::v1::Disclosure disclosure;
  disclosure.set_quote(quote);
  return disclosure;
}

FeedEvent Recorded(uint64_t sequence, const std::string& quote) {
  return {sequence, "recorded", "d-" + std::to_string(sequence), 1, quote};
}

class AccountTest : public testing::Test {
 protected:
  AccountTest() {
    for (const char* quote : {"a", "b", "c"}) account_.Asked(Named(quote));
    account_.Recorded(Named("a"), 2);
    account_.Recorded(Named("b"), 3);
  }

  Account account_;
  const FeedEvent catalogue_{1, "other", "", 0, ""};
};

TEST_F(AccountTest, WhatWasAcknowledgedIsEnoughUntilAllIsSettled) {
  const std::vector<FeedEvent> feed = {catalogue_, Recorded(2, "a"), Recorded(3, "b")};
  EXPECT_THAT(account_.Compare(feed, false), IsEmpty());
  EXPECT_THAT(account_.Compare(feed, true), ElementsAre("2 records, 3 were asked for"));
}

TEST_F(AccountTest, NoticesALostRecord) {
  EXPECT_THAT(account_.Compare({catalogue_, Recorded(2, "a")}, false),
              ElementsAre("lost: b, acknowledged as 3"));
}

TEST_F(AccountTest, NoticesADoubleRecord) {
  EXPECT_THAT(
      account_.Compare({catalogue_, Recorded(2, "a"), Recorded(3, "b"), Recorded(4, "a")}, false),
      ElementsAre("a is there twice"));
}

TEST_F(AccountTest, NoticesAGap) {
  EXPECT_THAT(account_.Compare({catalogue_, Recorded(3, "a")}, false),
              ElementsAre("entry 2 has sequence 3"));
}

TEST_F(AccountTest, NoticesAnotherOrder) {
  EXPECT_THAT(
      account_.Compare({catalogue_, Recorded(2, "b"), Recorded(3, "a")}, false),
      ElementsAre("a is 3, not 2 as was acknowledged", "b is 2, not 3 as was acknowledged"));
}

TEST_F(AccountTest, NoticesWhatNobodyAskedFor) {
  EXPECT_THAT(
      account_.Compare({catalogue_, Recorded(2, "a"), Recorded(3, "b"), Recorded(4, "x")}, false),
      ElementsAre("nobody asked for x"));
}

TEST_F(AccountTest, NoticesALostAndASkippedRevision) {
  ingest::v1::Disclosure corrected = Named("a'");
  corrected.set_disclosure_id("d-2");
  corrected.set_revision(2);
  corrected.set_sequence(4);
  account_.Corrected(corrected);
  std::vector<FeedEvent> feed = {catalogue_, Recorded(2, "a"), Recorded(3, "b")};
  EXPECT_THAT(account_.Compare(feed, false),
              ElementsAre("lost: the change of d-2, acknowledged as 4"));
  feed.push_back({4, "corrected", "d-2", 2, "a'"});
  EXPECT_THAT(account_.Compare(feed, false), IsEmpty());
  feed.back().revision = 3;
  EXPECT_THAT(account_.Compare(feed, false), ElementsAre("d-2 skips to revision 3"));
}

}  // namespace
}  // namespace outlay::tests
