// What one process alone cannot show: another operator at another replica of the same journal.
#include "services/fx/rate_releaser.h"

#include <gtest/gtest.h>

#include "services/fx/rate_recorder.h"
#include "tests/fx/memory_journal.h"
#include "tests/fx/small_book.h"

namespace outlay::fx {
namespace {

constexpr int kPercent = 20;

class RateReleaserTest : public testing::Test {
 protected:
  void SetUp() override {
    RateRecorder recorder(journal_, here_, codec_);
    const RecordCommand command{.note = {.actor = "tester"},
                                .rates = {Won("2025-02-06", "1447"), Won("2025-02-07", "14.47")}};
    ASSERT_TRUE(recorder.Record(command).ok());
  }

  static absl::StatusOr<Rate> Won(std::string_view date, std::string_view value) {
    return MakeRate({.provider = "house",
                     .base_currency = "USD",
                     .quote_currency = "KRW",
                     .fixing_date = std::string(date),
                     .value = std::string(value)},
                    I(SmallBook::kNow));
  }
  static ReleaseCommand Command() {
    return {.note = {.actor = "operator", .reason = "as announced"}, .rate_sequence = 2};
  }
  absl::StatusOr<ReleaseOutcome> Release(RateReleaser& releaser) {
    return releaser.Release(Command(), I(SmallBook::kNow));
  }
  static bool IsHeld(const RateProjection& projection) {
    const std::shared_ptr<const RateBook> book = projection.Book();
    return JudgeRate(*book, {book->sequence(), I(SmallBook::kNow)}, 2)->held;
  }

  TableCodec codec_;
  MemoryJournal journal_;
  RateProjection here_{journal_, codec_, kPercent};
  RateProjection there_{journal_, codec_, kPercent};
  RateReleaser releaser_{journal_, here_, codec_};
};

TEST_F(RateReleaserTest, AnotherReplicaFollows) {
  ASSERT_TRUE(there_.CatchUp().ok());
  EXPECT_TRUE(IsHeld(there_));
  const absl::StatusOr<ReleaseOutcome> outcome = Release(releaser_);
  ASSERT_TRUE(outcome.ok()) << outcome.status();
  EXPECT_EQ(outcome->sequence, 3u);
  EXPECT_FALSE(outcome->rate.held);
  EXPECT_FALSE(outcome->is_replay);
  EXPECT_TRUE(IsHeld(there_));
  ASSERT_TRUE(there_.CatchUp().ok());
  EXPECT_FALSE(IsHeld(there_));
}

TEST_F(RateReleaserTest, OfTwoAtOnceOneReleases) {
  journal_.before_submit = [this] {
    RateReleaser other(journal_, there_, codec_);
    EXPECT_TRUE(Release(other).ok());
  };
  const absl::Status status = Release(releaser_).status();
  EXPECT_EQ(ReasonOf(status), "NOT_HELD");
  EXPECT_EQ(journal_.entries().size(), 3u);
  EXPECT_FALSE(IsHeld(here_));
}

TEST_F(RateReleaserTest, ARefusalWithoutARequestIdIsNotStored) {
  ReleaseCommand command = Command();
  command.rate_sequence = 1;
  EXPECT_EQ(ReasonOf(releaser_.Release(command, I(SmallBook::kNow)).status()), "NOT_HELD");
  EXPECT_EQ(journal_.request_ids().size(), 1u);  // the recording
  command.request_id = "r1";
  EXPECT_FALSE(releaser_.Release(command, I(SmallBook::kNow)).ok());
  EXPECT_EQ(journal_.request_ids().back(), "r1");
  EXPECT_EQ(journal_.entries().size(), 2u);
}

}  // namespace
}  // namespace outlay::fx
