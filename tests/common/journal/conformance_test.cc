// What every engine promises of what is appended: order, keys, requests, atomic batches, reopening.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <mutex>
#include <numeric>
#include <thread>

#include "services/common/status/error.h"
#include "tests/common/journal/conformance.h"

namespace outlay::journal {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

INSTANTIATE_TEST_SUITE_P(Engines, JournalConformance, testing::ValuesIn(EngineKinds()),
                         [](const auto& kind) { return kind.param.name; });

TEST_P(JournalConformance, StartsEmpty) {
  EXPECT_EQ(journal_->Head(), 0u);
  EXPECT_EQ(ReadAll(*journal_), std::vector<Entry>());
  const absl::StatusOr<std::optional<uint64_t>> sequence = journal_->SequenceAt(kStart);
  ASSERT_TRUE(sequence.ok()) << sequence.status();
  EXPECT_EQ(*sequence, std::nullopt);
}

TEST_P(JournalConformance, NumbersEntriesFromOneWithoutGapsAcrossBatches) {
  const auto first = Append("", {MakeRecord("a", "one"), MakeRecord("b", "two")});
  const auto second = Append("", {MakeRecord("c", "three")});
  EXPECT_EQ(Results(first), (std::vector<RecordResult>{Appended(1), Appended(2)}));
  EXPECT_EQ(Results(second), (std::vector<RecordResult>{Appended(3)}));
  EXPECT_EQ(second->head, 3u);
  EXPECT_FALSE(second->replayed_request);
  EXPECT_EQ(journal_->Head(), 3u);
  EXPECT_EQ(Payloads(), (std::vector<std::string>{"one", "two", "three"}));
}

TEST_P(JournalConformance, ReturnsEntriesAsTheyWereStored) {
  const std::string payload("zero \0 byte, \xff and \n", 20);
  const Record record{.key = std::string("k\0ey", 4), .payload = payload, .fingerprint = ~0ull};
  ASSERT_TRUE(journal_->Append({.records = {record}}).ok());
  const std::vector<Entry> entries = ReadAll(*journal_);
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].key, record.key);
  EXPECT_EQ(entries[0].payload, payload);
  EXPECT_EQ(entries[0].fingerprint, ~0ull);
  EXPECT_EQ(entries[0].recorded_at, kStart);
}

TEST_P(JournalConformance, RecordsWithoutAKeyAreAllStored) {
  EXPECT_EQ(Results(Append("", {MakeRecord("", "x"), MakeRecord("", "x")})),
            (std::vector<RecordResult>{Appended(1), Appended(2)}));
}

TEST_P(JournalConformance, EmptyPayloadsAndBatchesAreFine) {
  EXPECT_EQ(Results(Append("", {MakeRecord("k", "")})), (std::vector<RecordResult>{Appended(1)}));
  EXPECT_EQ(Results(Append("", {})), (std::vector<RecordResult>{}));
  EXPECT_EQ(journal_->Head(), 1u);
}

TEST_P(JournalConformance, SameKeyAndContentIsAReplay) {
  Append("", {MakeRecord("a", "one"), MakeRecord("b", "two")}).IgnoreError();
  EXPECT_EQ(Results(Append("", {MakeRecord("b", "two"), MakeRecord("c", "three")})),
            (std::vector<RecordResult>{Replayed(2), Appended(3)}));
}

TEST_P(JournalConformance, SameKeyOtherContentIsAConflictWithTheHolder) {
  Append("", {MakeRecord("a", "one")}).IgnoreError();
  EXPECT_EQ(Results(Append("", {MakeRecord("a", "other"), MakeRecord("b", "two")})),
            (std::vector<RecordResult>{Conflict(1), Appended(2)}));
  EXPECT_EQ(Payloads(), (std::vector<std::string>{"one", "two"}));
}

TEST_P(JournalConformance, WithinABatchTheFirstOfAKeyWins) {
  EXPECT_EQ(Results(Append("", {MakeRecord("a", "one"), MakeRecord("a", "one"),
                                MakeRecord("a", "two"), MakeRecord("b", "three")})),
            (std::vector<RecordResult>{Appended(1), Replayed(1), Conflict(1), Appended(2)}));
}

TEST_P(JournalConformance, ADryRunSaysWhatWouldBecomeOfEachRecordAndStoresNothing) {
  Append("", {MakeRecord("a", "one")}).IgnoreError();
  Record rejected = MakeRecord("r", "bad");
  rejected.rejection = "why";
  Batch asked = MakeBatch("", {MakeRecord("a", "one"), MakeRecord("a", "other"), rejected,
                               MakeRecord("b", "two"), MakeRecord("b", "three")});
  asked.dry_run = true;
  for (int again = 0; again < 2; ++again) {
    EXPECT_EQ(Results(journal_->Append(asked)),
              (std::vector<RecordResult>{Replayed(1),
                                         Conflict(1),
                                         Rejected("why"),
                                         {Disposition::kNotAttempted, 0, ""},
                                         Conflict(0)}));
  }
  asked.request_id = "request";
  EXPECT_TRUE(journal_->Append(asked).ok());
  const auto stored = Append("request", {MakeRecord("c", "of the same id")});
  ASSERT_TRUE(stored.ok()) << stored.status();
  EXPECT_FALSE(stored->replayed_request);
  EXPECT_EQ(stored->results, (std::vector<RecordResult>{Appended(2)}));
  EXPECT_EQ(Payloads(), (std::vector<std::string>{"one", "of the same id"}));
  EXPECT_EQ(Results(Append("", {MakeRecord("b", "four")})),
            (std::vector<RecordResult>{Appended(3)}));
}

// Of a batch that was sent before and has grown by one record, for instance.
TEST_P(JournalConformance, AFewNewRecordsDoNotKeepTheBytesOfTheirWholeBatchInMemory) {
  std::vector<Record> records;
  for (int i = 0; i < 10; ++i) records.push_back(MakeRecord(fmt::format("k{}", i), "payload"));
  Append("", {records.begin(), records.end() - 1}).IgnoreError();
  std::weak_ptr<const std::string> bytes;
  {
    auto shared = std::make_shared<const std::string>("a payload and words");
    bytes = shared;
    records[9].payload = SharedBytes(std::string_view(*shared).substr(2, 7), shared);
    records[9].erasable = SharedBytes(std::string_view(*shared).substr(14), shared);
  }
  EXPECT_EQ(Append("", std::move(records))->results.back(), Appended(10));
  EXPECT_TRUE(bytes.expired());
  const std::vector<Entry> entries = ReadAll(*journal_);
  EXPECT_EQ(entries.back().key, "k9");
  EXPECT_EQ(entries.back().payload, "payload");
  EXPECT_EQ(entries.back().erasable, "words");
}

TEST_P(JournalConformance, RejectedRecordsAreNotStoredAndClaimNoKey) {
  Record rejected = MakeRecord("a", "bad");
  rejected.rejection = "why";
  EXPECT_EQ(Results(Append("r", {rejected, MakeRecord("a", "good")})),
            (std::vector<RecordResult>{Rejected("why"), Appended(1)}));
  EXPECT_EQ(Payloads(), (std::vector<std::string>{"good"}));
}

TEST_P(JournalConformance, ARequestSeenAgainReturnsTheStoredResultsAndStoresNothing) {
  Append("", {MakeRecord("a", "one")}).IgnoreError();
  const std::vector<Record> records = {MakeRecord("a", "one"),    MakeRecord("a", "other"),
                                       MakeRejection("no sir"),   MakeRecord("b", "two"),
                                       MakeRejection("nor this"), MakeRecord("", "three")};
  const auto first = Append("request", records);
  ASSERT_TRUE(first.ok()) << first.status();
  SetNow(kStart + seconds(5));
  Append("", {MakeRecord("z", "later")}).IgnoreError();

  const auto again = Append("request", records);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->replayed_request);
  EXPECT_EQ(again->results, first->results);
  EXPECT_EQ(again->results,
            (std::vector<RecordResult>{Replayed(1), Conflict(1), Rejected("no sir"), Appended(2),
                                       Rejected("nor this"), Appended(3)}));
  EXPECT_EQ(again->recorded_at, kStart);
  EXPECT_EQ(again->head, 4u);
  EXPECT_EQ(journal_->Head(), 4u);
}

TEST_P(JournalConformance, ARequestIdWithOtherContentIsRefused) {
  Append("request", {MakeRecord("a", "one")}).IgnoreError();
  const auto reused = Append("request", {MakeRecord("b", "two")});
  EXPECT_EQ(reused.status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(ReasonOf(reused.status()), "REQUEST_ID_REUSED");
  EXPECT_EQ(MetadataOf(reused.status(), "request_id"), "request");
  EXPECT_EQ(journal_->Head(), 1u);
}

TEST_P(JournalConformance, ARequestOfRejectionsOnlyIsRememberedToo) {
  const std::vector<RecordResult> rejected = {Rejected("why")};
  EXPECT_EQ(Results(Append("request", {MakeRejection("why")})), rejected);
  Reopen();
  const auto again = Append("request", {MakeRejection("why")});
  EXPECT_EQ(Results(again), rejected);
  EXPECT_TRUE(again->replayed_request);
  EXPECT_EQ(journal_->Head(), 0u);
}

TEST_P(JournalConformance, AnAtomicBatchIsStoredWhenNothingStandsAgainstIt) {
  Append("", {MakeRecord("a", "one")}).IgnoreError();
  Batch batch = MakeBatch("", {MakeRecord("a", "one"), MakeRecord("b", "two")});
  batch.atomic = true;
  EXPECT_EQ(Results(journal_->Append(batch)),
            (std::vector<RecordResult>{Replayed(1), Appended(2)}));
}

TEST_P(JournalConformance, AnAtomicBatchWithAConflictStoresNothing) {
  Append("", {MakeRecord("a", "one")}).IgnoreError();
  Batch batch = MakeBatch("request", {MakeRecord("b", "two"), MakeRecord("a", "other"),
                                      MakeRecord("a", "one"), MakeRecord("c", "three")});
  batch.atomic = true;
  const std::vector<RecordResult> expected = {NotAttempted(), Conflict(1), Replayed(1),
                                              NotAttempted()};
  EXPECT_EQ(Results(journal_->Append(batch)), expected);
  EXPECT_EQ(journal_->Head(), 1u);
  const auto again = journal_->Append(batch);
  EXPECT_EQ(Results(again), expected);
  EXPECT_TRUE(again->replayed_request);
  // What it would have stored claims no key.
  EXPECT_EQ(Results(Append("", {MakeRecord("b", "free")})),
            (std::vector<RecordResult>{Appended(2)}));
}

TEST_P(JournalConformance, AnAtomicBatchWithARejectionStoresNothing) {
  Batch batch = MakeBatch("", {MakeRecord("a", "one"), MakeRecord("a", "one"),
                               MakeRecord("a", "other"), MakeRejection("why")});
  batch.atomic = true;
  EXPECT_EQ(
      Results(journal_->Append(batch)),
      (std::vector<RecordResult>{NotAttempted(), NotAttempted(), Conflict(0), Rejected("why")}));
  EXPECT_EQ(journal_->Head(), 0u);
}

TEST_P(JournalConformance, AGuardedBatchIsStoredOnlyOnWhatItWasDecidedOn) {
  Append("", {MakeRecord("guarded/a", "one"), MakeRecord("other/a", "two")}).IgnoreError();
  Batch batch = MakeBatch("r", {MakeRecord("guarded/b", "three")});
  batch.guards = {{kGuardedPrefix, 0}};
  for (int opened = 0; opened < 2; ++opened) {
    const absl::Status changed = journal_->Append(batch).status();
    EXPECT_EQ(changed.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(ReasonOf(changed), "KEYS_CHANGED");
    EXPECT_EQ(MetadataOf(changed, "sequence"), "1");
    EXPECT_EQ(journal_->Head(), 2u);
    Reopen();
  }
  batch.guards[0].last_sequence = 1;
  EXPECT_EQ(Results(journal_->Append(batch)), (std::vector<RecordResult>{Appended(3)}));
  // A request that is known is answered whatever has changed since.
  EXPECT_EQ(Results(journal_->Append(batch)), (std::vector<RecordResult>{Appended(3)}));
  EXPECT_EQ(Payloads(), (std::vector<std::string>{"one", "two", "three"}));
}

// What stores nothing is held to its guards too.
TEST_P(JournalConformance, ABatchWithAKeyThatIsNotAbsentIsNotAnswered) {
  Append("", {MakeRecord("a/1", "one"), MakeRecord("a/2", "two")}).IgnoreError();
  Batch replay = MakeBatch("r", {MakeRecord("a/1", "one")});
  replay.absent_keys = {"b/1", "a/2"};
  const absl::Status changed = journal_->Append(replay).status();
  EXPECT_EQ(changed.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(changed), "KEYS_CHANGED");
  EXPECT_EQ(MetadataOf(changed, "sequence"), "2");
  replay.absent_keys = {"b/1", "a/3"};
  EXPECT_EQ(Results(journal_->Append(replay)), (std::vector<RecordResult>{Replayed(1)}));
}

TEST_P(JournalConformance, OfTwoBatchesGuardedOnTheSameStateOneIsStored) {
  std::promise<void> release;
  journal_->Submit(MakeBatch("", {MakeRecord("0", "first")}),
                   [&](const auto&) { release.get_future().wait(); });
  std::vector<absl::StatusOr<AppendResult>> answers;
  std::promise<void> both;
  for (const char* key : {"guarded/a", "guarded/b"}) {
    Batch batch = MakeBatch("", {MakeRecord(key, key)});
    batch.guards = {{kGuardedPrefix, 1}};
    journal_->Submit(std::move(batch), [&](absl::StatusOr<AppendResult> result) {
      answers.push_back(std::move(result));
      if (answers.size() == 2) both.set_value();
    });
  }
  release.set_value();
  both.get_future().wait();
  EXPECT_EQ(Results(answers[0]), (std::vector<RecordResult>{Appended(2)}));
  EXPECT_EQ(ReasonOf(answers[1].status()), "KEYS_CHANGED");
  Batch unknown = MakeBatch("", {MakeRecord("x", "x")});
  unknown.guards = {{"unguarded/", 9}};
  EXPECT_EQ(ReasonOf(journal_->Append(unknown).status()), "JOURNAL_OPTION_INVALID");
}

TEST_P(JournalConformance, ReopeningGivesTheSameJournal) {
  for (int i = 0; i < 120; ++i) {
    SetNow(kStart + seconds(i));
    ASSERT_TRUE(Append(fmt::format("request {}", i),
                       {MakeRecord(fmt::format("key {}", i), std::string(i * 7, 'p')),
                        MakeRejection("why")})
                    .ok());
  }
  const std::vector<Entry> before = ReadAll(*journal_);
  ASSERT_EQ(before.size(), 120u);
  Reopen();
  EXPECT_EQ(journal_->Head(), 120u);
  EXPECT_EQ(ReadAll(*journal_), before);
  const auto replay =
      Append("request 7", {MakeRecord("key 7", std::string(49, 'p')), MakeRejection("why")});
  EXPECT_EQ(Results(replay), (std::vector<RecordResult>{Appended(8), Rejected("why")}));
  EXPECT_TRUE(replay->replayed_request);
  EXPECT_EQ(Results(Append("", {MakeRecord("key 9", std::string(63, 'p')),
                                MakeRecord("key 10", "other"), MakeRecord("new", "n")})),
            (std::vector<RecordResult>{Replayed(10), Conflict(11), Appended(121)}));
}

}  // namespace
}  // namespace outlay::journal
