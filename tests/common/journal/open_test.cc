// What may be opened as a journal, and by whom.
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <set>

#include "services/common/status/error.h"
#include "tests/common/journal/support.h"

namespace outlay::journal {
namespace {

void Sql(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  char* error = nullptr;
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &error), SQLITE_OK) << error;
  sqlite3_free(error);
  sqlite3_close(database);
}

class OpenJournal : public testing::Test {
 protected:
  std::filesystem::path data() const { return directory_.path() / "data"; }
  std::filesystem::path Path(const std::string& name) const { return data() / name; }

  void MakeJournal(int entries) {
    const auto journal = OpenSqliteJournal(SmallOptions(data()));
    ASSERT_TRUE(journal.ok()) << journal.status();
    for (int i = 0; i < entries; ++i) {
      ASSERT_TRUE((*journal)->Append(MakeBatch("", {MakeRecord("", fmt::format("{}", i))})).ok());
    }
  }

  absl::Status TryOpen() { return OpenSqliteJournal(SmallOptions(data())).status(); }

  void ExpectRefusal(absl::StatusCode code, const std::string& reason) {
    const absl::Status status = TryOpen();
    EXPECT_EQ(status.code(), code) << status;
    EXPECT_EQ(ReasonOf(status), reason) << status;
  }

  TemporaryDirectory directory_;
};

TEST_F(OpenJournal, MakesTheDirectoryAndThoseAboveIt) {
  EXPECT_TRUE(TryOpen().ok());
  EXPECT_TRUE(OpenSqliteJournal(SmallOptions(directory_.path() / "as" / "yet" / "missing")).ok());
  std::ofstream(directory_.path() / "file") << "no directory";
  const absl::Status status =
      OpenSqliteJournal(SmallOptions(directory_.path() / "file" / "below")).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), "STORAGE_UNAVAILABLE");
}

TEST_F(OpenJournal, ClosingLeavesOneDatabaseFileAndItsHead) {
  MakeJournal(3);
  std::set<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(data())) {
    names.insert(file.path().filename());
  }
  EXPECT_EQ(names, (std::set<std::string>{"LOCK", "j.db", "j.head"}));
}

TEST_F(OpenJournal, RefusesOptionsOutOfRange) {
  const auto field = [&](void (*change)(SqliteOptions&)) {
    SqliteOptions options = SmallOptions(data());
    change(options);
    const absl::Status status = OpenSqliteJournal(std::move(options)).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    const ErrorDetail detail = GetErrorDetail(status);
    return detail.violations.empty() ? "" : detail.violations[0].field;
  };
  EXPECT_EQ(field([](SqliteOptions& o) { o.name = ""; }), "name");
  EXPECT_EQ(field([](SqliteOptions& o) { o.name = "../j"; }), "name");
  EXPECT_EQ(field([](SqliteOptions& o) { o.directory = ""; }), "directory");
  EXPECT_EQ(field([](SqliteOptions& o) { o.readers_max = 0; }), "readers_max");
  EXPECT_EQ(field([](SqliteOptions& o) { o.clock = nullptr; }), "clock");
  EXPECT_EQ(field([](SqliteOptions& o) { o.limits.queue_bytes_max = 1; }),
            "limits.queue_bytes_max");
}

TEST_F(OpenJournal, ASecondOpenInTheSameProcessIsRefused) {
  const auto journal = OpenSqliteJournal(SmallOptions(data()));
  ASSERT_TRUE(journal.ok()) << journal.status();
  const absl::Status status = TryOpen();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "DATA_DIR_LOCKED");
  EXPECT_EQ(MetadataOf(status, "directory"), data().native());
  EXPECT_EQ(MetadataOf(status, "pid"), std::to_string(::getpid()));
  ASSERT_TRUE((*journal)->Close().ok());
  EXPECT_TRUE(TryOpen().ok());
}

TEST_F(OpenJournal, ASecondProcessIsRefusedUntilTheFirstIsGone) {
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto journal = OpenSqliteJournal(SmallOptions(data()));
    const char opened = journal.ok() ? 'y' : 'n';
    if (::write(ready[1], &opened, 1) != 1) ::_exit(1);
    ::pause();
    ::_exit(0);
  }
  char opened = '?';
  ASSERT_EQ(::read(ready[0], &opened, 1), 1);
  EXPECT_EQ(opened, 'y');
  const absl::Status status = TryOpen();
  EXPECT_EQ(ReasonOf(status), "DATA_DIR_LOCKED") << status;
  EXPECT_EQ(MetadataOf(status, "pid"), std::to_string(child));
  EXPECT_NE(status.message().find(data().native()), std::string::npos);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(TryOpen().ok());
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_F(OpenJournal, RefusesAnotherProgramsDatabaseAndLeavesItAlone) {
  std::filesystem::create_directory(data());
  Sql(Path("j.db"), "CREATE TABLE theirs(x); INSERT INTO theirs VALUES(1);");
  const std::string before = ReadFile(Path("j.db"));
  ExpectRefusal(absl::StatusCode::kFailedPrecondition, "NOT_A_JOURNAL");
  EXPECT_EQ(ReadFile(Path("j.db")), before);
}

TEST_F(OpenJournal, RefusesAFileThatIsNoDatabaseAndLeavesItAlone) {
  std::filesystem::create_directory(data());
  WriteFile(Path("j.db"), std::string(5000, 'x'));
  ExpectRefusal(absl::StatusCode::kFailedPrecondition, "NOT_A_JOURNAL");
  EXPECT_EQ(ReadFile(Path("j.db")), std::string(5000, 'x'));
}

TEST_F(OpenJournal, AnotherProgramsFileInPlaceOfAJournalIsDataLoss) {
  MakeJournal(3);
  WriteFile(Path("j.db"), std::string(5000, 'x'));
  ExpectRefusal(absl::StatusCode::kDataLoss, "JOURNAL_DAMAGED");
}

TEST_F(OpenJournal, RefusesANewerSchema) {
  MakeJournal(0);
  Sql(Path("j.db"), "PRAGMA user_version=3");
  std::filesystem::remove(Path("j.head"));
  const absl::Status status = TryOpen();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "JOURNAL_SCHEMA_NEWER");
  EXPECT_EQ(MetadataOf(status, "found"), "3");
  EXPECT_EQ(MetadataOf(status, "supported"), "2");
}

TEST_F(OpenJournal, RefusesTheSchemaFromBeforeTheFirstRelease) {
  MakeJournal(0);
  Sql(Path("j.db"), "PRAGMA user_version=1");
  std::filesystem::remove(Path("j.head"));
  const absl::Status status = TryOpen();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "JOURNAL_SCHEMA_OLDER");
  EXPECT_EQ(MetadataOf(status, "found"), "1");
}

TEST_F(OpenJournal, ASchemaVersionThatTheHeadFileContradictsIsDamage) {
  MakeJournal(3);
  Sql(Path("j.db"), "PRAGMA user_version=3");
  ExpectRefusal(absl::StatusCode::kDataLoss, "JOURNAL_DAMAGED");
}

TEST_F(OpenJournal, AMissingDatabaseBesideAHeadFileIsDataLossAndNothingIsMade) {
  MakeJournal(3);
  std::filesystem::remove(Path("j.db"));
  ExpectRefusal(absl::StatusCode::kDataLoss, "JOURNAL_DAMAGED");
  EXPECT_FALSE(std::filesystem::exists(Path("j.db")));
}

TEST_F(OpenJournal, AnOlderCopyOfTheDatabaseIsDataLoss) {
  MakeJournal(3);
  const std::string older = ReadFile(Path("j.db"));
  MakeJournal(2);
  WriteFile(Path("j.db"), older);
  const absl::Status status = TryOpen();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(MetadataOf(status, "sequence"), "4");
}

TEST_F(OpenJournal, TheDatabaseOfAnotherJournalIsDataLoss) {
  MakeJournal(3);
  const std::string other = ReadFile(Path("j.db"));
  std::filesystem::remove_all(data());
  const auto journal = OpenSqliteJournal(SmallOptions(data()));
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE((*journal)->Append(MakeBatch("", {MakeRecord("", "other")})).ok());
  }
  ASSERT_TRUE((*journal)->Close().ok());
  WriteFile(Path("j.db"), other);
  const absl::Status status = TryOpen();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(MetadataOf(status, "sequence"), "2");
}

TEST_F(OpenJournal, AMissingHeadFileNeedsTheOperatorsWord) {
  MakeJournal(3);
  std::filesystem::remove(Path("j.head"));
  const absl::Status status = TryOpen();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "HEAD_FILE_MISSING");
  EXPECT_EQ(MetadataOf(status, "file"), Path("j.head").native());
  EXPECT_FALSE(std::filesystem::exists(Path("j.head")));

  SqliteOptions options = SmallOptions(data());
  options.accept_missing_head = true;
  EXPECT_TRUE(OpenSqliteJournal(options).ok());
  EXPECT_TRUE(TryOpen().ok());  // once is enough
}

TEST_F(OpenJournal, ADamagedHeadFileIsDataLossUnlessAccepted) {
  MakeJournal(3);
  WriteFile(Path("j.head"), std::string(1024, '\0'));
  const absl::Status status = TryOpen();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(MetadataOf(status, "file"), Path("j.head").native());
  SqliteOptions options = SmallOptions(data());
  options.accept_missing_head = true;
  EXPECT_TRUE(OpenSqliteJournal(options).ok());
}

TEST_F(OpenJournal, AcceptingAMissingHeadDoesNotExcuseAHeadThatIsThere) {
  MakeJournal(3);
  const std::string older = ReadFile(Path("j.db"));
  MakeJournal(2);
  WriteFile(Path("j.db"), older);
  SqliteOptions options = SmallOptions(data());
  options.accept_missing_head = true;
  EXPECT_EQ(OpenSqliteJournal(options).status().code(), absl::StatusCode::kDataLoss);
}

TEST_F(OpenJournal, AnOlderHeadFileIsFine) {
  MakeJournal(3);
  const std::string older = ReadFile(Path("j.head"));
  MakeJournal(2);
  WriteFile(Path("j.head"), older);
  EXPECT_TRUE(TryOpen().ok());
}

}  // namespace
}  // namespace outlay::journal
