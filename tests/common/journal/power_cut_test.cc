// What was acknowledged survives a power cut at any moment, exactly once. Killing the process shows
// nothing of this: the system's page cache survives it. Here a file system forgets what was not
// synced.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <random>
#include <set>

#include "tests/common/journal/faulty_vfs.h"
#include "tests/common/journal/support.h"

namespace outlay::journal {
namespace {

// One history of a journal, over any number of power cuts: what was asked, what was acknowledged.
class History {
 public:
  explicit History(uint64_t seed, bool sync_commits = true) : random_(seed), vfs_("power") {
    options_ = SmallOptions(directory_.path() / "data");
    options_.log_bytes_max = 24 * 1024;  // copied every few commits
    options_.vfs = vfs_.name();
    options_.sync_commits = sync_commits;
  }

  FaultyVfs& vfs() { return vfs_; }
  SqliteOptions& options() { return options_; }
  size_t acknowledged() const { return acknowledged_.size(); }
  std::filesystem::path head_path() const { return options_.directory / "j.head"; }

  absl::Status Open() {
    absl::StatusOr<std::unique_ptr<Journal>> journal = OpenSqliteJournal(options_);
    if (journal.ok()) journal_ = *std::move(journal);
    return journal.status();
  }

  void CloseWithoutPower() { journal_.reset(); }

  // Submits batches until `count` are through or one fails. False when one failed.
  bool Write(int count) {
    for (int i = 0; i < count; ++i) {
      Batch batch = NextBatch();
      batches_.push_back(batch);
      if (!Submit(batch)) return false;
    }
    return true;
  }

  // The client's way out of doubt: everything is submitted again.
  void SubmitAllAgain() {
    for (const Batch& batch : batches_) ASSERT_TRUE(Submit(batch));
  }

  // Every acknowledged record is where it was said to be; every entry is a record that was asked
  // for; none is double.
  void Check() {
    ASSERT_NE(journal_, nullptr);
    const std::vector<Entry> entries = ReadAll(*journal_);
    EXPECT_EQ(journal_->Head(), entries.size());
    std::set<std::string> seen;
    for (const Entry& entry : entries) {
      EXPECT_TRUE(seen.insert(entry.key.str()).second) << entry.key << " is double";
      const auto asked = asked_.find(entry.key.str());
      ASSERT_NE(asked, asked_.end()) << "nobody asked for " << entry.key;
      EXPECT_EQ(entry.payload, asked->second);
      CheckWords(entry);
    }
    for (const std::string& key : erased_) EXPECT_TRUE(seen.contains(key));
    for (const auto& [sequence, key] : acknowledged_) {
      ASSERT_LE(sequence, entries.size()) << "lost: " << key;
      EXPECT_EQ(entries[sequence - 1].key, key);
    }
  }

  void CheckEverythingIsStored() { EXPECT_EQ(ReadAll(*journal_).size(), asked_.size()); }

 private:
  static std::string WordsOf(const std::string& key) { return "words of " + key; }

  // They are there until somebody asked to erase them, and gone once that was acknowledged.
  void CheckWords(const Entry& entry) {
    EXPECT_EQ(entry.erasable, entry.erased ? "" : WordsOf(entry.key.str()));
    if (entry.erased) {
      EXPECT_TRUE(to_erase_.contains(entry.key.str())) << entry.key;
    } else {
      EXPECT_FALSE(erased_.contains(entry.key.str())) << entry.key;
    }
  }

  Batch NextBatch() {
    std::vector<Record> records;
    const int count = 1 + static_cast<int>(random_() % 4);
    for (int i = 0; i < count; ++i) {
      const std::string key = fmt::format("key {}", asked_.size());
      const size_t size = random_() % 8 == 0 ? random_() % 9000 : random_() % 300;
      std::string payload(size, static_cast<char>('a' + random_() % 26));
      asked_[key] = payload;
      records.push_back(MakeRecord(key, std::move(payload)));
      records.back().erasable = WordsOf(key);
    }
    if (!acknowledged_.empty() && random_() % 3 == 0) {
      const auto erased = std::next(acknowledged_.begin(),
                                    static_cast<std::ptrdiff_t>(random_() % acknowledged_.size()));
      records.back().erases = {erased->first};
      to_erase_.insert(erased->second);
    }
    const bool named = random_() % 2 == 0;
    return MakeBatch(named ? fmt::format("request {}", batches_.size()) : "", std::move(records));
  }

  bool Submit(const Batch& batch) {
    const absl::StatusOr<AppendResult> result = journal_->Append(batch);
    if (!result.ok()) {
      EXPECT_TRUE(vfs_.PowerIsOut()) << result.status();
      return false;
    }
    for (size_t i = 0; i < batch.records.size(); ++i) {
      acknowledged_[result->results[i].sequence] = batch.records[i].key;
      for (const uint64_t sequence : batch.records[i].erases) {
        erased_.insert(acknowledged_.at(sequence));
      }
    }
    return true;
  }

  TemporaryDirectory directory_;
  std::mt19937_64 random_;
  FaultyVfs vfs_;
  SqliteOptions options_;
  std::unique_ptr<Journal> journal_;
  std::map<std::string, std::string> asked_;
  std::map<uint64_t, std::string> acknowledged_;
  std::set<std::string> to_erase_;  // keys of records whose words somebody asked to erase
  std::set<std::string> erased_;    // of those, the ones acknowledged
  std::vector<Batch> batches_;
};

constexpr int kBatches = 14;

uint64_t OperationsOfOneRun() {
  History history(1);
  EXPECT_TRUE(history.Open().ok());
  EXPECT_TRUE(history.Write(kBatches));
  history.CloseWithoutPower();
  return history.vfs().operations();
}

void CutAndRecover(History& history, uint64_t operation, std::optional<uint64_t> torn) {
  history.vfs().CutPowerAt(operation);
  if (history.Open().ok()) history.Write(kBatches);
  history.CloseWithoutPower();
  history.vfs().Restore(torn);
  const absl::Status reopened = history.Open();
  ASSERT_TRUE(reopened.ok()) << reopened;
  history.Check();
}

TEST(PowerCut, AtEveryOperationWithEverythingUnsyncedForgotten) {
  const uint64_t operations = OperationsOfOneRun();
  ASSERT_GT(operations, 60u);
  for (uint64_t operation = 1; operation <= operations; ++operation) {
    SCOPED_TRACE(fmt::format("operation {}", operation));
    History history(1);
    ASSERT_NO_FATAL_FAILURE(CutAndRecover(history, operation, std::nullopt));
    history.SubmitAllAgain();
    history.CheckEverythingIsStored();
    if (testing::Test::HasFailure()) return;
  }
}

TEST(PowerCut, AtEveryOperationWithUnsyncedSectorsTorn) {
  const uint64_t operations = OperationsOfOneRun();
  for (uint64_t operation = 1; operation <= operations; ++operation) {
    SCOPED_TRACE(fmt::format("operation {}", operation));
    History history(1);
    ASSERT_NO_FATAL_FAILURE(CutAndRecover(history, operation, operation));
    history.SubmitAllAgain();
    history.CheckEverythingIsStored();
    if (testing::Test::HasFailure()) return;
  }
}

// OUTLAY_SOAK_ROUNDS: how many histories, where more than 40 are wanted. In every other one the log is copied beside the commits too, where the
// power fails in the middle of both.
TEST(PowerCut, AgainAndAgainInOneHistory) {
  const char* const rounds = std::getenv("OUTLAY_SOAK_ROUNDS");
  const uint64_t histories = std::max(rounds == nullptr ? 0ull : std::stoull(rounds), 40ull);
  for (uint64_t seed = 1; seed <= histories; ++seed) {
    std::mt19937_64 random(seed);
    History history(seed);
    if (seed % 2 == 0) history.options().checkpoint_bytes = 8 * 1024;
    for (int cut = 0; cut < 6; ++cut) {
      SCOPED_TRACE(fmt::format("seed {}, cut {}", seed, cut));
      ASSERT_NO_FATAL_FAILURE(CutAndRecover(history, 1 + random() % 90, random()));
      history.CloseWithoutPower();
      if (testing::Test::HasFailure()) return;
    }
    ASSERT_TRUE(history.Open().ok());
    history.SubmitAllAgain();
    history.Check();
    history.CheckEverythingIsStored();
  }
}

// The head file's own writes may be lost too: it is then older than the store, never newer.
TEST(PowerCut, WithTheHeadFilesWritesLostAsWell) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    std::mt19937_64 random(seed);
    History history(seed);
    ASSERT_TRUE(history.Open().ok());
    const std::string head = ReadFile(history.head_path());
    history.vfs().CutPowerAt(1 + random() % 60);
    history.Write(kBatches);
    history.CloseWithoutPower();
    history.vfs().Restore(random());
    WriteFile(history.head_path(), head);
    const absl::Status reopened = history.Open();
    ASSERT_TRUE(reopened.ok()) << reopened;
    history.Check();
  }
}

// The number of acknowledgements given while something was not synced.
int AcknowledgementsAheadOfTheDisk(bool sync_commits) {
  TemporaryDirectory directory;
  FaultyVfs vfs("order");
  SqliteOptions options = SmallOptions(directory.path() / "data");
  options.vfs = vfs.name();
  options.sync_commits = sync_commits;
  auto journal = OpenSqliteJournal(options);
  EXPECT_TRUE(journal.ok()) << journal.status();
  int ahead = 0;
  uint64_t syncs = vfs.syncs();
  for (int i = 0; i < 30; ++i) {
    (*journal)->Submit(MakeBatch("", {MakeRecord("", std::string(2000, 'x'))}),
                       [&](const auto& result) {
                         ASSERT_TRUE(result.ok()) << result.status();
                         ahead += vfs.unsynced_writes() > 0;
                       });
  }
  EXPECT_TRUE((*journal)->Close().ok());
  if (sync_commits) {
    EXPECT_GT(vfs.syncs(), syncs);
  }
  return ahead;
}

TEST(PowerCut, ASyncPrecedesEveryAcknowledgement) {
  EXPECT_EQ(AcknowledgementsAheadOfTheDisk(true), 0);
}

TEST(PowerCut, TheTestNoticesAcknowledgementsWithoutASync) {
  EXPECT_GT(AcknowledgementsAheadOfTheDisk(false), 0);
}

TEST(PowerCut, WithoutSyncsAcknowledgedRecordsAreLostAndTheHeadFileSaysSo) {
  History history(1, /*sync_commits=*/false);
  ASSERT_TRUE(history.Open().ok());
  ASSERT_TRUE(history.Write(kBatches));
  history.vfs().CutPower();
  history.CloseWithoutPower();
  history.vfs().Restore(std::nullopt);

  const absl::Status noticed = history.Open();
  EXPECT_EQ(noticed.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(ReasonOf(noticed), "JOURNAL_DAMAGED");

  std::filesystem::remove(history.head_path());
  history.options().accept_missing_head = true;
  auto journal = OpenSqliteJournal(history.options());
  ASSERT_TRUE(journal.ok()) << journal.status();
  EXPECT_LT((*journal)->Head(), history.acknowledged());
}

}  // namespace
}  // namespace outlay::journal
