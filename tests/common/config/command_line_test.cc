#include "services/common/config/command_line.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/common/config/server_settings.h"
#include "services/common/status/error.h"

namespace outlay::config {
namespace {

using ::testing::HasSubstr;

Program TestProgram() {
  return {
      .name = "outlay-test",
      .summary = "Serves tests.",
      .version = "1.2.3",
      .table = {StringSetting("listen-address", "127.0.0.1:7401", "where to listen"),
                IntegerSetting("worker-threads", 4, 1, 256, "threads"),
                BoolSetting("verbose", false, "says more"),
                DurationSetting("drain-ms", 500, 0, 60'000, "wait before closing"),
                EnumSetting("log-format", "auto", {"json", "text", "auto"}, "form of the log")}};
}

absl::StatusOr<CommandLine> Parse(std::vector<const char*> flags,
                                  std::vector<const char*> environment = {}) {
  flags.insert(flags.begin(), "outlay-test");
  environment.push_back(nullptr);
  return ParseCommandLine(TestProgram(), static_cast<int>(flags.size()), flags.data(),
                          environment.data());
}

// The message of the error, after checking its code and reason.
std::string ErrorOf(const absl::StatusOr<CommandLine>& line, std::string_view reason) {
  EXPECT_EQ(line.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(GetErrorDetail(line.status()).reason, reason);
  return std::string(line.status().message());
}

TEST(CommandLine, WithoutFlagsAndVariablesGivesTheDefaults) {
  const auto line = Parse({});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_FALSE(line->output.has_value());
  EXPECT_EQ(line->settings.String("listen-address"), "127.0.0.1:7401");
  EXPECT_EQ(line->settings.Integer("worker-threads"), 4);
  EXPECT_FALSE(line->settings.Bool("verbose"));
  EXPECT_EQ(line->settings.DurationMs("drain-ms"), 500);
  EXPECT_EQ(line->settings.String("log-format"), "auto");
}

TEST(CommandLine, TakesAValueAfterEqualsOrAsTheNextArgument) {
  const auto line = Parse({"--worker-threads=8", "--drain-ms", "0", "--listen-address="});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_EQ(line->settings.Integer("worker-threads"), 8);
  EXPECT_EQ(line->settings.DurationMs("drain-ms"), 0);
  EXPECT_EQ(line->settings.String("listen-address"), "");
}

TEST(CommandLine, BoolMayStandAloneOrTakeAValue) {
  EXPECT_TRUE(Parse({"--verbose"})->settings.Bool("verbose"));
  EXPECT_TRUE(Parse({"--verbose", "--drain-ms=1"})->settings.Bool("verbose"));
  EXPECT_FALSE(Parse({"--verbose=false"})->settings.Bool("verbose"));
  EXPECT_FALSE(Parse({"--verbose", "false"})->settings.Bool("verbose"));
}

TEST(CommandLine, FlagBeatsVariableBeatsDefault) {
  const auto line = Parse({"--worker-threads=8"},
                          {"OUTLAY_WORKER_THREADS=16", "OUTLAY_DRAIN_MS=250", "PATH=/usr/bin"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_EQ(line->settings.Integer("worker-threads"), 8);
  EXPECT_EQ(line->settings.DurationMs("drain-ms"), 250);
}

TEST(CommandLine, LastOfTwoEqualFlagsWins) {
  EXPECT_EQ(Parse({"--drain-ms=1", "--drain-ms=2"})->settings.DurationMs("drain-ms"), 2);
}

TEST(CommandLine, UnknownFlagNamesTheNearest) {
  EXPECT_EQ(
      ErrorOf(Parse({"--worker-thread=8"}), "UNKNOWN_FLAG"),
      "--worker-thread: outlay-test has no such flag (did you mean --worker-threads?); --help "
      "lists them");
}

TEST(CommandLine, UnknownFlagNearNothingPointsToHelp) {
  EXPECT_EQ(ErrorOf(Parse({"--zzzzzzzzzzzz"}), "UNKNOWN_FLAG"),
            "--zzzzzzzzzzzz: outlay-test has no such flag; --help lists them");
}

TEST(CommandLine, StrayArgumentIsAnError) {
  EXPECT_EQ(ErrorOf(Parse({"serve"}), "STRAY_ARGUMENT"),
            "serve: outlay-test takes flags only, as --name=value");
  EXPECT_EQ(ErrorOf(Parse({"--"}), "STRAY_ARGUMENT"),
            "--: outlay-test takes flags only, as --name=value");
}

TEST(CommandLine, MissingValueSaysWhatTheFlagTakes) {
  EXPECT_EQ(ErrorOf(Parse({"--worker-threads"}), "MISSING_VALUE"),
            "--worker-threads: needs a value: a whole number from 1 to 256");
}

TEST(CommandLine, BadValueNamesTheFlagItsTypeAndRange) {
  EXPECT_EQ(ErrorOf(Parse({"--worker-threads=many"}), "BAD_SETTING_VALUE"),
            "--worker-threads: \"many\" is not a whole number from 1 to 256");
  EXPECT_EQ(ErrorOf(Parse({"--worker-threads=8x"}), "BAD_SETTING_VALUE"),
            "--worker-threads: \"8x\" is not a whole number from 1 to 256");
  EXPECT_EQ(ErrorOf(Parse({"--worker-threads="}), "BAD_SETTING_VALUE"),
            "--worker-threads: \"\" is not a whole number from 1 to 256");
  EXPECT_EQ(ErrorOf(Parse({"--verbose=yes"}), "BAD_SETTING_VALUE"),
            "--verbose: \"yes\" is not true or false");
  EXPECT_EQ(ErrorOf(Parse({"--log-format=jsn"}), "BAD_SETTING_VALUE"),
            "--log-format: \"jsn\" is not json, text or auto (did you mean \"json\"?)");
}

TEST(CommandLine, ValueOutOfRangeIsABadValue) {
  EXPECT_EQ(ErrorOf(Parse({"--worker-threads=257"}), "BAD_SETTING_VALUE"),
            "--worker-threads: \"257\" is not a whole number from 1 to 256");
  EXPECT_EQ(ErrorOf(Parse({"--drain-ms=-1"}), "BAD_SETTING_VALUE"),
            "--drain-ms: \"-1\" is not milliseconds, a whole number from 0 to 60000");
  EXPECT_EQ(ErrorOf(Parse({"--drain-ms=99999999999999999999"}), "BAD_SETTING_VALUE"),
            "--drain-ms: \"99999999999999999999\" is not milliseconds, a whole number from 0 to "
            "60000");
}

TEST(CommandLine, BadVariableIsNamed) {
  EXPECT_EQ(ErrorOf(Parse({}, {"OUTLAY_WORKER_THREADS=0"}), "BAD_SETTING_VALUE"),
            "OUTLAY_WORKER_THREADS: \"0\" is not a whole number from 1 to 256");
}

TEST(CommandLine, UnknownOutlayVariableNamesTheNearest) {
  EXPECT_EQ(ErrorOf(Parse({}, {"OUTLAY_DRAIN_MSS=5"}), "UNKNOWN_VARIABLE"),
            "OUTLAY_DRAIN_MSS: no Outlay program reads this environment variable (did you mean "
            "\"OUTLAY_DRAIN_MS\"?); unset it or correct it");
}

TEST(CommandLine, VariableOfAnotherProgramIsIgnored) {
  EXPECT_TRUE(Parse({}, {"OUTLAY_MAX_MESSAGE_BYTES=not read here", "OUTLAY_GATEWAY=host:7400",
                         "OUTLAY_FX_SERVICE_HOST=10.0.0.1", "OUTLAYS=5", "outlay_x=1"})
                  .ok());
}

TEST(CommandLine, HelpPrintsEverySettingAndIgnoresOtherErrors) {
  const auto line = Parse({"--nonsense", "--help"}, {"OUTLAY_NONSENSE=1"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_THAT(*line->output, HasSubstr("outlay-test: Serves tests."));
  EXPECT_THAT(*line->output,
              HasSubstr("  --worker-threads  (OUTLAY_WORKER_THREADS)\n      threads\n      a whole "
                        "number from 1 to 256; default 4\n"));
}

TEST(CommandLine, VersionPrintsNameAndVersion) {
  EXPECT_EQ(*Parse({"--version"})->output, "outlay-test 1.2.3\n");
}

TEST(CommandLine, SettingsMarkdownHasARowForEachSetting) {
  const std::string text = *Parse({"--print-settings-markdown"})->output;
  EXPECT_THAT(text, HasSubstr("| `--drain-ms` | `OUTLAY_DRAIN_MS` | milliseconds, a whole number "
                              "from 0 to 60000 | `500` | wait before closing |\n"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2 + 5);
}

}  // namespace
}  // namespace outlay::config
