// When the log is copied, and when no checkpoint may begin.
#include "services/common/journal/sqlite_checkpointer.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/common/journal/support.h"

namespace outlay::journal {
namespace {

constexpr Place kPlace{"test"};

class SqliteCheckpointerTest : public testing::Test {
 protected:
  SqliteCheckpointerTest() : writer_(Open()) {
    EXPECT_TRUE(writer_
                    .Execute("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;"
                             "CREATE TABLE t(b BLOB)",
                             kPlace)
                    .ok());
    checkpointer_ = *SqliteCheckpointer::Open(file_, "", true, nullptr);
  }

  SqliteConnection Open() {
    return *SqliteConnection::Open(file_, SqliteConnection::Access::kReadWriteCreate, "");
  }

  // As the journal commits. Whether checkpoints were held off meanwhile.
  bool Commit() {
    const auto held = checkpointer_->HoldOffForRestart();
    EXPECT_TRUE(writer_.Execute("INSERT INTO t VALUES(randomblob(10000))", kPlace).ok());
    checkpointer_->Committed(held);
    return held.owns_lock();
  }

  uintmax_t DatabaseSize() const { return std::filesystem::file_size(file_); }

  TemporaryDirectory directory_;
  const std::string file_ = directory_.path() / "t.db";
  SqliteConnection writer_;
  std::unique_ptr<SqliteCheckpointer> checkpointer_;
};

TEST_F(SqliteCheckpointerTest, CopiesBesideCommits) {
  Commit();
  const uintmax_t before = DatabaseSize();
  checkpointer_->Start();
  while (DatabaseSize() < before + 10'000) std::this_thread::yield();
  EXPECT_TRUE(checkpointer_->failure().ok());
}

// What it is good for is said in sqlite_checkpointer.h.
TEST_F(SqliteCheckpointerTest, OneCommitHoldsCheckpointsOffOnceEverythingIsCopied) {
  EXPECT_TRUE(Commit()) << "nobody knows what was copied before";
  EXPECT_FALSE(Commit());
  ASSERT_TRUE(checkpointer_->CheckpointNow(writer_).ok());
  EXPECT_TRUE(Commit());
  EXPECT_FALSE(Commit());
  ASSERT_TRUE(checkpointer_->CheckpointAndTruncate(writer_, 100).ok());
  EXPECT_TRUE(Commit());
  EXPECT_FALSE(Commit());
}

TEST_F(SqliteCheckpointerTest, ACommitThatFailsLeavesTheNextToHoldThemOff) {
  Commit();
  ASSERT_TRUE(checkpointer_->CheckpointNow(writer_).ok());
  { const auto held = checkpointer_->HoldOffForRestart(); }
  EXPECT_TRUE(Commit());
}

TEST_F(SqliteCheckpointerTest, WhatAReaderHoldsBackIsNotEverything) {
  Commit();
  SqliteConnection reader = Open();
  ASSERT_TRUE(reader.Execute("BEGIN; SELECT count(*) FROM t", kPlace).ok());
  Commit();
  ASSERT_TRUE(checkpointer_->CheckpointNow(writer_).ok());
  EXPECT_FALSE(Commit());
}

TEST_F(SqliteCheckpointerTest, NothingIsCopiedBesideACommitOnceEverythingIs) {
  Commit();
  ASSERT_TRUE(checkpointer_->CheckpointNow(writer_).ok());
  const uintmax_t before = DatabaseSize();
  // Of a commit that it was not told of: what is asked for before the one that holds it off must not begin.
  ASSERT_TRUE(writer_.Execute("INSERT INTO t VALUES(randomblob(50000))", kPlace).ok());
  checkpointer_->Start();
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(DatabaseSize(), before);
  Commit();
  checkpointer_->Start();
  while (DatabaseSize() < before + 50'000) std::this_thread::yield();
}

}  // namespace
}  // namespace outlay::journal
