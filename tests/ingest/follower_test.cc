#include "services/ingest/follower.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <future>

#include "services/common/journal/sqlite_journal.h"
#include "services/common/status/error.h"
#include "services/ingest/change_codec_proto.h"
#include "services/ingest/recorder.h"

namespace outlay::ingest {
namespace {

class FollowerTest : public ::testing::Test {
 protected:
  FollowerTest() {
    std::string path = (std::filesystem::temp_directory_path() / "outlay-follower-XXXXXX").string();
    EXPECT_NE(mkdtemp(path.data()), nullptr);
    directory_ = path;
    journal_ = journal::OpenSqliteJournal({.directory = directory_, .name = "test"}).value();
    follower_ = std::make_unique<Follower>(*journal_, ledger_, codec_, telemetry::Logger(),
                                           [this] { failed_.set_value(); });
  }

  ~FollowerTest() override {
    follower_->Stop();
    EXPECT_TRUE(journal_->Close().ok());
    std::filesystem::remove_all(directory_);
  }

  void Append(std::string payload) {
    journal::Batch batch;
    batch.records.push_back({.payload = std::move(payload)});
    ASSERT_TRUE(journal_->Append(std::move(batch)).ok());
  }

  std::string Company(const std::string& id) {
    const OrganizationContent content{.organization_id = id, .names = {{"en", id}}};
    return codec_.Encode({OrganizationUpserted{content, 1}, {"test", ""}}).payload;
  }

  // What a waiter is told.
  std::future<absl::Status> Wait(uint64_t sequence, Follower::TimePoint deadline) {
    auto told = std::make_shared<std::promise<absl::Status>>();
    handle_ = follower_->WhenApplied(
        sequence, deadline, [told](const absl::Status& status) { told->set_value(status); });
    return told->get_future();
  }

  std::filesystem::path directory_;
  const ProtoChangeCodec codec_;
  Ledger ledger_;
  std::unique_ptr<journal::Journal> journal_;
  std::promise<void> failed_;
  std::unique_ptr<Follower> follower_;
  Follower::Handle handle_ = 0;
};

TEST_F(FollowerTest, CatchesUpBeforeItStarts) {
  Append(Company("a"));
  Append(Company("b"));
  ASSERT_TRUE(follower_->CatchUp().ok());
  EXPECT_EQ(ledger_.sequence(), 2u);
  EXPECT_TRUE(Wait(2, Follower::kNoDeadline).get().ok());
}

TEST_F(FollowerTest, TellsThoseWhoWaitInWhateverOrderTheyCame) {
  follower_->Start();
  auto third = Wait(3, Follower::kNoDeadline);
  auto first = Wait(1, Follower::kNoDeadline);
  for (const char* const id : {"a", "b", "c"}) Append(Company(id));
  EXPECT_TRUE(first.get().ok());
  EXPECT_TRUE(third.get().ok());
  EXPECT_TRUE(follower_->WaitApplied(3).ok());
}

TEST_F(FollowerTest, ADeadlineThatPassesIsBehindMinimum) {
  follower_->Start();
  auto told = Wait(5, std::chrono::system_clock::now());
  EXPECT_EQ(GetErrorDetail(told.get()).reason, "BEHIND_MINIMUM");
}

TEST_F(FollowerTest, AWaitThatNobodyNeedsIsEnded) {
  follower_->Start();
  auto told = Wait(5, std::chrono::system_clock::now() + std::chrono::hours(1));
  follower_->Expire(handle_);
  EXPECT_EQ(told.get().code(), absl::StatusCode::kUnavailable);
  follower_->Expire(handle_);
}

TEST_F(FollowerTest, StoppingTellsThoseWhoWait) {
  follower_->Start();
  auto told = Wait(5, Follower::kNoDeadline);
  follower_->Stop();
  EXPECT_EQ(GetErrorDetail(told.get()).reason, "LEDGER_STOPPED");
  EXPECT_EQ(GetErrorDetail(follower_->WaitApplied(5)).reason, "LEDGER_STOPPED");
}

TEST_F(FollowerTest, AnEntryThatCannotBeReadIsNamed) {
  Append(Company("a"));
  Append("\xff\xff");
  const absl::Status status = follower_->CatchUp();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(GetErrorDetail(status).metadata["sequence"], "2");
}

TEST_F(FollowerTest, AnEntryThatCannotBeReadFailsThoseWhoWaitNowAndLater) {
  follower_->Start();
  auto told = Wait(1, Follower::kNoDeadline);
  Append("\xff\xff");
  EXPECT_EQ(told.get().code(), absl::StatusCode::kDataLoss);
  failed_.get_future().get();
  EXPECT_EQ(Wait(1, Follower::kNoDeadline).get().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(follower_->failure().code(), absl::StatusCode::kDataLoss);
}

TEST_F(FollowerTest, NothingIsStoredOnceTheJournalCannotBeFollowed) {
  follower_->Start();
  Append("\xff\xff");
  failed_.get_future().get();
  const time::FakeClock clock{time::Instant()};
  Recorder recorder(*journal_, ledger_, *follower_, codec_, clock);
  RecordCommand command{.request = {.note = {"test", ""}}, .atomic = false};
  command.entry_count = 1;
  command.entry = [](size_t) { return RecordEntry(); };
  std::promise<absl::Status> told;
  recorder.Record(std::move(command), [&told](const absl::StatusOr<RecordOutcome>& outcome) {
    told.set_value(outcome.status());
  });
  EXPECT_EQ(told.get_future().get().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(journal_->Head(), 1u);
}

}  // namespace
}  // namespace outlay::ingest
