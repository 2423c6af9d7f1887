// The report of './run test' on skips: which fail the run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/process.h"

namespace outlay::tests {
namespace {

using testing::HasSubstr;

class PermittedSkips : public testing::Test {
 protected:
  // Of one suite, of which one case passed and "Suite.Case" was skipped for `reason`.
  ProcessResult Report(const std::string& permitted, const std::string& reason) {
    WriteFile(folder_.path() / "permitted.txt", permitted + "\n");
    WriteFile(folder_.path() / "junit.xml",
              "<testsuite>\n\t<testcase name=\"some_test\" time=\"1\" status=\"run\">\n");
    WriteFile(folder_.path() / "some_test.xml",
              "    <testcase name=\"Passes\" result=\"completed\" classname=\"Suite\" />\n"
              "    <testcase name=\"Case\" result=\"skipped\" classname=\"Suite\">\n"
              "      <skipped message=\"../tests/x_test.cc:7&#x0A;" +
                  reason + "&#x0A;\"/>\n    </testcase>\n");
    const auto path = [&](const char* name) { return (folder_.path() / name).string(); };
    return RunToEnd(
        {.arguments = {"awk", "-f", (SourceDirectory() / "tools" / "test_report.awk").string(),
                       path("permitted.txt"), path("junit.xml"), path("some_test.xml")}});
  }

  TemporaryFolder folder_;
};

TEST_F(PermittedSkips, ASkipThatIsNotNamedFailsTheRun) {
  const ProcessResult result = Report("Other.* for it is away", "nothing is there");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.standard_output, HasSubstr("Suite.Case: nothing is there\n    NOT PERMITTED"));
}

TEST_F(PermittedSkips, ASkipThatIsNamedDoesNot) {
  const ProcessResult result = Report("Suite.* for it is away", "nothing is there");
  EXPECT_EQ(result.exit_code, 0) << result.standard_output << result.standard_error;
  EXPECT_THAT(result.standard_output, HasSubstr("permitted: for it is away"));
}

TEST_F(PermittedSkips, ASkipForAnotherReasonThanTheNamedOneFailsTheRun) {
  const std::string permitted = "Suite.* \"no tmpfs: *\" only root may";
  EXPECT_EQ(Report(permitted, "no tmpfs: Operation not permitted").exit_code, 0);
  const ProcessResult result = Report(permitted, "there is no PostgreSQL");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.standard_output, HasSubstr("NOT PERMITTED"));
}

}  // namespace
}  // namespace outlay::tests
