// Erased bytes are gone from the SQLite engine's files, and nobody can pass damage off as an erasure.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "services/common/journal/erasable.h"
#include "tests/common/journal/support.h"

namespace outlay::journal {
namespace {

constexpr std::string_view kWords = "these are the words";

class Erasure : public testing::Test {
 protected:
  Erasure() : options_(SmallOptions(directory_.path() / "data")) { Open(); }

  void Open() {
    journal_.reset();
    absl::StatusOr<std::unique_ptr<Journal>> journal = OpenSqliteJournal(options_);
    ASSERT_TRUE(journal.ok()) << journal.status();
    journal_ = *std::move(journal);
  }

  uint64_t Append(std::string erasable, std::vector<uint64_t> erases = {}) {
    Record record = MakeRecord("", "payload");
    record.erasable = std::move(erasable);
    record.erases = std::move(erases);
    const auto result = journal_->Append(MakeBatch("", {std::move(record)}));
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? result->results[0].sequence : 0;
  }

  int FilesWithTheWords() const {
    int files = 0;
    for (const auto& file : std::filesystem::directory_iterator(options_.directory)) {
      files += ReadFile(file.path()).find(kWords) != std::string::npos;
    }
    return files;
  }

  std::filesystem::path Database() const { return options_.directory / "j.db"; }

  void Sql(const std::string& sql) {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(Database().c_str(), &handle), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(handle);
    sqlite3_close(handle);
  }

  // Closes, changes the database and opens again.
  absl::Status OpenAfter(const std::string& sql) {
    EXPECT_TRUE(journal_->Close().ok());
    journal_.reset();
    Sql(sql);
    return OpenSqliteJournal(options_).status();
  }

  TemporaryDirectory directory_;
  SqliteOptions options_;
  std::unique_ptr<Journal> journal_;
};

TEST_F(Erasure, TheWordsAreGoneFromEveryFileWhenItIsAcknowledged) {
  Append(std::string(kWords));
  Append(std::string(30'000, 'w') + std::string(kWords) + std::string(9'000, 'w'));
  for (int i = 0; i < 200; ++i) Append(i % 5 == 0 ? std::string(kWords) : "");
  EXPECT_GT(FilesWithTheWords(), 0);
  std::vector<uint64_t> all;
  for (uint64_t sequence = 1; sequence <= journal_->Head(); ++sequence) all.push_back(sequence);
  Append("", all);
  EXPECT_EQ(FilesWithTheWords(), 0);
  Open();
  EXPECT_EQ(ReadAll(*journal_).size(), 203u);
}

TEST_F(Erasure, AChangedByteOfTheWordsIsDataLoss) {
  Append(std::string(kWords));
  const absl::Status status = OpenAfter(
      "UPDATE entry SET erasable = CAST(replace(CAST(erasable AS TEXT), 'w', 'v') AS BLOB)"
      " || x'' WHERE sequence = 1");
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(MetadataOf(status, "sequence"), "1");
}

TEST_F(Erasure, ZerosThatNoEntryClaimsAreDataLoss) {
  Append(std::string(kWords));
  const absl::Status status =
      OpenAfter("UPDATE entry SET erasable = zeroblob(length(erasable)) WHERE sequence = 1");
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(ReasonOf(status), "JOURNAL_DAMAGED");
}

TEST_F(Erasure, MissingWordsAreDataLoss) {
  Append(std::string(kWords));
  const absl::Status status = OpenAfter("UPDATE entry SET erasable = x'' WHERE sequence = 1");
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
}

TEST_F(Erasure, WordsWhereNoneWereAreDataLoss) {
  Append("");
  const absl::Status status =
      OpenAfter("UPDATE entry SET erasable = x'0000000000000000' || x'41' WHERE sequence = 1");
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
}

TEST(StoredErasable, IsWhatWasStoredOrErasedByALaterEntry) {
  const uint64_t digest = 17;
  EXPECT_EQ(ReadErasable("", 5, 0)->bytes, "");
  EXPECT_FALSE(ReadErasable("", 5, digest));
  EXPECT_TRUE(ReadErasable(StoreErased(20, 6), 5, digest)->erased);
  EXPECT_FALSE(ReadErasable(StoreErased(20, 5), 5, digest));
  EXPECT_FALSE(ReadErasable(StoreErased(8, 6), 5, digest));
  std::string not_all = StoreErased(20, 6);
  not_all.back() = 'x';
  EXPECT_FALSE(ReadErasable(not_all, 5, digest));
}

}  // namespace
}  // namespace outlay::journal
