#include "services/common/journal/head_file.h"

#include <gtest/gtest.h>

#include "tests/common/journal/support.h"

namespace outlay::journal {
namespace {

constexpr std::chrono::milliseconds kInterval{1000};

Position At(uint64_t n) {
  return {.sequence = n, .entry_checksum = n * 7, .request_ordinal = n + 1, .request_checksum = 3};
}

class HeadFileTest : public testing::Test {
 protected:
  std::filesystem::path path() const { return directory_.path() / "h"; }

  HeadFile Open() {
    absl::StatusOr<HeadFile> file = HeadFile::Open(path(), kInterval);
    EXPECT_TRUE(file.ok()) << file.status();
    return *std::move(file);
  }

  void FlipByte(size_t at) {
    std::string content = ReadFile(path());
    content[at] ^= 1;
    WriteFile(path(), content);
  }

  TemporaryDirectory directory_;
};

TEST_F(HeadFileTest, IsMissingBeforeItIsMade) {
  const HeadFile file = Open();
  EXPECT_EQ(file.state(), HeadFile::State::kMissing);
  EXPECT_TRUE(file.position().empty());
}

TEST_F(HeadFileTest, KeepsTheLastPositionWritten) {
  HeadFile file = Open();
  ASSERT_TRUE(file.Create(Position(), 4).ok());
  for (uint64_t n = 1; n <= 5; ++n) {
    ASSERT_TRUE(file.Write(At(n)).ok());
    const HeadFile read = Open();
    EXPECT_EQ(read.state(), HeadFile::State::kValid);
    EXPECT_EQ(read.position(), At(n));
    EXPECT_EQ(read.schema_version(), 4u);
  }
  EXPECT_EQ(std::filesystem::file_size(path()), 1024u);
}

TEST_F(HeadFileTest, GoesOnAfterReopening) {
  HeadFile made = Open();
  ASSERT_TRUE(made.Create(At(1), 1).ok());
  HeadFile reopened = Open();
  ASSERT_TRUE(reopened.Write(At(2)).ok());
  ASSERT_TRUE(reopened.Write(At(3)).ok());
  EXPECT_EQ(Open().position(), At(3));
}

TEST_F(HeadFileTest, AnInvalidSlotLeavesTheOther) {
  HeadFile file = Open();
  ASSERT_TRUE(file.Create(At(1), 1).ok());  // slot 0
  ASSERT_TRUE(file.Write(At(2)).ok());      // slot 1
  FlipByte(512 + 100);
  EXPECT_EQ(Open().position(), At(1));
  FlipByte(512 + 100);
  FlipByte(511);
  EXPECT_EQ(Open().position(), At(2));
  FlipByte(512 + 30);
  EXPECT_EQ(Open().state(), HeadFile::State::kDamaged);
}

TEST_F(HeadFileTest, AShortFileIsDamaged) {
  WriteFile(path(), "short");
  EXPECT_EQ(Open().state(), HeadFile::State::kDamaged);
}

TEST_F(HeadFileTest, CannotBeMadeWhereThereIsNoDirectory) {
  absl::StatusOr<HeadFile> file = HeadFile::Open(directory_.path() / "no" / "h", kInterval);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(ReasonOf(file->Create(Position(), 1)), "STORAGE_UNAVAILABLE");
}

}  // namespace
}  // namespace outlay::journal
