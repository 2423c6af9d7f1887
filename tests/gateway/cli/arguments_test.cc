#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/cli/cli.h"
#include "gateway/cli/options.h"
#include "gateway/cli/print_error.h"
#include "services/common/status/error.h"
#include "tests/gateway/cli/test_session.h"

namespace outlay::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

struct Result {
  int code;
  std::string out;
  std::string err;
};

Result RunWith(const std::vector<std::string>& arguments,
               const std::map<std::string, std::string>& variables = {}) {
  TestSession test;
  test.variables = variables;
  const int code = RunCli(arguments, {}, test.session);
  return {code, test.out.str(), test.err.str()};
}

std::string UsageError(const std::vector<std::string>& arguments) {
  const Result result = RunWith(arguments);
  EXPECT_EQ(result.code, kUsage);
  EXPECT_EQ(result.out, "");
  return result.err;
}

TEST(ArgumentsTest, HelpIsAnAnswer) {
  const Result result = RunWith({"--help"});
  EXPECT_EQ(result.code, kSuccess);
  EXPECT_THAT(result.out, AllOf(HasSubstr("report"), HasSubstr("convert"), HasSubstr("import"),
                                HasSubstr("demo")));
  EXPECT_THAT(RunWith({"report", "--help"}).out, HasSubstr("--share-of"));
  EXPECT_THAT(RunWith({"import", "rates", "--help"}).out, HasSubstr("--rejected"));
}

TEST(ArgumentsTest, HelpSaysWhoseSequenceIsMeant) {
  EXPECT_THAT(RunWith({"report", "--help"}).out, HasSubstr("ingest's journal"));
  const std::string convert = RunWith({"convert", "--help"}).out;
  EXPECT_THAT(convert, AllOf(HasSubstr("--recorded-as-of"), HasSubstr("fx's journal"),
                             testing::Not(HasSubstr("ingest's"))));
}

TEST(ArgumentsTest, TheVersionIsAnAnswer) {
  const Result result = RunWith({"--version"});
  EXPECT_EQ(result.code, kSuccess);
  EXPECT_THAT(result.out, StartsWith("outlay "));
}

TEST(ArgumentsTest, WithoutACommandTheCommandsAreListed) {
  EXPECT_THAT(
      UsageError({}),
      StartsWith("outlay: a command is missing: demo, report, convert, rates, import, export\n"));
  EXPECT_THAT(
      UsageError({"import"}),
      StartsWith(
          "outlay import: a command is missing: catalog, companyfacts, disclosures, rates\n"));
}

TEST(ArgumentsTest, AnUnknownCommandNamesTheNearest) {
  EXPECT_THAT(UsageError({"reprot"}),
              StartsWith("outlay: there is no command \"reprot\" (did you mean \"report\"?)"));
  EXPECT_THAT(UsageError({"import", "rate"}),
              StartsWith("outlay import: there is no command \"rate\" (did you mean \"rates\"?)"));
}

TEST(ArgumentsTest, AnUnknownFlagIsNamedWithTheNearest) {
  EXPECT_THAT(
      UsageError({"report", "--group", "x", "--year", "2025", "--formt", "json"}),
      AllOf(StartsWith("outlay report: there is no flag --formt (did you mean \"--format\""),
            HasSubstr("'outlay report --help'")));
  EXPECT_THAT(UsageError({"report", "--currncy=KRW"}), HasSubstr("there is no flag --currncy"));
}

TEST(ArgumentsTest, AValueThatAFlagDoesNotTakeSaysWhatItTakes) {
  EXPECT_THAT(UsageError({"report", "--group", "x", "--year", "2025", "--format", "xml"}),
              AllOf(HasSubstr("--format"), HasSubstr("xml"), HasSubstr("markdown")));
  EXPECT_THAT(UsageError({"report", "--group", "x", "--year", "2025", "--timeout", "0"}),
              HasSubstr("--timeout"));
  EXPECT_THAT(UsageError({"report", "--group", "x", "--year", "20x5"}),
              HasSubstr("--year is \"20x5\""));
  EXPECT_THAT(UsageError({"report", "--group"}), HasSubstr("--group"));
}

TEST(ArgumentsTest, AValueThatIsNotUtf8IsRefusedByItsFlag) {
  const std::string bad = "caf\xe9";
  const std::vector<std::pair<std::string, std::vector<std::string>>> calls = {
      {"--organization", {"report", "--organization", "amazon", "--organization", bad}},
      {"--share-of", {"report", "--share-of", bad}},
      {"--provider", {"convert", "1", "USD", "KRW", "--provider", bad}},
      {"FROM", {"convert", "1", bad, "KRW"}},
      {"--rate", {"convert", "1", "USD", "KRW", "--rate=as-stated=" + bad}},
      {"--actor", {"import", "disclosures", "x.csv", "--actor", bad}},
      {"--reason", {"import", "catalog", "--reason", bad}},
      {"--provider", {"import", "rates", "x.csv", "--provider", bad}},
      {"--as-of", {"export", "disclosures", "--format", "csv", "--as-of", bad}}};
  for (const auto& [flag, arguments] : calls) {
    EXPECT_THAT(UsageError(arguments),
                AllOf(HasSubstr(": " + flag + ": "), HasSubstr("caf\\xe9\" is not UTF-8")))
        << flag;
  }
}

TEST(ArgumentsTest, WhoRecordsIsSomebody) {
  EXPECT_THAT(UsageError({"import", "disclosures", "/nowhere/x.csv", "--dry-run", "--actor", ""}),
              AllOf(HasSubstr("--actor"), HasSubstr("is empty: say who records")));
}

TEST(ArgumentsTest, APathIsWhateverTheSystemTakes) {
  const Result result = RunWith({"import", "rates", "/nowhere/caf\xe9.csv"});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_THAT(result.err, HasSubstr("cannot read /nowhere/caf\xe9.csv"));
}

TEST(ArgumentsTest, MissingAndSuperfluousArgumentsAreNamed) {
  EXPECT_THAT(UsageError({"convert", "100"}), HasSubstr("outlay convert AMOUNT [FROM] TO"));
  EXPECT_THAT(UsageError({"convert", "100", "KRW"}), HasSubstr("names no currency"));
  EXPECT_THAT(UsageError({"convert", "100", "USD", "KRW", "EUR"}),
              HasSubstr("\"EUR\" is one argument too many"));
  EXPECT_THAT(UsageError({"import", "rates"}), HasSubstr("FILE"));
}

TEST(ArgumentsTest, ANegativeAmountIsAnAmount) {
  // The refusal is of the next thing.
  for (const std::vector<std::string>& amount :
       {std::vector<std::string>{"-5"}, std::vector<std::string>{"--", "-5"}}) {
    std::vector<std::string> arguments = {"convert", "--on", "2025-02-30"};
    arguments.insert(arguments.end(), amount.begin(), amount.end());
    arguments.insert(arguments.end(), {"USD", "KRW"});
    EXPECT_THAT(UsageError(arguments), HasSubstr("--on is \"2025-02-30\""));
  }
}

TEST(ArgumentsTest, ListsOfFlagsMayBeRepeated) {
  const Result result = RunWith({"report", "--organization", "amazon", "--organization", "meta",
                                 "--year", "2025", "--print-grpcurl"});
  EXPECT_EQ(result.code, kSuccess);
  EXPECT_EQ(
      result.out,
      "grpcurl -plaintext -d "
      "'{\"query\":{\"organizationIds\":[\"amazon\",\"meta\"],\"period\":{\"label\":\"2025\"}}}' "
      "127.0.0.1:7400 outlay.gateway.v1.GatewayService/GetReport\n");
}

TEST(ArgumentsTest, TheGatewayIsTheFlagElseTheVariableElseTheDefault) {
  const std::vector<std::string> question = {"report", "--group", "g",
                                             "--year", "2025",    "--print-grpcurl"};
  EXPECT_THAT(RunWith(question, {{"OUTLAY_GATEWAY", "fx.example.org:1"}}).out,
              HasSubstr(" fx.example.org:1 "));
  std::vector<std::string> with_flag = question;
  with_flag.insert(with_flag.end(), {"--gateway", "localhost:2"});
  EXPECT_THAT(RunWith(with_flag, {{"OUTLAY_GATEWAY", "fx.example.org:1"}}).out,
              HasSubstr(" localhost:2 "));
}

TEST(ArgumentsTest, AGatewayThatIsNotThereIsAFailureThatSaysWhatToDo) {
  const Result result =
      RunWith({"convert", "1", "USD", "KRW", "--gateway", "127.0.0.1:1", "--timeout", "5"});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_THAT(result.err,
              AllOf(StartsWith("outlay convert: gateway at 127.0.0.1:1: "),
                    HasSubstr("BACKEND_UNAVAILABLE"), HasSubstr("'outlay up' starts one here")));
}

TEST(ArgumentsTest, AFileThatIsNotThereIsAFailure) {
  const Result result = RunWith({"import", "rates", "/nowhere/rates.csv"});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_THAT(result.err, HasSubstr("cannot read /nowhere/rates.csv: No such file or directory"));
}

TEST(ErrorTextTest, NamesCodeReasonAndEveryField) {
  const absl::Status error =
      MakeError(absl::StatusCode::kInvalidArgument, "query.period.label: is empty",
                {.reason = "MISSING_PERIOD",
                 .violations = {{"query.period.label", "is empty"},
                                {"query.currency_code", "is not known"}}});
  EXPECT_EQ(ErrorText("outlay report", error),
            "outlay report: query.period.label: is empty\n"
            "  INVALID_ARGUMENT (MISSING_PERIOD)\n"
            "  query.currency_code: is not known\n");
}

TEST(ErrorTextTest, NamesTheServiceThatDoesNotAnswer) {
  const auto text = [](const std::string& service) {
    return ErrorText("outlay report", MakeError(absl::StatusCode::kUnavailable, "no connection",
                                                {.reason = "BACKEND_UNAVAILABLE",
                                                 .metadata = {{"service", service}}}));
  };
  EXPECT_THAT(text("gateway at 127.0.0.1:7400"), HasSubstr("'outlay up' starts one here"));
  EXPECT_THAT(text("ingest"), AllOf(HasSubstr("The gateway answers, ingest behind it does not"),
                                    testing::Not(HasSubstr("--gateway"))));
}

TEST(AsOfOptionsTest, TakesADayOrAnInstantAndASequence) {
  EXPECT_EQ((AsOfOptions{"2025-02-09T12:00:00Z", ""}.ToProto()->published()),
            "2025-02-09T12:00:00Z");
  EXPECT_EQ((AsOfOptions{"", "5"}.ToProto()->recorded_sequence()), 5u);
  EXPECT_FALSE((AsOfOptions{"2025-02-30", ""}.ToProto().ok()));
}

}  // namespace
}  // namespace outlay::cli
