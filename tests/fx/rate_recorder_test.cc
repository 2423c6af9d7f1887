// What one process alone cannot show: another writer of the same journal.
#include "services/fx/rate_recorder.h"

#include <gtest/gtest.h>

#include "tests/fx/memory_journal.h"
#include "tests/fx/small_book.h"

namespace outlay::fx {
namespace {

Rate Krw(std::string_view date, std::string_view value) {
  return MakeRate({.provider = "ecb",
                   .base_currency = "EUR",
                   .quote_currency = "KRW",
                   .fixing_date = std::string(date),
                   .value = std::string(value)},
                  I(SmallBook::kNow))
      .value();
}

class RateRecorderTest : public testing::Test {
 protected:
  RecordCommand Command(std::vector<absl::StatusOr<Rate>> rates, bool atomic = true) {
    return {.request_id = "r",
            .note = {.actor = "tester", .reason = ""},
            .atomic = atomic,
            .rates = std::move(rates)};
  }
  std::string ValueOn(std::string_view date) {
    const auto book = projection_.Book();
    const Reading now{book->sequence(), I(SmallBook::kNow)};
    return book->FindProvider("ecb")->Find("EUR", "KRW")->On(D(date), now)->value.ToString();
  }

  TableCodec codec_;
  MemoryJournal journal_;
  RateProjection projection_{journal_, codec_};
  RateRecorder recorder_{journal_, projection_, codec_};
};

TEST_F(RateRecorderTest, TakesTheNextPlaceWhenAnotherWriterTookThisOne) {
  journal_.before_submit = [&] {
    RateProjection projection(journal_, codec_);
    RateRecorder other(journal_, projection, codec_);
    ASSERT_TRUE(other.Record(Command({Krw("2025-02-07", "1600")})).ok());
  };
  const auto outcome = recorder_.Record(Command({Krw("2025-02-07", "1501.65")}));
  ASSERT_TRUE(outcome.ok()) << outcome.status();
  EXPECT_EQ(outcome->results[0].status, RecordStatus::kRecorded);
  EXPECT_EQ(outcome->results[0].sequence, 2u);
  EXPECT_EQ(outcome->sequence, 2u);
  EXPECT_EQ(ValueOn("2025-02-07"), "1501.65");
  EXPECT_EQ(journal_.request_ids(), (std::vector<std::string>{"r", "r", "r#2"}));
}

TEST_F(RateRecorderTest, IsAReplayWhenAnotherWriterRecordedTheSame) {
  journal_.before_submit = [&] {
    RateProjection projection(journal_, codec_);
    RateRecorder other(journal_, projection, codec_);
    ASSERT_TRUE(other.Record(Command({Krw("2025-02-07", "1501.65")})).ok());
  };
  const auto outcome = recorder_.Record(Command({Krw("2025-02-07", "1501.650")}));
  ASSERT_TRUE(outcome.ok()) << outcome.status();
  EXPECT_EQ(outcome->results[0].status, RecordStatus::kReplayed);
  EXPECT_EQ(journal_.entries().size(), 1u);
}

TEST_F(RateRecorderTest, WhatTheFirstAttemptStoredIsRecordedNotReplayed) {
  journal_.before_submit = [&] {
    RateProjection projection(journal_, codec_);
    RateRecorder other(journal_, projection, codec_);
    ASSERT_TRUE(other.Record(Command({Krw("2025-02-07", "1600")})).ok());
  };
  const auto outcome = recorder_.Record(
      Command({Krw("2025-02-06", "1502.98"), Krw("2025-02-07", "1501.65")}, false));
  ASSERT_TRUE(outcome.ok()) << outcome.status();
  EXPECT_EQ(outcome->results[0].status, RecordStatus::kRecorded);
  EXPECT_EQ(outcome->results[1].status, RecordStatus::kRecorded);
  EXPECT_EQ(journal_.entries().size(), 3u);
}

TEST_F(RateRecorderTest, ChangesOfAKindThatIsNotKnownAreSkipped) {
  journal_.Put("", "newer");
  const auto outcome = recorder_.Record(Command({Krw("2025-02-07", "1501.65")}));
  ASSERT_TRUE(outcome.ok()) << outcome.status();
  EXPECT_EQ(outcome->results[0].sequence, 2u);
  EXPECT_EQ(projection_.Book()->sequence(), 2u);
}

TEST_F(RateRecorderTest, AnEntryThatCannotBeReadIsDataLoss) {
  ASSERT_TRUE(recorder_.Record(Command({Krw("2025-02-07", "1501.65")})).ok());
  journal_.Put("", "rubbish");
  const absl::Status status = projection_.CatchUp();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(ReasonOf(status), "UNREADABLE_CHANGE");
  EXPECT_EQ(MetadataOf(status, "sequence"), "2");
  EXPECT_EQ(projection_.Book()->sequence(), 1u);
}

}  // namespace
}  // namespace outlay::fx
