// The PostgreSQL engine while connections, transactions and servers fail.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <set>
#include <thread>

#include "services/common/status/error.h"
#include "tests/common/journal/conformance.h"
#include "tests/common/journal/postgres_proxy.h"

namespace outlay::journal {
namespace {

using std::chrono::milliseconds;
using Cut = PostgresProxy::Cut;

class PostgresFailures : public testing::Test {
 protected:
  void SetUp() override {
    if (const std::string why = WhyNoPostgres(); !why.empty()) GTEST_SKIP() << why;
    schema_.emplace();
    proxy_.emplace(PostgresUrl());
  }

  std::unique_ptr<Journal> Open(const std::string& url) { return Open(url, milliseconds(10'000)); }
  std::unique_ptr<Journal> Open(const std::string& url, milliseconds retry_for) {
    PostgresOptions options = schema_->Options();
    options.url = url;
    options.retry_for = retry_for;
    // Two writers with the same clock and the same records make rows that differ in nothing.
    options.clock = [] { return kStart; };
    absl::StatusOr<std::unique_ptr<Journal>> journal = OpenPostgresJournal(std::move(options));
    EXPECT_TRUE(journal.ok()) << journal.status();
    return journal.ok() ? *std::move(journal) : nullptr;
  }

  std::string Table(const std::string& name) const {
    return fmt::format("\"{}\".{}", schema_->schema(), name);
  }

  // The next `count` inserts of entries fail with this SQLSTATE: at once, or at their COMMIT.
  void FailInserts(const std::string& sqlstate, int count, bool at_commit) {
    SqlSession sql;
    const std::string name = fmt::format("\"{}\"", schema_->schema());
    sql.Run(fmt::format("CREATE SEQUENCE {}.failures", name));
    sql.Run(
        fmt::format("CREATE FUNCTION {0}.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                    " IF nextval('{0}.failures') <= {1} THEN RAISE EXCEPTION 'on purpose'"
                    " USING ERRCODE = '{2}'; END IF; RETURN NULL; END $$",
                    name, count, sqlstate));
    sql.Run(
        fmt::format("CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON {0}.entry {1}"
                    " FOR EACH ROW EXECUTE FUNCTION {0}.fail()",
                    name, at_commit ? "DEFERRABLE INITIALLY DEFERRED" : ""));
  }

  std::optional<TemporarySchema> schema_;
  std::optional<PostgresProxy> proxy_;
};

// Records without a key: nothing but the engine's own care keeps them from being stored twice.
Batch Keyless(const std::string& payload) { return MakeBatch("", {MakeRecord("", payload)}); }

std::vector<std::string> Payloads(Journal& journal) {
  std::vector<std::string> payloads;
  for (const Entry& entry : ReadAll(journal)) payloads.push_back(entry.payload.str());
  return payloads;
}

using Texts = std::vector<std::string>;

TEST_F(PostgresFailures, ACommitWhoseAnswerIsLostCountsOnce) {
  const auto journal = Open(proxy_->url());
  ASSERT_TRUE(journal->Append(Keyless("one")).ok());
  proxy_->CutNext(Cut::kAfterCommit);
  EXPECT_EQ(Results(journal->Append(Keyless("two"))), (std::vector<RecordResult>{Appended(2)}));
  proxy_->WaitForCut();
  EXPECT_EQ(Results(journal->Append(Keyless("three"))), (std::vector<RecordResult>{Appended(3)}));
  EXPECT_EQ(Payloads(*journal), (Texts{"one", "two", "three"}));
  EXPECT_EQ(SqlSession().Value("SELECT count(*) FROM " + Table("entry")), "3");
}

TEST_F(PostgresFailures, ARequestOfRejectionsWhoseAnswerIsLostCountsOnce) {
  const auto journal = Open(proxy_->url());
  proxy_->CutNext(Cut::kAfterCommit);
  const auto result = journal->Append(MakeBatch("r", {MakeRejection("why")}));
  EXPECT_EQ(Results(result), (std::vector<RecordResult>{Rejected("why")}));
  EXPECT_FALSE(result->replayed_request);
  EXPECT_EQ(SqlSession().Value("SELECT count(*) FROM " + Table("request")), "1");
}

// A group's mark is on its first entry and on its first request.
TEST_F(PostgresFailures, ARequestWithEntriesWhoseAnswerIsLostCountsOnce) {
  const auto journal = Open(proxy_->url());
  proxy_->CutNext(Cut::kAfterCommit);
  const auto result =
      journal->Append(MakeBatch("r", {MakeRecord("", "one"), MakeRejection("why")}));
  EXPECT_EQ(Results(result), (std::vector<RecordResult>{Appended(1), Rejected("why")}));
  EXPECT_EQ(Payloads(*journal), (Texts{"one"}));
}

// What was read of the lost group before the second connection failed is not read again.
TEST_F(PostgresFailures, AnAnswerThatIsLostAndAgainWhileItIsLookedForCountsOnce) {
  const auto journal = Open(proxy_->url());
  proxy_->CutNext(Cut::kAfterCommit, Cut::kBeforeRequests);
  const auto result = journal->Append(MakeBatch("r", {MakeRecord("", "one")}));
  EXPECT_EQ(Results(result), (std::vector<RecordResult>{Appended(1)}));
  EXPECT_FALSE(result->replayed_request);
  EXPECT_EQ(Payloads(*journal), (Texts{"one"}));
  EXPECT_EQ(SqlSession().Value("SELECT count(*) FROM " + Table("entry")), "1");
}

TEST_F(PostgresFailures, AGroupThatLosesItsConnectionBeforeItsCommitIsStoredOnce) {
  const auto journal = Open(proxy_->url());
  proxy_->CutNext(Cut::kBeforeCommit);
  EXPECT_EQ(Results(journal->Append(Keyless("one"))), (std::vector<RecordResult>{Appended(1)}));
  proxy_->WaitForCut();
  EXPECT_EQ(SqlSession().Value("SELECT count(*) FROM " + Table("entry")), "1");
}

// The server still works on the first attempt, with the head row in hand, when the second comes.
TEST_F(PostgresFailures, ACommitThatArrivesAfterTheConnectionWasLostCountsOnce) {
  const auto journal = Open(proxy_->url());
  proxy_->CutNext(Cut::kHoldCommit);
  auto result = std::async([&] { return journal->Append(Keyless("one")); });
  proxy_->WaitForCut();
  std::this_thread::sleep_for(milliseconds(100));  // the second attempt may get to the head row
  proxy_->Release();
  EXPECT_EQ(Results(result.get()), (std::vector<RecordResult>{Appended(1)}));
  EXPECT_EQ(Results(journal->Append(Keyless("two"))), (std::vector<RecordResult>{Appended(2)}));
  EXPECT_EQ(Payloads(*journal), (Texts{"one", "two"}));
}

TEST_F(PostgresFailures, AGroupThatArrivesAfterItWasTriedAgainStoresNothing) {
  const auto journal = Open(proxy_->url());
  proxy_->CutNext(Cut::kHoldGroup);
  EXPECT_EQ(Results(journal->Append(Keyless("one"))), (std::vector<RecordResult>{Appended(1)}));
  proxy_->WaitForCut();
  proxy_->Release();
  proxy_->WaitForHeld();
  EXPECT_EQ(Results(journal->Append(Keyless("two"))), (std::vector<RecordResult>{Appended(2)}));
  EXPECT_EQ(Payloads(*journal), (Texts{"one", "two"}));
  EXPECT_EQ(SqlSession().Value("SELECT count(*) FROM " + Table("entry")), "2");
}

// Another process stores a row that differs in nothing: it is not taken for ours.
TEST_F(PostgresFailures, AnothersEqualRecordIsNotTakenForTheLostOne) {
  const auto ours = Open(proxy_->url());
  const auto theirs = Open(PostgresUrl());
  proxy_->CutNext(Cut::kHoldGroup);
  auto result = std::async([&] { return ours->Append(Keyless("same")); });
  proxy_->WaitForCut();
  const auto other = theirs->Append(Keyless("same"));
  ASSERT_TRUE(result.get().ok());
  ASSERT_TRUE(other.ok());
  proxy_->Release();
  proxy_->WaitForHeld();
  EXPECT_EQ(SqlSession().Value("SELECT count(*) FROM " + Table("entry")), "2");
}

TEST_F(PostgresFailures, SerializationFailuresAreTriedAgain) {
  for (const bool at_commit : {false, true}) {
    schema_.emplace();
    const auto journal = Open(PostgresUrl());
    FailInserts("40001", 3, at_commit);
    EXPECT_EQ(Results(journal->Append(Keyless("one"))), (std::vector<RecordResult>{Appended(1)}));
    EXPECT_EQ(SqlSession().Value(
                  fmt::format("SELECT last_value FROM \"{}\".failures", schema_->schema())),
              "4");
  }
}

TEST_F(PostgresFailures, DeadlocksAreTriedAgainForABoundedTime) {
  const auto journal = Open(PostgresUrl(), milliseconds(200));
  FailInserts("40P01", 1'000'000, false);
  const absl::Status status = journal->Append(Keyless("one")).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), "STORAGE_UNAVAILABLE");
  SqlSession().Run("DROP TRIGGER fail ON " + Table("entry"));
  EXPECT_EQ(Results(journal->Append(Keyless("one"))), (std::vector<RecordResult>{Appended(1)}));
}

TEST_F(PostgresFailures, AFullDiskIsSaidAtOnceAndRecoveredFrom) {
  const auto journal = Open(PostgresUrl());
  FailInserts("53100", 1, false);
  const absl::Status status = journal->Append(Keyless("one")).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(status), "STORAGE_FULL");
  EXPECT_EQ(Results(journal->Append(Keyless("two"))), (std::vector<RecordResult>{Appended(1)}));
}

TEST_F(PostgresFailures, TerminatedBackendsUnderLoadLoseAndRepeatNothing) {
  constexpr int kWriters = 3;
  const auto journal = Open(PostgresUrl());
  std::atomic<bool> stop = false;
  size_t killed = 0;
  std::thread killer([&] {
    SqlSession sql;
    while (!stop || killed == 0) {
      killed += sql.Run(fmt::format("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                    " WHERE application_name = 'outlay' AND query LIKE '%{}%'",
                                    schema_->schema()))
                    .size();
      std::this_thread::sleep_for(milliseconds(7));
    }
  });
  std::vector<std::vector<std::pair<uint64_t, std::string>>> acknowledged(kWriters);
  std::vector<std::thread> writers;
  for (int w = 0; w < kWriters; ++w) {
    writers.emplace_back([&, w] {
      for (int i = 0; i < 60; ++i) {
        const std::string payload = fmt::format("{}/{}", w, i);
        const auto result = journal->Append(Keyless(payload));
        ASSERT_TRUE(result.ok()) << result.status();
        acknowledged[w].emplace_back(result->results[0].sequence, payload);
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  stop = true;
  killer.join();
  const Texts payloads = Payloads(*journal);
  EXPECT_EQ(payloads.size(), 60u * kWriters);
  for (const auto& of_writer : acknowledged) {
    for (const auto& [sequence, payload] : of_writer) EXPECT_EQ(payloads[sequence - 1], payload);
  }
}

// Every restart as if the power had failed. What was answered UNAVAILABLE may have been stored.
TEST_F(PostgresFailures, RestartsUnderLoadLoseAndRepeatNothing) {
  PrivateCluster cluster;
  PostgresOptions options = schema_->Options();
  options.url = cluster.url();
  options.retry_for = milliseconds(30'000);
  const auto journal = OpenPostgresJournal(options);
  ASSERT_TRUE(journal.ok()) << journal.status();
  std::atomic<bool> stop = false;
  std::vector<std::pair<uint64_t, std::string>> acknowledged;
  std::thread writer([&] {
    for (int i = 0; !stop; ++i) {
      const auto result = (*journal)->Append(Keyless(std::to_string(i)));
      ASSERT_TRUE(result.ok()) << result.status();
      acknowledged.emplace_back(result->results[0].sequence, std::to_string(i));
    }
  });
  for (const char* mode : {"immediate", "fast", "immediate"}) {
    std::this_thread::sleep_for(milliseconds(150));
    cluster.Restart(mode);
  }
  std::this_thread::sleep_for(milliseconds(100));
  stop = true;
  writer.join();
  const auto reopened = OpenPostgresJournal(options);
  ASSERT_TRUE(reopened.ok()) << reopened.status();
  const Texts payloads = Payloads(**reopened);
  ASSERT_EQ(payloads.size(), acknowledged.size());
  for (const auto& [sequence, payload] : acknowledged) EXPECT_EQ(payloads[sequence - 1], payload);
}

// The bounds are far from what they tell apart.
TEST_F(PostgresFailures, AGroupThatWaitedBehindAnotherIsNotTriedForAnotherTerm) {
  PrivateCluster cluster;
  PostgresOptions options = schema_->Options();
  options.url = cluster.url();
  options.retry_for = milliseconds(4'000);
  const auto journal = OpenPostgresJournal(options);
  ASSERT_TRUE(journal.ok()) << journal.status();
  cluster.Stop("immediate");
  auto first = std::async([&] { return (*journal)->Append(Keyless("first")); });
  std::this_thread::sleep_for(milliseconds(200));  // it is under way
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(ReasonOf((*journal)->Append(Keyless("second")).status()), "STORAGE_UNAVAILABLE");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(6'000));
  EXPECT_EQ(ReasonOf(first.get().status()), "STORAGE_UNAVAILABLE");
}

TEST_F(PostgresFailures, NobodyWaitsBehindAGroupWhoseServerIsAway) {
  constexpr std::chrono::seconds kLong{300};
  constexpr std::chrono::seconds kPrompt{30};
  PrivateCluster cluster;
  PostgresOptions options = schema_->Options();
  options.url = cluster.url();
  options.retry_for = kLong;
  options.follow_interval = kLong;
  std::atomic<int> reported = 0;
  std::atomic<int> back = 0;
  options.on_background_error = [&](const absl::Status& status) {
    EXPECT_NE(status.message().find("postgresql://"), std::string::npos) << status;
    ++reported;
  };
  options.on_store_back = [&] { ++back; };
  const auto journal = OpenPostgresJournal(options);
  ASSERT_TRUE(journal.ok()) << journal.status();
  EXPECT_TRUE((*journal)->Reach().ok());
  cluster.Stop("immediate");
  auto waiting = std::async([&] { return (*journal)->Append(Keyless("one")); });
  std::this_thread::sleep_for(milliseconds(200));  // it is under way
  auto refreshed = std::async([&] { return (*journal)->Refresh().status(); });
  ASSERT_EQ(refreshed.wait_for(kPrompt), std::future_status::ready);
  const absl::Status away = refreshed.get();
  EXPECT_EQ(ReasonOf(away), "STORAGE_UNAVAILABLE") << away;
  EXPECT_EQ(away.message().find("postgresql://"), std::string::npos) << away;
  EXPECT_EQ(ReasonOf((*journal)->Reach()), "STORAGE_UNAVAILABLE");
  cluster.Start();
  EXPECT_TRUE(waiting.get().ok());
  EXPECT_TRUE((*journal)->Reach().ok());

  cluster.Stop("immediate");
  auto ended = std::async([&] { return (*journal)->Append(Keyless("two")).status(); });
  std::this_thread::sleep_for(milliseconds(200));  // it is under way
  (*journal)->PrepareToClose();
  ASSERT_EQ(ended.wait_for(kPrompt), std::future_status::ready);
  EXPECT_EQ(ReasonOf(ended.get()), "STORAGE_UNAVAILABLE");
  EXPECT_EQ(reported, 1);
  cluster.Start();
  EXPECT_TRUE((*journal)->Reach().ok());
  EXPECT_EQ(back, 1);
}

TEST_F(PostgresFailures, WhileTheServerIsAwayMemoryAnswersAndFollowingResumes) {
  PrivateCluster cluster;
  PostgresOptions options = schema_->Options();
  options.url = cluster.url();
  options.retry_for = milliseconds(100);
  std::atomic<int> reported = 0;
  options.on_background_error = [&](const absl::Status& status) {
    EXPECT_EQ(ReasonOf(status), "STORAGE_UNAVAILABLE") << status;
    ++reported;
  };
  const auto journal = OpenPostgresJournal(options);
  ASSERT_TRUE(journal.ok()) << journal.status();
  ASSERT_TRUE((*journal)->Append(Keyless("one")).ok());
  cluster.Stop("immediate");
  const absl::Status away = (*journal)->Append(Keyless("lost")).status();
  EXPECT_EQ(away.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(away), "STORAGE_UNAVAILABLE");
  EXPECT_EQ(Payloads(**journal), (Texts{"one"}));
  cluster.Start();
  std::promise<Wake> woken;
  const Tail::Handle handle = (*journal)->tail().Wait(1, [&](Wake wake) { woken.set_value(wake); });
  PostgresOptions other = options;
  other.on_background_error = nullptr;
  const auto writer = OpenPostgresJournal(other);
  ASSERT_TRUE(writer.ok()) << writer.status();
  ASSERT_TRUE((*writer)->Append(Keyless("two")).ok());
  EXPECT_EQ(woken.get_future().get(), Wake::kAdvanced);
  EXPECT_EQ(Payloads(**journal), (Texts{"one", "two"}));
  EXPECT_LE(reported, 1);
  (*journal)->tail().Cancel(handle);
}

}  // namespace
}  // namespace outlay::journal
