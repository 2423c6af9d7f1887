// A damaged store is DATA_LOSS naming the place, or the damage lies where nothing is. It never has
// fewer or other entries.
#include <gtest/gtest.h>

#include <random>

#include "tests/common/journal/support.h"

namespace outlay::journal {
namespace {

// Where a journal's files were copied to while it was open, and what was in it.
struct Original {
  TemporaryDirectory directory;
  std::vector<Entry> entries;
  std::vector<Batch> requests;
  std::vector<std::vector<RecordResult>> results;

  std::filesystem::path files() const { return directory.path() / "copy"; }
};

enum class Kept { kInDatabase, kInWal, kInBoth };

// A journal whose entries are in the database file, in the write-ahead log, or half and half.
std::unique_ptr<Original> MakeOriginal(Kept kept) {
  auto original = std::make_unique<Original>();
  SqliteOptions options = SmallOptions(original->directory.path() / "live");
  options.log_bytes_max = options.checkpoint_bytes = size_t{1} << 30;
  auto journal = OpenSqliteJournal(options);
  EXPECT_TRUE(journal.ok()) << journal.status();
  const auto write = [&](int from, int to) {
    for (int i = from; i < to; ++i) {
      Record quoting = MakeRecord(fmt::format("key {}", i),
                                  fmt::format("<payload {}>{}", i, std::string(i * 41 % 700, 'p')));
      quoting.erasable = std::string(i * 37 % 300, 'q');
      Record erasing = MakeRecord("", i % 9 == 0 ? std::string(5000, 'L') : "short");
      // An erasure cuts the write-ahead log.
      if (kept != Kept::kInWal && i < 20 && i % 3 == 0 && i > 3)
        erasing.erases = {static_cast<uint64_t>(i)};
      Batch batch = MakeBatch(fmt::format("request {}", i),
                              {std::move(quoting), MakeRejection("because"), std::move(erasing)});
      const auto result = (*journal)->Append(batch);
      EXPECT_TRUE(result.ok()) << result.status();
      original->requests.push_back(std::move(batch));
      original->results.push_back(result->results);
    }
  };
  write(0, 20);
  if (kept != Kept::kInWal) {
    EXPECT_TRUE((*journal)->Close().ok());
    journal = OpenSqliteJournal(options);
    EXPECT_TRUE(journal.ok()) << journal.status();
  }
  if (kept != Kept::kInDatabase) write(20, 36);
  original->entries = ReadAll(**journal);
  CopyJournal(original->directory.path() / "live", original->files());
  return original;
}

bool IsDamage(const absl::Status& status) {
  return status.code() == absl::StatusCode::kDataLoss && ReasonOf(status) == "JOURNAL_DAMAGED" &&
         !MetadataOf(status, "file").empty() && !MetadataOf(status, "place").empty();
}

// What a look at a damaged copy gave.
enum class Verdict { kDamage, kIntact, kWrong };

Verdict CheckRequests(Journal& journal, const Original& original) {
  for (size_t i = 0; i < original.requests.size(); i += 7) {
    const auto replay = journal.Append(original.requests[i]);
    if (!replay.ok()) {
      EXPECT_TRUE(IsDamage(replay.status())) << replay.status();
      return IsDamage(replay.status()) ? Verdict::kDamage : Verdict::kWrong;
    }
    EXPECT_TRUE(replay->replayed_request);
    EXPECT_EQ(replay->results, original.results[i]);
  }
  return Verdict::kIntact;
}

Verdict Look(const std::filesystem::path& directory, const Original& original,
             const std::vector<Entry>& expected) {
  const auto journal = OpenSqliteJournal(SmallOptions(directory));
  if (!journal.ok()) {
    EXPECT_TRUE(IsDamage(journal.status())) << journal.status();
    return IsDamage(journal.status()) ? Verdict::kDamage : Verdict::kWrong;
  }
  const absl::StatusOr<std::vector<Entry>> entries = TryReadAll(**journal);
  if (!entries.ok()) {
    EXPECT_TRUE(IsDamage(entries.status())) << entries.status();
    return IsDamage(entries.status()) ? Verdict::kDamage : Verdict::kWrong;
  }
  EXPECT_EQ(entries->size(), expected.size());
  EXPECT_EQ(*entries == expected, true);
  return *entries == expected ? CheckRequests(**journal, original) : Verdict::kWrong;
}

// Writes on in a copy that looked intact, then looks again: damage that shows only now must not
// have cost an entry.
Verdict WriteOnAndLook(const std::filesystem::path& directory, const Original& original) {
  std::vector<Entry> expected = original.entries;
  {
    const auto journal = OpenSqliteJournal(SmallOptions(directory));
    if (!journal.ok()) return IsDamage(journal.status()) ? Verdict::kDamage : Verdict::kWrong;
    for (int i = 0; i < 3; ++i) {
      const auto result =
          (*journal)->Append(MakeBatch("", {MakeRecord("", std::string(1500, 'n'))}));
      if (!result.ok()) {
        EXPECT_TRUE(IsDamage(result.status())) << result.status();
        return Verdict::kDamage;
      }
    }
    const auto added = (*journal)->ReadFrom(expected.size(), 3, 1 << 20);
    if (!added.ok()) return IsDamage(added.status()) ? Verdict::kDamage : Verdict::kWrong;
    expected.insert(expected.end(), added->begin(), added->end());
  }
  return Look(directory, original, expected);
}

class Damage : public testing::Test {
 protected:
  struct Tally {
    int damage = 0;
    int intact = 0;
  };

  void Flip(const Original& original, const std::string& file, uint64_t bit, Tally& tally) {
    SCOPED_TRACE(fmt::format("{}: byte {}, bit {}", file, bit / 8, bit % 8));
    const std::filesystem::path copy = directory_.path() / "copy";
    std::filesystem::remove_all(copy);
    CopyJournal(original.files(), copy);
    std::string content = ReadFile(copy / file);
    content[bit / 8] = static_cast<char>(content[bit / 8] ^ (1 << bit % 8));
    WriteFile(copy / file, content);
    Verdict verdict = Look(copy, original, original.entries);
    if (verdict == Verdict::kIntact) verdict = WriteOnAndLook(copy, original);
    EXPECT_NE(verdict, Verdict::kWrong);
    (verdict == Verdict::kDamage ? tally.damage : tally.intact) += 1;
  }

  Tally FlipMany(const Original& original, const std::string& file, int count, uint64_t seed) {
    Tally tally;
    std::mt19937_64 random(seed);
    const uint64_t bits = 8 * std::filesystem::file_size(original.files() / file);
    EXPECT_GT(bits, 0u);
    for (int i = 0; i < count && !HasFailure(); ++i) Flip(original, file, random() % bits, tally);
    return tally;
  }

  // Cuts the file to `size` bytes and looks.
  Verdict Truncate(const Original& original, const std::string& file, uint64_t size) {
    const std::filesystem::path copy = directory_.path() / "copy";
    std::filesystem::remove_all(copy);
    CopyJournal(original.files(), copy);
    std::filesystem::resize_file(copy / file, size);
    return Look(copy, original, original.entries);
  }

  TemporaryDirectory directory_;
};

TEST_F(Damage, AnUndamagedCopyOfTheLiveFilesIsWhole) {
  for (const Kept kept : {Kept::kInDatabase, Kept::kInWal, Kept::kInBoth}) {
    const auto original = MakeOriginal(kept);
    ASSERT_EQ(original->entries.size(), kept == Kept::kInDatabase ? 40u : 72u);
    EXPECT_EQ(Look(original->files(), *original, original->entries), Verdict::kIntact);
  }
}

TEST_F(Damage, ABitFlippedAnywhereInTheDatabaseFile) {
  const auto original = MakeOriginal(Kept::kInDatabase);
  const Tally tally = FlipMany(*original, "j.db", 1000, 1);
  EXPECT_GT(tally.damage, 200);
  EXPECT_GT(tally.intact, 0);
}

TEST_F(Damage, EveryBitOfTheDatabaseFilesHeader) {
  const auto original = MakeOriginal(Kept::kInDatabase);
  Tally tally;
  for (uint64_t bit = 0; bit < 800 && !HasFailure(); ++bit) Flip(*original, "j.db", bit, tally);
  EXPECT_GT(tally.damage, 0);
}

TEST_F(Damage, ABitFlippedAnywhereInTheWriteAheadLog) {
  const auto original = MakeOriginal(Kept::kInWal);
  const Tally tally = FlipMany(*original, "j.db-wal", 800, 2);
  EXPECT_GT(tally.damage, 200);
}

TEST_F(Damage, ABitFlippedInEitherFileOfAJournalThatNeedsBoth) {
  const auto original = MakeOriginal(Kept::kInBoth);
  const Tally wal = FlipMany(*original, "j.db-wal", 300, 3);
  EXPECT_GT(wal.damage, 100);
  // Pages that the log holds newer versions of do not matter in the database file.
  FlipMany(*original, "j.db", 300, 4);
}

TEST_F(Damage, EveryBitOfTheHeadFileIsEitherNoticedOrHarmless) {
  const auto original = MakeOriginal(Kept::kInDatabase);
  Tally tally;
  for (uint64_t bit = 0; bit < 8 * 1024 && !HasFailure(); bit += 61) {
    Flip(*original, "j.head", bit, tally);
  }
  EXPECT_EQ(tally.damage, 0);  // the other slot stands
}

TEST_F(Damage, AChangedPayloadNamesItsFileAndSequence) {
  const auto original = MakeOriginal(Kept::kInDatabase);
  std::string content = ReadFile(original->files() / "j.db");
  const size_t at = content.find("<payload 6>");
  ASSERT_NE(at, std::string::npos);
  content[at + 9] = '7';
  WriteFile(original->files() / "j.db", content);
  const absl::Status status = OpenSqliteJournal(SmallOptions(original->files())).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(MetadataOf(status, "sequence"), "13");
  EXPECT_EQ(MetadataOf(status, "place"), "entry 13");
  EXPECT_EQ(MetadataOf(status, "file"), (original->files() / "j.db").native());
  EXPECT_NE(status.message().find("No damage was found before entry 13"), std::string::npos);
}

TEST_F(Damage, AWriteAheadLogCutShortNamesTheFirstEntryThatIsMissing) {
  const auto original = MakeOriginal(Kept::kInBoth);
  EXPECT_EQ(Truncate(*original, "j.db-wal", 0), Verdict::kDamage);
  const absl::Status status = OpenSqliteJournal(SmallOptions(directory_.path() / "copy")).status();
  EXPECT_EQ(MetadataOf(status, "sequence"), "41");
  EXPECT_NE(status.message().find("entries up to 72 were acknowledged"), std::string::npos)
      << status;
}

TEST_F(Damage, DamageThatComesWhileTheJournalIsOpenIsFoundByReads) {
  const auto original = MakeOriginal(Kept::kInDatabase);
  const std::filesystem::path file = original->files() / "j.db";
  SqliteOptions options = SmallOptions(original->files());
  options.recent_bytes_max = 0;
  const auto journal = OpenSqliteJournal(options);
  ASSERT_TRUE(journal.ok()) << journal.status();
  std::string content = ReadFile(file);
  content[content.find("<payload 6>") + 9] = '7';
  WriteFile(file, content);

  const auto before = (*journal)->ReadFrom(0, 12, 1 << 20);
  ASSERT_TRUE(before.ok()) << before.status();
  EXPECT_EQ(before->size(), 12u);
  const absl::Status read = (*journal)->ReadFrom(10, 5, 1 << 20).status();
  EXPECT_EQ(read.code(), absl::StatusCode::kDataLoss) << read;
  EXPECT_EQ(MetadataOf(read, "sequence"), "13");
}

TEST_F(Damage, AfterDamageIsFoundByAWriteNothingIsWrittenAnyMore) {
  SqliteOptions options = SmallOptions(directory_.path() / "data");
  {
    const auto journal = OpenSqliteJournal(options);
    ASSERT_TRUE(journal.ok()) << journal.status();
    for (int i = 1; i <= 300; ++i) {  // more than SQLite keeps in memory
      const std::string payload = fmt::format("<payload {}>{}", i, std::string(20'000, 'p'));
      ASSERT_TRUE(
          (*journal)->Append(MakeBatch("", {MakeRecord(fmt::format("key {}", i), payload)})).ok());
    }
  }
  const auto journal = OpenSqliteJournal(options);
  ASSERT_TRUE(journal.ok()) << journal.status();
  std::string content = ReadFile(options.directory / "j.db");
  content[content.find("<payload 6>") + 9] = '7';
  WriteFile(options.directory / "j.db", content);
  ASSERT_TRUE((*journal)->Append(MakeBatch("", {MakeRecord("new", "n")})).ok());

  const absl::Status found =
      (*journal)->Append(MakeBatch("", {MakeRecord("key 6", "other")})).status();
  EXPECT_EQ(found.code(), absl::StatusCode::kDataLoss) << found;
  EXPECT_EQ(MetadataOf(found, "sequence"), "6");
  const absl::Status later = (*journal)->Append(MakeBatch("", {MakeRecord("newer", "n")})).status();
  EXPECT_EQ(later, found);
  EXPECT_EQ((*journal)->Head(), 301u);
}

TEST_F(Damage, TruncatedFilesAreNoticed) {
  const auto original = MakeOriginal(Kept::kInBoth);
  for (const std::string file : {"j.db", "j.db-wal"}) {
    const uint64_t size = std::filesystem::file_size(original->files() / file);
    for (uint64_t part = 0; part < 40; ++part) {
      SCOPED_TRACE(fmt::format("{} cut to {}/40", file, part));
      const Verdict verdict = Truncate(*original, file, size * part / 40);
      EXPECT_NE(verdict, Verdict::kWrong);
      if (file == "j.db-wal") {
        EXPECT_EQ(verdict, Verdict::kDamage);
      }
    }
  }
  const auto in_database = MakeOriginal(Kept::kInDatabase);
  const uint64_t pages = std::filesystem::file_size(in_database->files() / "j.db") / 4096;
  for (uint64_t page = 0; page < pages; ++page) {
    EXPECT_EQ(Truncate(*in_database, "j.db", page * 4096), Verdict::kDamage);
  }
}

TEST_F(Damage, ARefusedStoreIsLeftAsItWasFound) {
  const auto original = MakeOriginal(Kept::kInBoth);
  std::string wal = ReadFile(original->files() / "j.db-wal");
  wal[wal.size() / 2] ^= 1;
  WriteFile(original->files() / "j.db-wal", wal);
  const std::string database = ReadFile(original->files() / "j.db");
  const std::string head = ReadFile(original->files() / "j.head");
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(IsDamage(OpenSqliteJournal(SmallOptions(original->files())).status()));
  }
  EXPECT_EQ(ReadFile(original->files() / "j.db"), database);
  EXPECT_EQ(ReadFile(original->files() / "j.db-wal"), wal);
  EXPECT_EQ(ReadFile(original->files() / "j.head"), head);
}

TEST_F(Damage, AMissingOrEmptyDatabaseDoesNotCostTheWriteAheadLog) {
  const auto original = MakeOriginal(Kept::kInWal);
  const std::string wal = ReadFile(original->files() / "j.db-wal");
  for (const bool head : {true, false}) {
    if (!head) std::filesystem::remove(original->files() / "j.head");
    WriteFile(original->files() / "j.db", "");
    EXPECT_TRUE(IsDamage(OpenSqliteJournal(SmallOptions(original->files())).status()));
    std::filesystem::remove(original->files() / "j.db");
    EXPECT_TRUE(IsDamage(OpenSqliteJournal(SmallOptions(original->files())).status()));
    EXPECT_EQ(ReadFile(original->files() / "j.db-wal"), wal);
  }
}

}  // namespace
}  // namespace outlay::journal
