// What the environment and the standard streams do to the command, with the real binaries.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/process.h"

namespace outlay::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(Environment, NoSettingOutsideChangesTheDemo) {
  const ProcessResult demo =
      RunToEnd({.arguments = {Binary("outlay"), "demo"},
                .environment = {{"OUTLAY_STORE", "postgres://nobody@127.0.0.1:1/production"},
                                {"OUTLAY_MAX_MESSAGE_BYTES", "abc"},
                                {"OUTLAY_DATA_DIR", "/nowhere"},
                                {"OUTLAY_GATEWAY", "127.0.0.1:1"}}});
  EXPECT_EQ(demo.exit_code, 0) << demo.standard_error;
  EXPECT_THAT(demo.standard_output, HasSubstr("All four servers have stopped."));
}

TEST(Environment, UpRefusesASettingThatItWouldPassOver) {
  TemporaryFolder folder;
  const std::string data = (folder.path() / "data").string();
  const auto up_with = [&](const std::string& name, const std::string& value) {
    return RunToEnd(
        {.arguments = {Binary("outlay"), "up", "--data-dir", data, "--gateway-port", "0",
                       "--ingest-port", "0", "--fx-port", "0", "--aggregation-port", "0"},
         .environment = {{name, value}}});
  };
  const ProcessResult store = up_with("OUTLAY_STORE", "postgres://nobody@127.0.0.1:1/production");
  EXPECT_EQ(store.exit_code, 2);
  EXPECT_THAT(store.standard_error,
              AllOf(HasSubstr("outlay up: OUTLAY_STORE is set"), HasSubstr("--data-dir"),
                    HasSubstr("the single servers (outlay-ingest, outlay-fx, …) take --store")));
  const ProcessResult limit = up_with("OUTLAY_MAX_MESSAGE_BYTES", "abc");
  EXPECT_EQ(limit.exit_code, 2);
  EXPECT_THAT(limit.standard_error, HasSubstr("OUTLAY_MAX_MESSAGE_BYTES is set"));
  EXPECT_FALSE(std::filesystem::exists(data));
}

// The command with its standard output redirected as a shell has it.
ProcessResult Redirected(const std::string& arguments, const std::string& redirection) {
  return RunToEnd({.arguments = {"/bin/sh", "-c",
                                 "\"" + Binary("outlay") + "\" " + arguments + " " + redirection}});
}

TEST(StandardOutput, ThatCannotBeWrittenIsAFailure) {
  for (const char* const arguments :
       {"--help", "--version", "report --group big-tech-4 --year 2025 --print-grpcurl",
        "import disclosures --template csv", "demo"}) {
    const ProcessResult result = Redirected(arguments, ">/dev/full");
    EXPECT_EQ(result.exit_code, 1) << arguments;
    EXPECT_EQ(result.standard_error,
              "outlay: cannot write to standard output: No space left on device\n")
        << arguments;
  }
}

TEST(StandardOutput, AUsageErrorStaysOne) {
  const ProcessResult result = Redirected("reprot", ">/dev/full");
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.standard_error, testing::Not(HasSubstr("cannot write")));
}

TEST(StandardOutput, WhoeverReadsItMayLeave) {
  for (const char* const arguments : {"report --help", "demo"}) {
    const ProcessResult result = Redirected(arguments, "| true");
    EXPECT_EQ(result.exit_code, 0) << arguments;
    EXPECT_EQ(result.standard_error, "") << arguments;
  }
}

}  // namespace
}  // namespace outlay::tests
