// What one process alone cannot show: another writer of the same journal.
#include "services/fx/rate_recorder.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <utility>

#include "services/common/status/text.h"
#include "tests/fx/small_book.h"

namespace outlay::fx {
namespace {

// Keeps rates by number, so that no wire format is needed.
class TableCodec final : public ChangeCodec {
 public:
  std::string EncodeRate(const Rate& rate, const ChangeNote&) const override {
    const std::string name = std::to_string(rates_.size());
    rates_.emplace(name, rate);
    return name;
  }
  absl::StatusOr<std::optional<Rate>> DecodeRate(std::string_view payload) const override {
    if (payload == "newer") return std::nullopt;
    const auto found = rates_.find(std::string(payload));
    if (found == rates_.end()) return absl::DataLossError("no such rate");
    return std::optional<Rate>(found->second);
  }
  std::string EncodeRefusal(const absl::Status& refusal) const override {
    return std::string(refusal.message());
  }
  absl::Status DecodeRefusal(std::string_view bytes) const override {
    return absl::InvalidArgumentError(ToAbsl(bytes));
  }

 private:
  mutable std::map<std::string, Rate> rates_;
};

// A journal in memory, with what its engines promise as far as the recorder needs it. Before each
// batch another writer may come first.
class MemoryJournal final : public journal::Journal {
 public:
  ~MemoryJournal() override = default;

  std::function<void()> before_submit;

  void Submit(journal::Batch batch, Done done) override {
    if (before_submit) std::exchange(before_submit, nullptr)();
    done(Take(batch));
  }
  absl::StatusOr<std::vector<journal::Entry>> ReadFrom(uint64_t after, size_t, size_t) override {
    return std::vector<journal::Entry>(entries_.begin() + after, entries_.end());
  }
  uint64_t Head() const override { return entries_.size(); }
  absl::StatusOr<std::optional<uint64_t>> SequenceAt(journal::Instant) override { return Head(); }
  journal::Tail& tail() override { return tail_; }
  absl::Status Close() override { return absl::OkStatus(); }

  void Put(const std::string& key, std::string payload) {
    entries_.push_back(
        {.sequence = entries_.size() + 1, .key = key, .payload = std::move(payload)});
  }
  const std::vector<journal::Entry>& entries() const { return entries_; }
  const std::vector<std::string>& request_ids() const { return request_ids_; }

 private:
  journal::AppendResult Take(const journal::Batch& batch) {
    request_ids_.push_back(batch.request_id);
    journal::AppendResult result;
    const std::vector<journal::Entry> before = entries_;
    bool refused = false;
    for (const journal::Record& record : batch.records) {
      result.results.push_back(TakeRecord(record));
      refused |= result.results.back().disposition == journal::Disposition::kConflict;
    }
    if (refused && batch.atomic) {
      entries_ = before;
      for (journal::RecordResult& each : result.results) {
        if (each.disposition == journal::Disposition::kConflict) continue;
        each = {.disposition = journal::Disposition::kNotAttempted};
      }
    }
    result.head = Head();
    return result;
  }

  journal::RecordResult TakeRecord(const journal::Record& record) {
    for (const journal::Entry& entry : entries_) {
      if (entry.key != record.key) continue;
      const bool same = entry.fingerprint == record.fingerprint;
      return {
          .disposition = same ? journal::Disposition::kReplayed : journal::Disposition::kConflict,
          .sequence = entry.sequence};
    }
    entries_.push_back({.sequence = entries_.size() + 1,
                        .key = record.key,
                        .fingerprint = record.fingerprint,
                        .payload = record.payload});
    return {.disposition = journal::Disposition::kAppended, .sequence = entries_.size()};
  }

  std::vector<journal::Entry> entries_;
  std::vector<std::string> request_ids_;
  journal::Tail tail_{0};
};

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
