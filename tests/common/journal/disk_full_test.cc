// When the disk is full or fails for a while nothing is acknowledged, nothing is lost, and writing
// goes on afterwards.
#include <gtest/gtest.h>

#include <future>
#include <mutex>

#include "services/common/journal/sqlite_connection.h"
#include "services/common/status/error.h"
#include "tests/common/journal/faulty_vfs.h"
#include "tests/common/journal/support.h"

namespace outlay::journal {
namespace {

class DiskFull : public testing::Test {
 protected:
  static constexpr size_t kNeverCheckpoint = size_t{1} << 40;

  DiskFull() : vfs_("full") { Open(kNeverCheckpoint); }

  void Open(size_t log_bytes_max, size_t checkpoint_bytes = kNeverCheckpoint) {
    journal_.reset();
    SqliteOptions options = SmallOptions(directory_.path());
    options.log_bytes_max = log_bytes_max;
    options.checkpoint_bytes = checkpoint_bytes;
    options.vfs = vfs_.name();
    options.on_background_error = [this](const absl::Status& status) {
      std::lock_guard lock(mutex_);
      background_errors_.push_back(status);
    };
    absl::StatusOr<std::unique_ptr<Journal>> journal = OpenSqliteJournal(options);
    ASSERT_TRUE(journal.ok()) << journal.status();
    journal_ = *std::move(journal);
  }

  static Batch Numbered(int i) {
    return MakeBatch(fmt::format("request {}", i),
                     {MakeRecord(fmt::format("key {}", i), std::string(3000, 'x'))});
  }

  std::vector<std::string> Keys() {
    std::vector<std::string> keys;
    for (const Entry& entry : ReadAll(*journal_)) keys.push_back(entry.key.str());
    return keys;
  }

  TemporaryDirectory directory_;
  FaultyVfs vfs_;
  std::mutex mutex_;
  std::vector<absl::Status> background_errors_;
  std::unique_ptr<Journal> journal_;
};

TEST_F(DiskFull, RefusesWithRetryAdviceAndGoesOnWhenThereIsSpace) {
  ASSERT_TRUE(journal_->Append(Numbered(0)).ok());
  vfs_.SetFull(true);
  for (int i = 1; i <= 3; ++i) {
    const absl::Status status = journal_->Append(Numbered(i)).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << status;
    EXPECT_EQ(ReasonOf(status), "STORAGE_FULL");
    EXPECT_TRUE(GetErrorDetail(status).retry_after_ms.has_value());
    EXPECT_EQ(journal_->Head(), 1u);
  }
  EXPECT_EQ(Keys(), (std::vector<std::string>{"key 0"}));  // reading goes on
  vfs_.SetFull(false);
  const auto retried = journal_->Append(Numbered(2));
  ASSERT_TRUE(retried.ok()) << retried.status();
  EXPECT_EQ(retried->results, (std::vector<RecordResult>{{Disposition::kAppended, 2, ""}}));
  EXPECT_FALSE(retried->replayed_request);
  ASSERT_TRUE(journal_->Append(Numbered(1)).ok());
  EXPECT_EQ(Keys(), (std::vector<std::string>{"key 0", "key 2", "key 1"}));
  ASSERT_TRUE(journal_->Close().ok());
  Open(kNeverCheckpoint);
  EXPECT_EQ(Keys(), (std::vector<std::string>{"key 0", "key 2", "key 1"}));
}

TEST_F(DiskFull, AFailedSyncIsNotAcknowledgedAndASecondSubmissionSettlesIt) {
  ASSERT_TRUE(journal_->Append(Numbered(0)).ok());
  for (int i = 1; i <= 5; ++i) {
    vfs_.FailSyncs(1);
    const absl::Status status = journal_->Append(Numbered(i)).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << status;
    EXPECT_EQ(ReasonOf(status), "STORAGE_UNAVAILABLE");
    const uint64_t head = journal_->Head();
    const auto again = journal_->Append(Numbered(i));
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(again->results[0].sequence, static_cast<uint64_t>(i) + 1);
    EXPECT_LE(head, again->head);
  }
  const std::vector<std::string> expected = {"key 0", "key 1", "key 2", "key 3", "key 4", "key 5"};
  EXPECT_EQ(Keys(), expected);
  ASSERT_TRUE(journal_->Close().ok());
  Open(kNeverCheckpoint);
  EXPECT_EQ(Keys(), expected);
}

TEST_F(DiskFull, AFailedCheckpointIsReportedAndTriedAgain) {
  Open(32 * 1024);
  const uint64_t size_before = std::filesystem::file_size(directory_.path() / "j.db");
  for (int i = 0; i < 40; ++i) {
    std::promise<absl::Status> done;
    journal_->Submit(Numbered(i), [&](const auto& result) {
      vfs_.FailSyncs(
          1);  // the commit's sync is done: this hits the checkpoint's, when there is one
      done.set_value(result.status());
    });
    ASSERT_TRUE(done.get_future().get().ok());
    ASSERT_TRUE(
        journal_->Append(MakeBatch("", {})).ok());  // comes after the checkpoint, syncs nothing
    vfs_.FailSyncs(0);
  }
  ASSERT_TRUE(journal_->Append(Numbered(40)).ok());
  ASSERT_TRUE(journal_->Append(MakeBatch("", {})).ok());
  // It was copied at last, though the journal is still open.
  EXPECT_GT(std::filesystem::file_size(directory_.path() / "j.db"), size_before + 40 * 3000);
  ASSERT_TRUE(journal_->Close().ok());
  ASSERT_FALSE(background_errors_.empty());
  for (const absl::Status& status : background_errors_) {
    EXPECT_EQ(ReasonOf(status), "STORAGE_UNAVAILABLE") << status;
  }
  Open(kNeverCheckpoint);
  EXPECT_EQ(Keys().size(), 41u);
}

TEST_F(DiskFull, TheLogIsCopiedBesideTheCommits) {
  Open(kNeverCheckpoint, 32 * 1024);
  const std::filesystem::path file = directory_.path() / "j.db";
  const uint64_t size_before = std::filesystem::file_size(file);
  int written = 0;
  while (std::filesystem::file_size(file) < size_before + 100'000) {
    ASSERT_LT(++written, 10'000) << "nothing was copied";
    ASSERT_TRUE(journal_->Append(Numbered(written)).ok());
  }
  EXPECT_EQ(Keys().size(), static_cast<size_t>(written));
  ASSERT_TRUE(journal_->Close().ok());
  EXPECT_FALSE(std::filesystem::exists(directory_.path() / "j.db-wal"));
  Open(kNeverCheckpoint);
  EXPECT_EQ(Keys().size(), static_cast<size_t>(written));
}

// After a sync that failed the system may have forgotten pages that SQLite counts as copied: the log must not begin again.
TEST_F(DiskFull, ASyncOfTheDatabaseThatFailsBesideCommitsEndsThemUntilTheNextStart) {
  Open(kNeverCheckpoint, 32 * 1024);
  ASSERT_TRUE(journal_->Append(Numbered(0)).ok());
  // Holds back a part of the log, so that it is never copied as a whole.
  SqliteConnection reader = *SqliteConnection::Open(
      directory_.path() / "j.db", SqliteConnection::Access::kReadOnly, vfs_.name());
  ASSERT_TRUE(reader.Execute("BEGIN; SELECT count(*) FROM entry", {"test"}).ok());
  vfs_.FailSyncsOf("j.db");
  size_t stored = 1;
  absl::Status refused;
  while (refused.ok()) {
    ASSERT_LT(stored, 10'000u) << "nothing was copied";
    refused = journal_->Append(Numbered(static_cast<int>(stored))).status();
    if (refused.ok()) ++stored;
  }
  EXPECT_EQ(ReasonOf(refused), "STORAGE_UNAVAILABLE");
  EXPECT_NE(refused.message().find("start the service again"), std::string::npos) << refused;
  EXPECT_EQ(Keys().size(), stored);  // reading goes on

  vfs_.FailSyncsOf("");
  EXPECT_FALSE(journal_->Append(Numbered(-1)).ok());
  ASSERT_TRUE(reader.Execute("COMMIT", {"test"}).ok());
  EXPECT_FALSE(journal_->Close().ok());
  EXPECT_TRUE(std::filesystem::exists(directory_.path() / "j.db-wal"));
  {
    std::lock_guard lock(mutex_);
    EXPECT_FALSE(background_errors_.empty());
  }
  reader = *SqliteConnection::Open(":memory:", SqliteConnection::Access::kReadWriteCreate, "");
  Open(kNeverCheckpoint);
  EXPECT_EQ(Keys().size(), stored);
  EXPECT_TRUE(journal_->Append(Numbered(-1)).ok());
}

TEST_F(DiskFull, ADiskThatIsFullAtCloseLosesNothing) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(journal_->Append(Numbered(i)).ok());
  vfs_.SetFull(true);
  EXPECT_EQ(ReasonOf(journal_->Close()), "STORAGE_FULL");
  vfs_.SetFull(false);
  Open(kNeverCheckpoint);
  EXPECT_EQ(Keys(), (std::vector<std::string>{"key 0", "key 1", "key 2"}));
}

}  // namespace
}  // namespace outlay::journal
