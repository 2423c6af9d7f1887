// What every engine promises of reading and of time, limits, following and concurrency.
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

TEST_P(JournalConformance, ReadsPagesWithinTheBounds) {
  std::vector<Record> records;
  for (int i = 0; i < 10; ++i) records.push_back(MakeRecord(fmt::format("k{}", i), "12345678"));
  ASSERT_TRUE(Append("", records).ok());  // 10 bytes each: key and payload
  const auto sequences = [&](uint64_t after, size_t entries_max, size_t bytes_max) {
    std::vector<uint64_t> read;
    const auto page = journal_->ReadFrom(after, entries_max, bytes_max);
    EXPECT_TRUE(page.ok()) << page.status();
    for (const Entry& entry : *page) read.push_back(entry.sequence);
    return read;
  };
  EXPECT_EQ(sequences(0, 3, 1000), (std::vector<uint64_t>{1, 2, 3}));
  EXPECT_EQ(sequences(3, 100, 30), (std::vector<uint64_t>{4, 5, 6}));
  EXPECT_EQ(sequences(3, 100, 29), (std::vector<uint64_t>{4, 5}));
  EXPECT_EQ(sequences(8, 100, 1000), (std::vector<uint64_t>{9, 10}));
  EXPECT_EQ(sequences(4, 100, 1), (std::vector<uint64_t>{5}));  // at least one
  EXPECT_EQ(sequences(4, 0, 0), (std::vector<uint64_t>{5}));
  EXPECT_EQ(sequences(10, 100, 1000), (std::vector<uint64_t>{}));
}

TEST_P(JournalConformance, ReadingBeyondTheHeadIsAnError) {
  ASSERT_TRUE(Append("", {MakeRecord("a", "one")}).ok());
  const auto page = journal_->ReadFrom(2, 1, 1);
  EXPECT_EQ(page.status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(ReasonOf(page.status()), "SEQUENCE_BEYOND_HEAD");
}

TEST_P(JournalConformance, TimeNeverGoesBackwardsInSequenceOrder) {
  SetNow(kStart + seconds(10));
  Append("", {MakeRecord("a", "one")}).IgnoreError();
  SetNow(kStart);
  EXPECT_EQ(Append("", {MakeRecord("b", "two")})->recorded_at, kStart + seconds(10));
  Reopen();
  EXPECT_EQ(Append("", {MakeRecord("c", "three")})->recorded_at, kStart + seconds(10));
  SetNow(kStart + seconds(11));
  EXPECT_EQ(Append("", {MakeRecord("d", "four")})->recorded_at, kStart + seconds(11));
  std::vector<Instant> recorded;
  for (const Entry& entry : ReadAll(*journal_)) recorded.push_back(entry.recorded_at);
  EXPECT_EQ(recorded, (std::vector<Instant>{kStart + seconds(10), kStart + seconds(10),
                                            kStart + seconds(10), kStart + seconds(11)}));
}

TEST_P(JournalConformance, FindsTheSequenceAtAnInstant) {
  for (int i = 1; i <= 5; ++i) {
    SetNow(kStart + seconds(10 * i));
    ASSERT_TRUE(Append("", {MakeRecord("", "x"), MakeRecord("", "y")}).ok());
  }
  const auto at = [&](Instant instant) {
    const auto sequence = journal_->SequenceAt(instant);
    EXPECT_TRUE(sequence.ok()) << sequence.status();
    return *sequence;
  };
  EXPECT_EQ(at(kStart), std::nullopt);
  EXPECT_EQ(at(kStart + seconds(10) - microseconds(1)), std::nullopt);
  EXPECT_EQ(at(kStart + seconds(10)), 2u);
  EXPECT_EQ(at(kStart + seconds(29)), 4u);
  EXPECT_EQ(at(kStart + seconds(30)), 6u);
  EXPECT_EQ(at(kStart + seconds(50)), 10u);
  EXPECT_EQ(at(kStart + seconds(5000)), 10u);
}

TEST_P(JournalConformance, RefusesWhatExceedsTheLimits) {
  limits_ = {.request_id_bytes_max = 4,
             .key_bytes_max = 3,
             .records_per_batch_max = 2,
             .record_bytes_max = 10,
             .batch_bytes_max = 148};  // two records cost 128 in themselves
  Reopen();
  const auto refusal = [&](const Batch& batch) {
    const absl::Status status = journal_->Append(batch).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
    EXPECT_EQ(ReasonOf(status), "JOURNAL_LIMIT_EXCEEDED");
    const ErrorDetail detail = GetErrorDetail(status);
    return detail.violations.empty() ? "" : detail.violations[0].field;
  };
  const Record fits = MakeRecord("abc", "1234567");
  EXPECT_EQ(refusal({.request_id = "12345"}), "request_id");
  EXPECT_EQ(refusal({.records = {{}, {}, {}}}), "records");
  EXPECT_EQ(refusal({.records = {fits, MakeRecord("abcd", "")}}), "records[1].key");
  EXPECT_EQ(refusal({.records = {MakeRecord("abc", "12345678")}}), "records[0].payload");
  EXPECT_EQ(refusal({.request_id = "1", .records = {fits, MakeRecord("x", "123456789")}}),
            "records");
  EXPECT_EQ(Results(journal_->Append({.records = {fits, MakeRecord("x", "123456789")}})),
            (std::vector<RecordResult>{Appended(1), Appended(2)}));
}

TEST_P(JournalConformance, AFullQueuePushesBackAndRecovers) {
  limits_.batch_bytes_max = 1000;
  limits_.queue_bytes_max = 1000;
  limits_.queue_full_retry_after_ms = 70;
  Reopen();
  std::promise<void> started;
  std::promise<void> release;
  journal_->Submit(MakeBatch("", {MakeRecord("a", std::string(300, 'x'))}), [&](auto) {
    started.set_value();
    release.get_future().wait();  // holds the commit thread
  });
  started.get_future().wait();
  std::promise<absl::Status> second;
  journal_->Submit(MakeBatch("", {MakeRecord("b", std::string(300, 'x'))}),
                   [&](const auto& result) { second.set_value(result.status()); });
  const auto refused = Append("", {MakeRecord("c", std::string(300, 'x'))});
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(refused.status()), "JOURNAL_QUEUE_FULL");
  EXPECT_EQ(GetErrorDetail(refused.status()).retry_after_ms, 70);
  release.set_value();
  EXPECT_TRUE(second.get_future().get().ok());
  absl::Status retried = absl::UnknownError("not tried");
  while (!retried.ok()) {
    retried = Append("", {MakeRecord("c", std::string(300, 'x'))}).status();
  }
  EXPECT_EQ(journal_->Head(), 3u);
}

TEST_P(JournalConformance, BatchesQueuedTogetherKeepTheirOrderAndSeeEachOther) {
  std::promise<void> release;
  journal_->Submit(MakeBatch("", {MakeRecord("0", "first")}),
                   [&](const auto&) { release.get_future().wait(); });
  std::vector<absl::StatusOr<AppendResult>> answers;
  std::promise<void> all;
  const auto note = [&](absl::StatusOr<AppendResult> result) {
    answers.push_back(std::move(result));
    if (answers.size() == 5) all.set_value();
  };
  journal_->Submit(MakeBatch("r", {MakeRecord("a", "one")}), note);
  journal_->Submit(MakeBatch("", {MakeRecord("a", "one"), MakeRecord("b", "two")}), note);
  journal_->Submit(MakeBatch("", {MakeRecord("b", "other")}), note);
  journal_->Submit(MakeBatch("r", {MakeRecord("a", "one")}), note);
  journal_->Submit(MakeBatch("r", {MakeRecord("x", "reused")}), note);
  release.set_value();
  all.get_future().wait();
  EXPECT_EQ(Results(answers[0]), (std::vector<RecordResult>{Appended(2)}));
  EXPECT_EQ(Results(answers[1]), (std::vector<RecordResult>{Replayed(2), Appended(3)}));
  EXPECT_EQ(Results(answers[2]), (std::vector<RecordResult>{Conflict(3)}));
  EXPECT_EQ(Results(answers[3]), (std::vector<RecordResult>{Appended(2)}));
  EXPECT_TRUE(answers[3]->replayed_request);
  EXPECT_EQ(ReasonOf(answers[4].status()), "REQUEST_ID_REUSED");
  EXPECT_EQ(journal_->Head(), 3u);
}

TEST_P(JournalConformance, ManyWritersAndReadersSeeOneOrderWithoutGapsOrDuplicates) {
  constexpr int kWriters = 4;
  constexpr int kBatches = 60;
  constexpr int kRecords = 3;
  constexpr uint64_t kTotal = kWriters * kBatches * kRecords;
  std::vector<std::vector<std::pair<uint64_t, std::string>>> acknowledged(kWriters);
  std::atomic<bool> visible_at_acknowledgement = true;
  std::vector<std::thread> threads;
  for (int w = 0; w < kWriters; ++w) {
    threads.emplace_back([&, w] {
      for (int b = 0; b < kBatches; ++b) {
        std::vector<Record> records;
        for (int r = 0; r < kRecords; ++r) {
          const std::string name = fmt::format("{}/{}/{}", w, b, r);
          records.push_back(MakeRecord(name, name));
        }
        const auto result = Append(fmt::format("{}/{}", w, b), records);
        for (int r = 0; r < kRecords; ++r) {
          acknowledged[w].emplace_back(result->results[r].sequence, records[r].payload);
        }
        if (journal_->Head() < acknowledged[w].back().first) visible_at_acknowledgement = false;
      }
    });
  }
  std::vector<Entry> followed;
  threads.emplace_back([&] {
    while (followed.size() < kTotal) {
      const auto page = journal_->ReadFrom(followed.size(), 7, 1000);
      ASSERT_TRUE(page.ok()) << page.status();
      followed.insert(followed.end(), page->begin(), page->end());
      if (page->empty()) std::this_thread::yield();
    }
  });
  for (std::thread& thread : threads) thread.join();

  EXPECT_TRUE(visible_at_acknowledgement);
  ASSERT_EQ(journal_->Head(), kTotal);
  EXPECT_EQ(ReadAll(*journal_), followed);
  for (const auto& of_writer : acknowledged) {
    EXPECT_TRUE(std::is_sorted(of_writer.begin(), of_writer.end()));
    for (const auto& [sequence, payload] : of_writer) {
      EXPECT_EQ(followed[sequence - 1].payload, payload);
    }
  }
}

TEST_P(JournalConformance, AcknowledgementsComeInCommitOrder) {
  std::mutex mutex;
  std::vector<uint64_t> order;
  std::vector<std::thread> writers;
  for (int w = 0; w < 3; ++w) {
    writers.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        journal_->Submit(MakeBatch("", {MakeRecord("", "x")}), [&](const auto& result) {
          std::lock_guard lock(mutex);
          order.push_back(result->results[0].sequence);
        });
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  ASSERT_TRUE(journal_->Close().ok());  // commits what is queued
  std::vector<uint64_t> expected(150);
  std::iota(expected.begin(), expected.end(), 1);
  EXPECT_EQ(order, expected);
}

TEST_P(JournalConformance, TheTailWakesAFollowerThatThenReadsWhatIsNew) {
  std::promise<Wake> woken;
  const Tail::Handle handle = journal_->tail().Wait(0, [&](Wake wake) { woken.set_value(wake); });
  ASSERT_TRUE(Append("", {MakeRecord("a", "one")}).ok());
  EXPECT_EQ(woken.get_future().get(), Wake::kAdvanced);
  EXPECT_EQ(Payloads(), (std::vector<std::string>{"one"}));
  journal_->tail().Cancel(handle);
}

TEST_P(JournalConformance, AReopenedJournalsTailStartsAtItsHead) {
  ASSERT_TRUE(Append("", {MakeRecord("a", "one")}).ok());
  Reopen();
  std::promise<Wake> woken;
  (void)journal_->tail().Wait(0, [&](Wake wake) { woken.set_value(wake); });
  EXPECT_EQ(woken.get_future().get(), Wake::kAdvanced);
}

TEST_P(JournalConformance, CloseCommitsWhatIsQueuedAndRefusesTheRest) {
  std::atomic<int> committed = 0;
  for (int i = 0; i < 40; ++i) {
    journal_->Submit(MakeBatch("", {MakeRecord("", "x")}),
                     [&](const auto& result) { committed += result.ok(); });
  }
  std::promise<Wake> woken;
  (void)journal_->tail().Wait(40, [&](Wake wake) { woken.set_value(wake); });
  EXPECT_TRUE(journal_->Close().ok());
  EXPECT_EQ(committed, 40);
  EXPECT_EQ(woken.get_future().get(), Wake::kClosed);
  EXPECT_EQ(journal_->Head(), 40u);
  EXPECT_EQ(ReasonOf(Append("", {MakeRecord("", "x")}).status()), "JOURNAL_CLOSED");
  EXPECT_EQ(ReasonOf(journal_->ReadFrom(0, 1, 1).status()), "JOURNAL_CLOSED");
  EXPECT_EQ(ReasonOf(journal_->SequenceAt(kStart).status()), "JOURNAL_CLOSED");
  EXPECT_TRUE(journal_->Close().ok());
}

TEST_P(JournalConformance, ChecksumsIdentifyTheHistory) {
  Append("", {MakeRecord("a", "one"), MakeRecord("b", "two")}).IgnoreError();
  const std::unique_ptr<Engine> other_engine = GetParam().make();
  const auto other = other_engine->Open(limits_, [] { return kStart; });
  ASSERT_TRUE(other.ok());
  ASSERT_TRUE((*other)->Append(MakeBatch("", {MakeRecord("a", "one")})).ok());
  ASSERT_TRUE((*other)->Append(MakeBatch("", {MakeRecord("b", "TWO")})).ok());
  const std::vector<Entry> ours = ReadAll(*journal_);
  const std::vector<Entry> theirs = ReadAll(**other);
  EXPECT_EQ(ours[0].checksum, theirs[0].checksum);
  EXPECT_NE(ours[1].checksum, theirs[1].checksum);
}

}  // namespace
}  // namespace outlay::journal
