#include "gateway/cli/output_buffer.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <ostream>
#include <string>

#include "tests/support/process.h"

namespace outlay::cli {
namespace {

class OutputBufferTest : public testing::Test {
 protected:
  OutputBufferTest() : file_(open(path_.c_str(), O_WRONLY | O_CREAT, 0600)) {}
  ~OutputBufferTest() override { close(file_); }

  std::string Written() const { return tests::ReadFile(path_); }

  tests::TemporaryFolder folder_;
  const std::filesystem::path path_ = folder_.path() / "out";
  const int file_;
};

TEST_F(OutputBufferTest, WritesWhatItGotHoweverLongItIs) {
  std::string expected;
  {
    OutputBuffer buffer(file_, false);
    std::ostream out(&buffer);
    for (int i = 0; i < 5'000; ++i) {
      out << i << '\n' << std::string(static_cast<size_t>(i % 50), 'x');
      expected += std::to_string(i) + "\n" + std::string(static_cast<size_t>(i % 50), 'x');
    }
    out << std::string(100'000, 'y');
    expected += std::string(100'000, 'y');
    EXPECT_TRUE(out.good());
  }
  EXPECT_EQ(Written(), expected);
}

TEST_F(OutputBufferTest, WaitsForAFlushUnlessItWritesAtOnce) {
  OutputBuffer buffer(file_, false);
  std::ostream out(&buffer);
  out << "one\n";
  EXPECT_EQ(Written(), "");
  out.flush();
  EXPECT_EQ(Written(), "one\n");

  OutputBuffer at_once(file_, true);
  std::ostream lines(&at_once);
  lines << "two\nthr";
  EXPECT_EQ(Written(), "one\ntwo\nthr");
  lines << "ee" << '\n';
  EXPECT_EQ(Written(), "one\ntwo\nthree\n");
}

TEST_F(OutputBufferTest, RemembersTheFirstErrorAndWritesNoMore) {
  const int full = open("/dev/full", O_WRONLY);
  ASSERT_GE(full, 0);
  OutputBuffer buffer(full, false);
  std::ostream out(&buffer);
  out << "lost";
  EXPECT_EQ(buffer.error(), 0);
  EXPECT_FALSE(out.flush().good());
  EXPECT_EQ(buffer.error(), ENOSPC);
  ASSERT_EQ(dup2(file_, full), full);
  out.clear();
  EXPECT_FALSE((out << "after it" << std::flush).good());
  EXPECT_EQ(buffer.error(), ENOSPC);
  EXPECT_EQ(Written(), "");
  close(full);
}

}  // namespace
}  // namespace outlay::cli
