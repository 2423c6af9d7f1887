// The log of a commit is written in large pieces, and nobody can tell from what is read.
#include <gtest/gtest.h>

#include "services/common/journal/sqlite_combining_vfs.h"
#include "services/common/journal/sqlite_connection.h"
#include "tests/common/journal/faulty_vfs.h"
#include "tests/common/journal/support.h"

namespace outlay::journal {
namespace {

constexpr Place kPlace{"test"};

class CombiningVfsTest : public testing::Test {
 protected:
  CombiningVfsTest() : base_("base"), combining_(base_.name()) {}

  SqliteConnection Open(const std::string& vfs) {
    SqliteConnection connection =
        *SqliteConnection::Open(file_, SqliteConnection::Access::kReadWriteCreate, vfs);
    EXPECT_TRUE(connection
                    .Execute("PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
                             "PRAGMA journal_mode=WAL",
                             kPlace)
                    .ok());
    return connection;
  }

  static absl::Status Insert(SqliteConnection& connection, int rows) {
    return connection.Execute(
        fmt::format("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) "
                    "INSERT INTO t SELECT randomblob(1000) FROM n",
                    rows)
            .c_str(),
        kPlace);
  }

  static int64_t Count(SqliteConnection& connection) {
    return *connection.QueryInt("SELECT count(*) FROM t WHERE length(b) = 1000", kPlace);
  }

  // Writes and syncs of one commit of a thousand rows.
  uint64_t OperationsOfACommit(const std::string& vfs) {
    SqliteConnection connection = Open(vfs);
    const uint64_t before = base_.operations();
    EXPECT_TRUE(Insert(connection, 1'000).ok());
    return base_.operations() - before;
  }

  void MakeTable() {
    ASSERT_TRUE(Open(base_.name()).Execute("CREATE TABLE t(b BLOB)", kPlace).ok());
  }

  TemporaryDirectory directory_;
  const std::string file_ = directory_.path() / "t.db";
  FaultyVfs base_;
  SqliteCombiningVfs combining_;
};

TEST_F(CombiningVfsTest, ACommitIsWrittenInFewPieces) {
  MakeTable();
  const uint64_t page_by_page = OperationsOfACommit(base_.name());
  const uint64_t combined = OperationsOfACommit(combining_.name());
  EXPECT_GT(page_by_page, 500u);  // a header and a page each, of 250 pages and more
  EXPECT_LT(combined, page_by_page / 20);
}

TEST_F(CombiningVfsTest, NothingIsKeptWhereTheDiskMayDamageWhatLiesBesideAWrite) {
  base_.SetPowersafe(false);
  MakeTable();
  const uint64_t page_by_page = OperationsOfACommit(base_.name());
  EXPECT_GE(OperationsOfACommit(combining_.name()), page_by_page / 2);
}

TEST_F(CombiningVfsTest, AnUnknownBaseIsNoFileSystem) {
  const SqliteCombiningVfs nobody("nobody");
  const auto opened =
      SqliteConnection::Open(file_, SqliteConnection::Access::kReadWriteCreate, nobody.name());
  EXPECT_FALSE(opened.ok());
}

// Others may have written in its place.
TEST_F(CombiningVfsTest, WhatWasTakenBackIsNotWrittenAnyMore) {
  const std::string database = directory_.path() / "empty.db";
  WriteFile(database, "");
  sqlite3_vfs* const vfs = sqlite3_vfs_find(combining_.name().c_str());
  std::vector<char> memory(vfs->szOsFile);
  auto* const log = reinterpret_cast<sqlite3_file*>(memory.data());
  const std::string path = database + "-wal";
  const int flags = SQLITE_OPEN_WAL | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  ASSERT_EQ(vfs->xOpen(vfs, path.c_str(), log, flags, nullptr), SQLITE_OK);
  ASSERT_EQ(log->pMethods->xWrite(log, "taken back", 10, 0), SQLITE_OK);
  combining_.DiscardUnwritten();
  ASSERT_EQ(log->pMethods->xSync(log, SQLITE_SYNC_NORMAL), SQLITE_OK);
  EXPECT_EQ(ReadFile(path), "");
  ASSERT_EQ(log->pMethods->xWrite(log, "committed", 9, 0), SQLITE_OK);
  EXPECT_EQ(ReadFile(path), "") << "is kept";
  ASSERT_EQ(log->pMethods->xSync(log, SQLITE_SYNC_NORMAL), SQLITE_OK);
  EXPECT_EQ(ReadFile(path), "committed");
  ASSERT_EQ(log->pMethods->xClose(log), SQLITE_OK);
  combining_.DiscardUnwritten();  // of a log that is closed there is nothing
}

TEST_F(CombiningVfsTest, OthersSeeACommitWhenItIsDone) {
  MakeTable();
  SqliteConnection writer = Open(combining_.name());
  SqliteConnection reader = Open(base_.name());
  for (int round = 1; round <= 20; ++round) {
    ASSERT_TRUE(Insert(writer, 37).ok());
    ASSERT_EQ(Count(reader), 37 * round);
  }
  ASSERT_TRUE(reader.Execute("PRAGMA wal_checkpoint(TRUNCATE)", kPlace).ok());
  ASSERT_TRUE(Insert(writer, 1).ok());
  EXPECT_EQ(Count(reader), 37 * 20 + 1);
}

TEST_F(CombiningVfsTest, ATransactionReadsWhatItHasWritten) {
  MakeTable();
  SqliteConnection writer = Open(combining_.name());
  // Pages that do not fit into the cache go to the log before the commit, and are read back from it.
  ASSERT_TRUE(writer.Execute("PRAGMA cache_size=10; BEGIN", kPlace).ok());
  ASSERT_TRUE(Insert(writer, 500).ok());
  EXPECT_EQ(Count(writer), 500);
  ASSERT_TRUE(writer.Execute("UPDATE t SET b = zeroblob(1000); COMMIT", kPlace).ok());
  SqliteConnection reader = Open(base_.name());
  EXPECT_EQ(Count(reader), 500);
  EXPECT_EQ(*reader.QueryInt("SELECT count(*) FROM t WHERE b = zeroblob(1000)", kPlace), 500);
  EXPECT_EQ(*reader.QueryInt("SELECT integrity_check = 'ok' FROM pragma_integrity_check", kPlace),
            1);
}

TEST_F(CombiningVfsTest, WhatCannotBeWrittenFailsTheCommitAndIsForgotten) {
  MakeTable();
  SqliteConnection writer = Open(combining_.name());
  ASSERT_TRUE(Insert(writer, 3).ok());
  base_.SetFull(true);
  EXPECT_FALSE(Insert(writer, 100).ok());
  EXPECT_EQ(Count(writer), 3);
  base_.SetFull(false);
  ASSERT_TRUE(Insert(writer, 5).ok());
  EXPECT_EQ(Count(writer), 8);
  EXPECT_EQ(*writer.QueryInt("SELECT integrity_check = 'ok' FROM pragma_integrity_check", kPlace),
            1);
}

}  // namespace
}  // namespace outlay::journal
