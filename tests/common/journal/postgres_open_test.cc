// What the PostgreSQL engine opens and what it refuses; its schema's versions; damage.
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <future>
#include <thread>

#include "services/common/journal/postgres_schema.h"
#include "services/common/journal/postgres_url.h"
#include "services/common/status/error.h"
#include "tests/common/journal/conformance.h"

namespace outlay::journal {
namespace {

using std::chrono::milliseconds;

class PostgresOpen : public testing::Test {
 protected:
  void SetUp() override {
    if (const std::string why = WhyNoPostgres(); !why.empty()) GTEST_SKIP() << why;
    schema_.emplace();
  }

  std::string Table(const std::string& name) const {
    return fmt::format("\"{}\".{}", schema_->schema(), name);
  }

  absl::Status TryOpen() { return OpenPostgresJournal(schema_->Options()).status(); }

  void MakeJournal(int entries) {
    const auto journal = OpenPostgresJournal(schema_->Options());
    ASSERT_TRUE(journal.ok()) << journal.status();
    for (int i = 0; i < entries; ++i) {
      ASSERT_TRUE((*journal)
                      ->Append(MakeBatch(fmt::format("r{}", i),
                                         {MakeRecord(fmt::format("k{}", i), fmt::format("{}", i))}))
                      .ok());
    }
  }

  absl::Status OpenAfter(const std::string& sql) {
    SqlSession().Run(sql);
    return TryOpen();
  }

  std::optional<TemporarySchema> schema_;
};

TEST_F(PostgresOpen, TwoReplicasThatMakeTheSchemaAtOnceBothOpen) {
  for (int round = 0; round < 5; ++round) {
    schema_.emplace();
    std::vector<std::future<absl::Status>> opened;
    for (int i = 0; i < 4; ++i) {
      opened.push_back(std::async(std::launch::async, [this] {
        const auto journal = OpenPostgresJournal(schema_->Options());
        if (!journal.ok()) return journal.status();
        return (*journal)->Append(MakeBatch("", {MakeRecord("", "x")})).status();
      }));
    }
    for (auto& status : opened) EXPECT_EQ(status.get(), absl::OkStatus());
    EXPECT_EQ(SqlSession().Value("SELECT sequence FROM " + Table("head")), "4");
  }
}

TEST_F(PostgresOpen, TwoJournalsShareADatabase) {
  TemporarySchema other;
  MakeJournal(2);
  const auto journal = OpenPostgresJournal(other.Options());
  ASSERT_TRUE(journal.ok());
  EXPECT_EQ((*journal)->Head(), 0u);
}

TEST_F(PostgresOpen, RefusesAJournalThatNeedsANewerProgram) {
  MakeJournal(1);
  const absl::Status status =
      OpenAfter("UPDATE " + Table("head") + " SET schema_version = 9, minimum_reader = 8");
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "JOURNAL_SCHEMA_NEWER");
  EXPECT_EQ(MetadataOf(status, "found"), "9");
}

TEST_F(PostgresOpen, WorksBesideANewerProgramThatStillLetsIt) {
  MakeJournal(1);
  SqlSession sql;
  sql.Run("ALTER TABLE " + Table("entry") + " ADD COLUMN later text NOT NULL DEFAULT 'x'");
  sql.Run("UPDATE " + Table("head") + " SET schema_version = 2");
  MakeJournal(1);  // a replay
  const auto journal = OpenPostgresJournal(schema_->Options());
  ASSERT_TRUE(journal.ok()) << journal.status();
  EXPECT_TRUE((*journal)->Append(MakeBatch("", {MakeRecord("new", "new")})).ok());
  EXPECT_EQ(sql.Value("SELECT schema_version FROM " + Table("head")), "2");
}

TEST_F(PostgresOpen, AProgramThatIsLeftBehindWhileItRunsWritesNoMore) {
  const auto journal = OpenPostgresJournal(schema_->Options());
  ASSERT_TRUE(journal.ok());
  ASSERT_TRUE((*journal)->Append(MakeBatch("", {MakeRecord("", "x")})).ok());
  SqlSession().Run("UPDATE " + Table("head") + " SET schema_version = 2, minimum_reader = 2");
  const absl::Status status = (*journal)->Append(MakeBatch("", {MakeRecord("", "y")})).status();
  EXPECT_EQ(ReasonOf(status), "JOURNAL_SCHEMA_NEWER");
  EXPECT_EQ(ReadAll(**journal).size(), 1u);  // what it knows it still tells
}

TEST_F(PostgresOpen, RefusesAnImpossibleVersion) {
  MakeJournal(1);
  const absl::Status status = OpenAfter("UPDATE " + Table("head") + " SET schema_version = 0");
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(MetadataOf(status, "place"), "head");
}

// A release to come, which expands what is there, opened by several processes at once while this
// one goes on.
TEST_F(PostgresOpen, AStepToANewerSchemaIsTakenOnceAndTheOlderProgramGoesOn) {
  const auto older = OpenPostgresJournal(schema_->Options());
  ASSERT_TRUE(older.ok());
  ASSERT_TRUE((*older)->Append(MakeBatch("", {MakeRecord("a", "one")})).ok());
  const std::string schema = SchemaName(schema_->journal_name());
  std::vector<SchemaStep> steps = SchemaSteps(schema);
  steps.push_back({.version = 2,
                   .minimum_reader = 1,
                   .statements = {"ALTER TABLE " + schema + ".entry ADD COLUMN later bigint"}});
  std::vector<std::future<absl::Status>> upgraded;
  for (int i = 0; i < 3; ++i) {
    upgraded.push_back(std::async(std::launch::async, [&] {
      auto connection = PostgresConnection::Open({.url = PostgresUrl(), .place = "here"});
      if (!connection.ok()) return connection.status();
      return EnsureSchema(**connection, schema, steps,
                          std::chrono::steady_clock::now() + milliseconds(10'000));
    }));
  }
  for (auto& status : upgraded) EXPECT_EQ(status.get(), absl::OkStatus());
  EXPECT_EQ(
      SqlSession().Value("SELECT schema_version || '/' || minimum_reader FROM " + Table("head")),
      "2/1");
  EXPECT_TRUE((*older)->Append(MakeBatch("", {MakeRecord("b", "two")})).ok());
  EXPECT_EQ(ReadAll(**older).size(), 2u);
}

TEST_F(PostgresOpen, RefusesAServerThatCouldLoseWhatItCommits) {
  for (const std::string setting : {"fsync", "full_page_writes", "synchronous_commit"}) {
    // The last can be set for a session too, the others are the server's.
    std::optional<PrivateCluster> cluster;
    PostgresOptions options = schema_->Options();
    if (setting == "synchronous_commit") {
      options.url += "&options=-c%20synchronous_commit%3Doff";
    } else {
      cluster.emplace(std::vector<std::string>{setting + "=off"});
      options.url = cluster->url();
    }
    const absl::Status status = OpenPostgresJournal(options).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
    EXPECT_EQ(ReasonOf(status), "STORAGE_NOT_DURABLE");
    EXPECT_EQ(MetadataOf(status, "setting"), setting);
  }
}

TEST_F(PostgresOpen, AWeakerSynchronousCommitIsRaisedForTheSession) {
  SqlSession sql;
  PostgresOptions options = schema_->Options();
  options.url += "&options=-c%20synchronous_commit%3Dlocal";
  EXPECT_TRUE(OpenPostgresJournal(options).ok());
  const auto connection = PostgresConnection::Open({.url = options.url, .place = "here"});
  ASSERT_TRUE(connection.ok());
  (*connection)->SendText("SHOW synchronous_commit");
  const auto answers =
      (*connection)->Finish(std::chrono::steady_clock::now() + milliseconds(5'000));
  ASSERT_TRUE(answers.ok());
  EXPECT_EQ((*answers)[0].Bytes(0, 0), "on");
}

TEST_F(PostgresOpen, DamageIsNamedByItsPlace) {
  struct Case {
    std::string sql;  // on "@" the schema
    std::string place;
  };
  const std::vector<Case> cases = {
      {"UPDATE @.entry SET payload = 'other' WHERE sequence = 2", "entry 2"},
      {"UPDATE @.entry SET recorded_at_us = recorded_at_us + 1 WHERE sequence = 3", "entry 3"},
      {"UPDATE @.entry SET erasable = 'words' WHERE sequence = 3", "entry 3"},
      {"DELETE FROM @.entry WHERE sequence = 2", "entry 2"},
      {"DELETE FROM @.entry WHERE sequence = 5", "entry 5"},
      {"DELETE FROM @.entry", "entry 1"},
      {"DELETE FROM @.request WHERE ordinal = 4", "request 4"},
      {"UPDATE @.request SET results = '' WHERE ordinal = 1", "request 1"},
      {"UPDATE @.head SET entry_checksum = 5", "entry 5"},
      {"UPDATE @.head SET request_checksum = 5", "request 5"},
      {"UPDATE @.head SET sequence = 9", "entry 6"},
      {"DELETE FROM @.head", "head"},
      {"ALTER TABLE @.entry DROP COLUMN key", "schema"},
      {"DROP TABLE @.request", "schema"},
      {"DROP TABLE @.head", "schema"},
  };
  for (const Case& damage : cases) {
    schema_.emplace();
    MakeJournal(5);
    std::string sql = damage.sql;
    sql.replace(sql.find('@'), 1, fmt::format("\"{}\"", schema_->schema()));
    const absl::Status status = OpenAfter(sql);
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << damage.sql << ": " << status;
    EXPECT_EQ(ReasonOf(status), "JOURNAL_DAMAGED") << damage.sql;
    EXPECT_EQ(MetadataOf(status, "place"), damage.place) << damage.sql;
  }
}

TEST_F(PostgresOpen, DamageThatComesWhileItRunsIsNotServed) {
  PostgresOptions options = schema_->Options();
  options.recent_bytes_max = 0;
  const auto journal = OpenPostgresJournal(options);
  for (const char* key : {"a", "b", "c"}) {
    ASSERT_TRUE((*journal)->Append(MakeBatch("", {MakeRecord(key, key)})).ok());
  }
  SqlSession().Run("UPDATE " + Table("entry") + " SET payload = 'other' WHERE sequence = 2");
  const auto page = (*journal)->ReadFrom(0, 10, 1000);
  EXPECT_EQ(page.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(MetadataOf(page.status(), "sequence"), "2");
  EXPECT_EQ((*journal)->Append(MakeBatch("", {MakeRecord("b", "b")})).status().code(),
            absl::StatusCode::kDataLoss);
}

TEST_F(PostgresOpen, APasswordIsNeverRepeated) {
  const std::string secret = "hunter2secret";
  for (const std::string& url : {
           "postgresql://user:" + secret + "@127.0.0.1:1/db",
           "postgresql://127.0.0.1:1/db?password=" + secret,
           "postgresql://user:" + secret + "@[::1/db",
           "postgresql://user:" + secret + "%zz@host/db",
           "postgresql://host/db?nonsense=" + secret,
       }) {
    PostgresOptions options = schema_->Options();
    options.url = url;
    options.retry_for = milliseconds(50);
    const absl::Status status = OpenPostgresJournal(options).status();
    EXPECT_FALSE(status.ok());
    EXPECT_EQ(status.ToString().find(secret), std::string::npos) << status;
  }
}

TEST_F(PostgresOpen, AServerThatIsNotThereIsUnavailableInTime) {
  PostgresOptions options = schema_->Options();
  options.url = "postgresql://outlay@127.0.0.1:1/postgres";
  options.retry_for = milliseconds(50);
  const absl::Status status = OpenPostgresJournal(options).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), "STORAGE_UNAVAILABLE");
  EXPECT_NE(status.message().find("postgresql://outlay@127.0.0.1:1/postgres"), std::string::npos);
}

// It would wait for an hour otherwise.
TEST_F(PostgresOpen, WhatTryingAgainDoesNotHelpIsSaidAtOnce) {
  const std::string role = fmt::format("weak_{}", ::getpid());
  SqlSession().Run("CREATE ROLE " + role + " LOGIN");
  const auto refusal = [&](const std::string& user, const std::string& database) {
    PostgresOptions options = schema_->Options();
    const size_t query = options.url.find('?');
    options.url = fmt::format("postgresql://{}@/{}{}", user, database, options.url.substr(query));
    options.retry_for = std::chrono::hours(1);
    return OpenPostgresJournal(options).status();
  };
  for (const absl::Status& status :
       {refusal("outlay", "no_such_database"), refusal("no_such_role", "postgres"),
        refusal(role, "postgres")}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(ReasonOf(status), "STORAGE_REFUSED") << status;
  }
  SqlSession().Run("DROP ROLE " + role);
}

TEST(PostgresUrl, SaysWhereAndNeverThePassword) {
  EXPECT_EQ(*DescribePostgresUrl("postgres://me:secret@db.example:5433/outlay?sslmode=require"),
            "postgresql://me@db.example:5433/outlay");
  EXPECT_EQ(*DescribePostgresUrl("postgresql:///outlay?host=/run/postgresql"),
            "postgresql:///run/postgresql/outlay");
  EXPECT_EQ(DescribePostgresUrl("http://db.example").status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(PostgresOpen, RefusesOptionsOutOfRange) {
  const auto field = [&](void (*change)(PostgresOptions&)) {
    PostgresOptions options = schema_->Options();
    change(options);
    const absl::Status status = OpenPostgresJournal(std::move(options)).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    const ErrorDetail detail = GetErrorDetail(status);
    return detail.violations.empty() ? "" : detail.violations[0].field;
  };
  EXPECT_EQ(field([](PostgresOptions& o) { o.url = "sqlite:x"; }), "url");
  EXPECT_EQ(field([](PostgresOptions& o) { o.name = "a\"b"; }), "name");
  EXPECT_EQ(field([](PostgresOptions& o) { o.name = std::string(49, 'x'); }), "name");
  EXPECT_EQ(field([](PostgresOptions& o) { o.readers_max = 0; }), "readers_max");
  EXPECT_EQ(field([](PostgresOptions& o) { o.follow_interval = milliseconds(0); }),
            "follow_interval");
  EXPECT_EQ(field([](PostgresOptions& o) { o.clock = nullptr; }), "clock");
  EXPECT_EQ(field([](PostgresOptions& o) { o.limits.queue_bytes_max = 1; }),
            "limits.queue_bytes_max");
}

}  // namespace
}  // namespace outlay::journal
