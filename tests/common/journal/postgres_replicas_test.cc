// Several processes' journals on one database: one order for all, exact keys, nobody starves.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <map>
#include <thread>

#include "services/common/journal/checksum.h"
#include "services/common/status/error.h"
#include "tests/common/journal/conformance.h"

namespace outlay::journal {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class PostgresReplicas : public testing::Test {
 protected:
  void SetUp() override {
    if (const std::string why = WhyNoPostgres(); !why.empty()) GTEST_SKIP() << why;
    schema_.emplace();
  }

  std::unique_ptr<Journal> Open(Clock clock = SystemNow, size_t recent_bytes_max = 16 * 1024) {
    PostgresOptions options = schema_->Options();
    options.clock = std::move(clock);
    options.recent_bytes_max = recent_bytes_max;
    absl::StatusOr<std::unique_ptr<Journal>> journal = OpenPostgresJournal(std::move(options));
    EXPECT_TRUE(journal.ok()) << journal.status();
    return journal.ok() ? *std::move(journal) : nullptr;
  }

  // One that does not look by itself for what others write.
  std::unique_ptr<Journal> OpenStale() {
    PostgresOptions options = schema_->Options();
    options.follow_interval = std::chrono::hours(1);
    options.guarded_prefixes = {kGuardedPrefix};
    absl::StatusOr<std::unique_ptr<Journal>> journal = OpenPostgresJournal(std::move(options));
    EXPECT_TRUE(journal.ok()) << journal.status();
    return journal.ok() ? *std::move(journal) : nullptr;
  }

  std::string Table(const std::string& name) const {
    return fmt::format("\"{}\".{}", schema_->schema(), name);
  }

  std::optional<TemporarySchema> schema_;
};

// Reads on to `end`, as it becomes visible.
std::vector<Entry> FollowTo(Journal& journal, uint64_t end) {
  std::vector<Entry> followed;
  while (followed.size() < end) {
    const auto page = journal.ReadFrom(followed.size(), 7, 2000);
    EXPECT_TRUE(page.ok()) << page.status();
    if (!page.ok()) return followed;
    followed.insert(followed.end(), page->begin(), page->end());
    if (!page->empty()) continue;
    std::promise<Wake> woken;
    const Tail::Handle handle =
        journal.tail().Wait(followed.size(), [&](Wake wake) { woken.set_value(wake); });
    EXPECT_EQ(woken.get_future().get(), Wake::kAdvanced);
    journal.tail().Cancel(handle);
  }
  return followed;
}

// What another program does in plain SQL, transaction by transaction: takes the head row, appends
// an entry of its own, and delays its COMMIT.
void AppendRaw(SqlSession& sql, const std::string& schema, const std::string& payload,
               milliseconds delay) {
  const std::string table = fmt::format("\"{}\"", schema);
  sql.Run("BEGIN");
  const auto column = [&](const std::string& name) {
    return static_cast<uint64_t>(
        std::stoll(sql.Value(fmt::format("SELECT {} FROM {}.head FOR UPDATE", name, table))));
  };
  EntryFields entry{.sequence = column("sequence") + 1,
                    .recorded_at_us = static_cast<int64_t>(column("recorded_at_us")),
                    .payload = payload};
  const auto checksum = static_cast<int64_t>(EntryChecksum(column("entry_checksum"), entry));
  sql.Run(
      fmt::format("INSERT INTO {}.entry(sequence, recorded_at_us, fingerprint, checksum,"
                  " erasable_digest, key, payload, erasable)"
                  " VALUES({}, {}, 0, {}, 0, '', '{}', '')",
                  table, entry.sequence, entry.recorded_at_us, checksum, payload));
  sql.Run(fmt::format("UPDATE {}.head SET sequence = {}, entry_checksum = {}", table,
                      entry.sequence, checksum));
  std::this_thread::sleep_for(delay);
  sql.Run("COMMIT");
}

TEST_F(PostgresReplicas, WritersThatDelayTheirCommitsGiveEveryReaderOneOrderWithoutGaps) {
  constexpr int kReplicas = 3;
  constexpr int kBatches = 40;
  constexpr int kRaw = 25;
  constexpr uint64_t kTotal = kReplicas * kBatches * 2 + kRaw;
  std::vector<std::unique_ptr<Journal>> replicas;
  for (int i = 0; i < kReplicas; ++i) replicas.push_back(Open());
  ASSERT_TRUE(replicas[0]->Append(MakeBatch("", {MakeRecord("first", "first")})).ok());

  std::vector<std::thread> writers;
  std::vector<std::map<uint64_t, std::string>> acknowledged(kReplicas);
  for (int r = 0; r < kReplicas; ++r) {
    writers.emplace_back([&, r] {
      for (int b = 0; b < kBatches; ++b) {
        const std::string name = fmt::format("{}/{}", r, b);
        const auto result = replicas[r]->Append(
            MakeBatch(name, {MakeRecord(name, name), MakeRecord("", name + "+")}));
        ASSERT_TRUE(result.ok()) << result.status();
        acknowledged[r][result->results[0].sequence] = name;
        acknowledged[r][result->results[1].sequence] = name + "+";
        // Reads after the acknowledgement see it.
        EXPECT_GE(replicas[r]->Head(), result->results[1].sequence);
      }
    });
  }
  writers.emplace_back([&] {
    SqlSession sql;
    for (int i = 0; i < kRaw; ++i) {
      AppendRaw(sql, schema_->schema(), fmt::format("raw {}", i), milliseconds(i % 5 * 3));
    }
  });
  std::vector<std::future<std::vector<Entry>>> readers;
  for (int r = 0; r < kReplicas; ++r) {
    readers.push_back(std::async(std::launch::async, FollowTo, std::ref(*replicas[r]), kTotal + 1));
  }
  for (std::thread& writer : writers) writer.join();
  const std::vector<Entry> followed = readers[0].get();
  ASSERT_EQ(followed.size(), kTotal + 1);
  for (size_t i = 0; i < followed.size(); ++i) ASSERT_EQ(followed[i].sequence, i + 1);
  for (int r = 1; r < kReplicas; ++r) EXPECT_EQ(readers[r].get(), followed);
  for (const auto& of_replica : acknowledged) {
    EXPECT_EQ(of_replica.size(), 2u * kBatches);
    for (const auto& [sequence, payload] : of_replica) {
      EXPECT_EQ(followed[sequence - 1].payload, payload);
    }
  }
  EXPECT_EQ(ReadAll(*Open()), followed);
}

TEST_F(PostgresReplicas, OfOneKeyExactlyOneWinsWhoeverWrites) {
  constexpr int kReplicas = 3;
  constexpr int kKeys = 60;
  std::vector<std::unique_ptr<Journal>> replicas;
  for (int i = 0; i < kReplicas; ++i) replicas.push_back(Open());
  std::vector<std::vector<RecordResult>> results(kReplicas);
  std::vector<std::thread> writers;
  for (int r = 0; r < kReplicas; ++r) {
    writers.emplace_back([&, r] {
      for (int k = 0; k < kKeys; ++k) {
        // Two agree, the third has other content.
        const auto result = replicas[r]->Append(
            MakeBatch("", {MakeRecord(fmt::format("key {}", k), r == 2 ? "other" : "same")}));
        ASSERT_TRUE(result.ok()) << result.status();
        results[r].push_back(result->results[0]);
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  const std::vector<Entry> entries = ReadAll(*Open());
  ASSERT_EQ(entries.size(), static_cast<size_t>(kKeys));
  for (int k = 0; k < kKeys; ++k) {
    int appended = 0;
    const uint64_t sequence = results[0][k].sequence;
    for (int r = 0; r < kReplicas; ++r) {
      const RecordResult& result = results[r][k];
      EXPECT_EQ(result.sequence, sequence);
      appended += result.disposition == Disposition::kAppended;
      const bool same = (entries[sequence - 1].payload == "other") == (r == 2);
      if (result.disposition != Disposition::kAppended) {
        EXPECT_EQ(result.disposition, same ? Disposition::kReplayed : Disposition::kConflict);
      }
    }
    EXPECT_EQ(appended, 1) << k;
  }
}

TEST_F(PostgresReplicas, ARequestAnsweredByOneIsReplayedByTheOther) {
  const auto one = Open();
  const auto two = Open();
  const Batch batch = MakeBatch("r", {MakeRecord("a", "one"), MakeRejection("why")});
  const auto first = one->Append(batch);
  const auto again = two->Append(batch);
  EXPECT_EQ(Results(again), Results(first));
  EXPECT_TRUE(again->replayed_request);
  EXPECT_EQ(ReasonOf(two->Append(MakeBatch("r", {MakeRecord("b", "other")})).status()),
            "REQUEST_ID_REUSED");
}

// Nothing is written that would show that others have written.
TEST_F(PostgresReplicas, AnAnswerThatStoresNothingIsDecidedOnWhatOthersHaveStored) {
  const auto one = Open();
  const auto stale = OpenStale();
  ASSERT_TRUE(one->Append(MakeBatch("", {MakeRecord("guarded/a", "one")})).ok());
  ASSERT_TRUE(stale->Refresh().ok());
  ASSERT_TRUE(one->Append(MakeBatch("", {MakeRecord("guarded/b", "two")})).ok());
  Batch replay = MakeBatch("", {MakeRecord("guarded/a", "one")});
  replay.guards = {{kGuardedPrefix, 1}};
  const absl::Status changed = stale->Append(replay).status();
  EXPECT_EQ(ReasonOf(changed), "KEYS_CHANGED") << changed;
  EXPECT_EQ(MetadataOf(changed, "sequence"), "2");
  EXPECT_EQ(stale->Head(), 2u);

  ASSERT_TRUE(one->Append(MakeBatch("", {MakeRecord("guarded/c", "three")})).ok());
  replay.guards.clear();
  replay.absent_keys = {"guarded/c"};
  EXPECT_EQ(ReasonOf(stale->Append(replay).status()), "KEYS_CHANGED");

  ASSERT_TRUE(one->Append(MakeBatch("", {MakeRecord("d", "four")})).ok());
  const auto answer = stale->Append(MakeBatch("", {MakeRejection("why")}));
  EXPECT_EQ(Results(answer), (std::vector<RecordResult>{Rejected("why")}));
  EXPECT_EQ(answer->head, 4u);
}

TEST_F(PostgresReplicas, AWriterThatIsAlwaysOvertakenGetsItsTurn) {
  const auto busy = Open();
  const auto slow = Open();
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    while (!stop) ASSERT_TRUE(busy->Append(MakeBatch("", {MakeRecord("", "busy")})).ok());
  });
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(slow->Append(MakeBatch("", {MakeRecord("", "slow")})).ok());
  }
  stop = true;
  writer.join();
}

TEST_F(PostgresReplicas, TimeNeverGoesBackwardsAcrossClocks) {
  const auto ahead = Open([] { return kStart + seconds(60); });
  const auto behind = Open([] { return kStart; });
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(behind->Append(MakeBatch("", {MakeRecord("", "x")})).ok());
    ASSERT_TRUE(ahead->Append(MakeBatch("", {MakeRecord("", "y")})).ok());
  }
  std::vector<Instant> recorded;
  for (const Entry& entry : ReadAll(*Open())) recorded.push_back(entry.recorded_at);
  std::vector<Instant> expected(6, kStart + seconds(60));
  expected[0] = kStart;
  EXPECT_EQ(recorded, expected);
}

TEST_F(PostgresReplicas, ErasedWordsLeaveTheOthersMemories) {
  for (const size_t recent_bytes_max : {size_t{1} << 20, size_t{0}}) {
    schema_.emplace();
    const auto one = Open(SystemNow, recent_bytes_max);
    const auto two = Open(SystemNow, recent_bytes_max);
    Record quoting = MakeRecord("a", "one");
    quoting.erasable = "these are the words";
    ASSERT_TRUE(one->Append(MakeBatch("", {quoting})).ok());
    EXPECT_EQ(FollowTo(*two, 1)[0].erasable, quoting.erasable);
    Record erasing = MakeRecord("b", "erasure");
    erasing.erases = {1};
    ASSERT_TRUE(one->Append(MakeBatch("", {erasing})).ok());
    FollowTo(*two, 2);
    // The words go right after the entry that erases them has become visible.
    std::vector<Entry> entries = ReadAll(*two);
    while (!entries[0].erased) entries = ReadAll(*two);
    EXPECT_EQ(entries[0].erasable, "");
    EXPECT_EQ(entries, ReadAll(*one));
    EXPECT_EQ(SqlSession().Value("SELECT position('words'::bytea IN erasable) FROM " +
                                 Table("entry") + " WHERE sequence = 1"),
              "0");
  }
}

// The server ends a transaction whose client says nothing more: the engine asks it to, as this
// session does.
TEST_F(PostgresReplicas, AProcessThatStopsWithTheHeadInHandStopsTheOthersOnlyForATime) {
  const auto journal = Open();
  SqlSession stopped;
  stopped.Run("SET idle_in_transaction_session_timeout TO 300");
  stopped.Run("BEGIN");
  stopped.Run("SELECT id FROM " + Table("head") + " FOR UPDATE");
  EXPECT_TRUE(journal->Append(MakeBatch("", {MakeRecord("", "x")})).ok());
}

TEST_F(PostgresReplicas, ADatabaseThatWentBackIsDataLoss) {
  const auto journal = Open();
  ASSERT_TRUE(journal->Append(MakeBatch("", {MakeRecord("a", "one")})).ok());
  SqlSession sql;
  const std::string before =
      sql.Value("SELECT sequence || ',' || entry_checksum FROM " + Table("head"));
  ASSERT_TRUE(journal->Append(MakeBatch("", {MakeRecord("b", "two")})).ok());
  sql.Run("DELETE FROM " + Table("entry") + " WHERE sequence = 2");
  sql.Run(fmt::format("UPDATE {} SET (sequence, entry_checksum) = ROW({})", Table("head"), before));
  const absl::Status status = journal->Append(MakeBatch("", {MakeRecord("c", "three")})).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(ReasonOf(status), "JOURNAL_DAMAGED");
  EXPECT_EQ(MetadataOf(status, "sequence"), "2");
  EXPECT_EQ(journal->Append(MakeBatch("", {})).status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace outlay::journal
