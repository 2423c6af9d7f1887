// What README.md shows as the demo's output is what the demo prints.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/process.h"

namespace outlay::tests {
namespace {

using ::testing::HasSubstr;

std::string FirstFencedBlock(const std::string& text) {
  const std::string fence = "```\n";
  const size_t open = text.find(fence);
  const size_t close = open == std::string::npos ? open : text.find(fence, open + fence.size());
  if (close == std::string::npos) return "";
  return text.substr(open + fence.size(), close - open - fence.size());
}

TEST(Readme, ShowsWhatTheDemoPrints) {
  const std::string shown = FirstFencedBlock(ReadFile(SourceDirectory() / "README.md"));
  ASSERT_THAT(shown, HasSubstr("big-tech-4"));
  const ProcessResult demo = RunToEnd({.arguments = {Binary("outlay"), "demo"}});
  EXPECT_EQ(demo.exit_code, 0) << demo.standard_error;
  EXPECT_THAT(demo.standard_output, HasSubstr(shown));
  EXPECT_THAT(demo.standard_output, HasSubstr("All four servers have stopped."));
}

}  // namespace
}  // namespace outlay::tests
