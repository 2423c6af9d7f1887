// `outlay rates`: what it asks for, and how it prints the answer.
#include "tests/gateway/cli/import_fixture.h"

namespace outlay::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class RatesCommandTest : public ImportTest {
 protected:
  RatesCommandTest() {
    Answer("2025-02-05", "1443.61231884057", "99609250", "69000");
    Answer("2025-02-06", "1448.12", "144812", "100");
    Answer("2025-02-07", "1447.09453599", "1668500", "1153");
  }

  void Answer(const std::string& date, const std::string& value, const std::string& numerator,
              const std::string& denominator) {
    fx::v1::RateAnswer answer;
    answer.set_from_currency("USD");
    answer.set_to_currency("KRW");
    answer.set_used_date(date);
    answer.set_provider("ecb");
    answer.set_derivation(fx::v1::DERIVATION_CROSS);
    answer.mutable_value()->set_value(value);
    answer.mutable_numerator()->set_value(numerator);
    answer.mutable_denominator()->set_value(denominator);
    fx_.answers.push_back(std::move(answer));
  }

  Result Rates(std::vector<std::string> more) {
    more.insert(more.begin(), {"rates", "--pair", "USD/KRW"});
    return Run(std::move(more));
  }
};

TEST_F(RatesCommandTest, AsksForAllPagesAndTheDayAfterTheLastOne) {
  const Result result =
      Rates({"--from", "2025-02-05", "--to", "2025-02-28", "--provider", "ecb", "--digits", "20"});
  EXPECT_EQ(result.code, kSuccess) << result.err;
  ASSERT_EQ(fx_.list_requests.size(), 2u);
  EXPECT_EQ(fx_.list_requests[0].ShortDebugString(),
            "from_currency: \"USD\" to_currency: \"KRW\" provider: \"ecb\" start_date: "
            "\"2025-02-05\" end_date: \"2025-03-01\" significant_digits: 20");
  EXPECT_EQ(fx_.list_requests[1].page_token(), "2");
  EXPECT_EQ(result.out,
            "USD/KRW, ecb: 3 rates, 2025-02-05 to 2025-02-07\n"
            "\n"
            "date                 USD/KRW  derivation\n"
            "────────────────────────────────────────\n"
            "2025-02-05  1443.61231884057  cross\n"
            "2025-02-06           1448.12  cross\n"
            "2025-02-07     1447.09453599  cross\n");
}

TEST_F(RatesCommandTest, WithoutDaysAllThereAre) {
  EXPECT_EQ(Rates({}).code, kSuccess);
  EXPECT_EQ(fx_.list_requests[0].ShortDebugString(),
            "from_currency: \"USD\" to_currency: \"KRW\" significant_digits: 12");
}

TEST_F(RatesCommandTest, CsvHasTheExactFractionAndJsonTheStamp) {
  EXPECT_EQ(Rates({"--format", "csv"}).out,
            "date,base,quote,value,numerator,denominator,derivation,provider,warnings\n"
            "2025-02-05,USD,KRW,1443.61231884057,99609250,69000,CROSS,ecb,\n"
            "2025-02-06,USD,KRW,1448.12,144812,100,CROSS,ecb,\n"
            "2025-02-07,USD,KRW,1447.09453599,1668500,1153,CROSS,ecb,\n");
  const std::string json = Rates({"--format", "json"}).out;
  EXPECT_THAT(json,
              AllOf(HasSubstr("2025-02-05"), HasSubstr("2025-02-07"),
                    HasSubstr("\"fxSequence\": \"7\""), testing::Not(HasSubstr("nextPageToken"))));
}

TEST_F(RatesCommandTest, AChartIsEightyCellsWideWhereThereIsNoTerminal) {
  const Result result = Rates({"--format", "chart", "--lang", "ko"});
  EXPECT_EQ(result.code, kSuccess) << result.err;
  EXPECT_THAT(result.out,
              AllOf(testing::StartsWith("USD/KRW, ecb: 3건, 2025-02-05~2025-02-07\n"),
                    HasSubstr("1,448.12 ┤"), HasSubstr("1,443.61 ┤"),
                    HasSubstr("최고 1,448.12 (2025-02-06), 최저 1,443.61231884057 (2025-02-05)\n"),
                    testing::Not(HasSubstr("\x1b"))));
}

TEST_F(RatesCommandTest, NoRatesAreSaidToBeNone) {
  fx_.answers.clear();
  for (const char* const format : {"table", "chart"}) {
    const Result result = Rates({"--format", format, "--provider", "ecb"});
    EXPECT_EQ(result.code, kSuccess);
    EXPECT_EQ(result.out, "USD/KRW, ecb: 0 rates\n");
  }
}

TEST_F(RatesCommandTest, WrongFlagsAreSaidWithWhatIsRight) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{"rates"}, "--pair"},
      {{"rates", "--pair", "USDKRW"}, "--pair is \"USDKRW\": give two currencies with a slash"},
      {{"rates", "--pair", "USD/WON"}, "--pair is \"USD/WON\""},
      {{"rates", "--pair", "USD/KRW/EUR"}, "--pair is"},
      {{"rates", "--pair", "USD/KRW", "--from", "2025-02-30"}, "--from is \"2025-02-30\""},
      {{"rates", "--pair", "USD/KRW", "--from", "2025-02-08", "--to", "2025-02-07"},
       "it lies before --from 2025-02-08"},
      {{"rates", "--pair", "USD/KRW", "--digits", "35"}, "give 1 to 34 significant digits"},
      {{"rates", "--pair", "USD/KRW", "--format", "markdown"}, "--format"},
  };
  for (const auto& [arguments, what] : cases) {
    const Result result = Run(arguments);
    EXPECT_EQ(result.code, kUsage) << result.err;
    EXPECT_THAT(result.err, HasSubstr(what));
  }
  EXPECT_TRUE(fx_.list_requests.empty());
}

TEST_F(RatesCommandTest, TheServicesRefusalEndsIt) {
  fx_.failures.Add(1, absl::OkStatus());
  fx_.failures.Add(1, MakeError(absl::StatusCode::kNotFound, "no path", {.reason = "NO_PATH"}));
  const Result result = Rates({});
  EXPECT_EQ(result.code, kFailure);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("no path\n  NOT_FOUND (NO_PATH)"));
}

}  // namespace
}  // namespace outlay::cli
