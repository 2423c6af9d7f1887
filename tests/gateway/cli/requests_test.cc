#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/cli/convert_request.h"
#include "gateway/cli/demo_questions.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/grpcurl_line.h"
#include "gateway/cli/proto_json.h"
#include "gateway/cli/report_request.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

using testing::HasSubstr;

ReportFlags Flags() {
  ReportFlags flags;
  flags.groups = {"big-tech-4"};
  flags.year = "2025";
  return flags;
}

std::string Json(const ReportFlags& flags) {
  const auto request = MakeReportRequest(flags);
  EXPECT_TRUE(request.ok()) << request.status();
  return request.ok() ? CompactJson(*request) : "";
}

template <typename Request>
std::string ErrorOf(const absl::StatusOr<Request>& request) {
  EXPECT_FALSE(request.ok());
  EXPECT_TRUE(IsUsage(request.status())) << request.status();
  return std::string(FromAbsl(request.status().message()));
}

std::string Error(const ReportFlags& flags) { return ErrorOf(MakeReportRequest(flags)); }

TEST(ReportRequestTest, TheLeastIsWhoAndWhen) {
  EXPECT_EQ(Json(Flags()), R"({"query":{"groupIds":["big-tech-4"],"period":{"label":"2025"}}})");
}

TEST(ReportRequestTest, EveryFlagHasItsField) {
  ReportFlags flags = Flags();
  flags.organizations = {"oracle", "apple"};
  flags.measures = {"capital_expenditure"};
  flags.definitions = {"purchases_of_property_and_equipment"};
  flags.bases = {"actual", "guidance"};
  flags.source_classes = {"filing"};
  flags.currency = "KRW";
  flags.rate = "as-stated=brunch-2025-02-10";
  flags.as_of = {"2025-02-10", "17"};
  flags.share_of = "republic-of-korea/government_budget/2024";
  flags.point = "low";
  flags.without_growth = true;
  EXPECT_EQ(
      Json(flags),
      R"({"query":{"organizationIds":["oracle","apple"],"groupIds":["big-tech-4"],"period":{"label":"2025"},)"
      R"("measures":["capital_expenditure"],"definitions":["purchases_of_property_and_equipment"],)"
      R"("bases":["BASIS_ACTUAL","BASIS_GUIDANCE"],"sourceClasses":["SOURCE_CLASS_FILING"],"currencyCode":"KRW",)"
      R"("rate":{"asStatedSourceId":"brunch-2025-02-10"},"pointRule":"POINT_RULE_LOW",)"
      R"("reference":{"organizationId":"republic-of-korea","measure":"government_budget","period":{"label":"2024"}},)"
      R"("withoutGrowth":true},"asOf":{"published":"2025-02-10","recordedSequence":"17"}})");
}

TEST(ReportRequestTest, TheRateFollowsFromRateAndOn) {
  ReportFlags flags = Flags();
  flags.currency = "KRW";
  EXPECT_THAT(Json(flags), testing::Not(HasSubstr("rate")));
  flags.on_date = "2025-02-07";
  EXPECT_THAT(Json(flags), HasSubstr(R"("rate":{"onDate":"2025-02-07"})"));
  flags.rate = "spot";
  EXPECT_THAT(Json(flags), HasSubstr(R"("rate":{"onDate":"2025-02-07"})"));
  flags.on_date = "";
  EXPECT_THAT(Json(flags), HasSubstr(R"("rate":{"latest":true})"));
  flags.rate = "average";
  flags.provider = "ecb";
  EXPECT_THAT(Json(flags), HasSubstr(R"("rate":{"provider":"ecb","average":true})"));
  flags.rate = "period-end";
  EXPECT_THAT(Json(flags), HasSubstr(R"("periodEnd":true)"));
  flags.provider = "";
  flags.rate = "fixed=1456.3";
  EXPECT_THAT(Json(flags), HasSubstr(R"("rate":{"fixed":{"value":"1456.3"}})"));
}

TEST(ReportRequestTest, QuartersAndOtherPeriodsHaveFlagsOfTheirOwn) {
  ReportFlags flags = Flags();
  flags.year = "";
  flags.quarter = "FY2025-Q1";
  EXPECT_THAT(Json(flags), HasSubstr(R"("label":"FY2025-Q1")"));
  flags.quarter = "";
  flags.period = "TTM-2025-06-30";
  EXPECT_THAT(Json(flags), HasSubstr(R"("label":"TTM-2025-06-30")"));
}

TEST(ReportRequestTest, WhatIsMissingIsAskedFor) {
  ReportFlags flags = Flags();
  flags.groups.clear();
  EXPECT_THAT(Error(flags), HasSubstr("--group ID or --organization ID"));
  flags = Flags();
  flags.year = "";
  EXPECT_THAT(Error(flags), HasSubstr("--year 2025"));
  flags.year = "2025";
  flags.quarter = "2025-Q1";
  EXPECT_EQ(Error(flags), "--year, --quarter and --period exclude each other: give one");
}

TEST(ReportRequestTest, BadValuesNameTheFlagAndWhatWouldBeRight) {
  ReportFlags flags = Flags();
  flags.year = "25";
  EXPECT_EQ(Error(flags), "--year is \"25\": give a calendar year, 2025, or a fiscal one, FY2025");
  flags.year = "2025-Q1";
  EXPECT_THAT(Error(flags), HasSubstr("--year is"));
  flags = Flags();
  flags.currency = "usd";
  EXPECT_THAT(Error(flags), testing::AllOf(HasSubstr("--currency is \"usd\""), HasSubstr("USD")));
  flags = Flags();
  flags.bases = {"guess"};
  EXPECT_EQ(Error(flags), "--basis is \"guess\": give actual, guidance or estimate");
  flags = Flags();
  flags.source_classes = {"unspecified"};
  EXPECT_THAT(Error(flags), HasSubstr("filing, organization, press or other"));
  flags = Flags();
  flags.point = "middle";
  EXPECT_EQ(Error(flags), "--point is \"middle\": give default, low or high");
  flags = Flags();
  flags.as_of.published = "9 Feb";
  EXPECT_THAT(Error(flags), HasSubstr("--as-of is \"9 Feb\": give a day, 2025-02-09"));
  flags = Flags();
  for (const char* const sequence : {"0", "-1", "1x", "99999999999999999999"}) {
    flags.as_of.recorded_sequence = sequence;
    EXPECT_THAT(Error(flags), HasSubstr("--recorded-as-of is")) << sequence;
  }
  flags = Flags();
  for (const char* const reference :
       {"korea", "a/b", "a/b/c/2024", "/b/2024", "a//2024", "a/b/24"}) {
    flags.share_of = reference;
    EXPECT_THAT(Error(flags), HasSubstr("give ORGANIZATION/MEASURE/PERIOD")) << reference;
  }
}

TEST(ReportRequestTest, RatesThatContradictAreRefused) {
  ReportFlags flags = Flags();
  flags.rate = "spot";
  EXPECT_THAT(Error(flags), HasSubstr("give --currency too"));
  flags.currency = "KRW";
  flags.on_date = "2025-02-31";
  EXPECT_THAT(Error(flags), HasSubstr("--on is \"2025-02-31\""));
  flags.on_date = "2025-02-07";
  flags.rate = "average";
  EXPECT_THAT(Error(flags), HasSubstr("--on names the day of a spot rate"));
  flags.on_date = "";
  flags.rate = "fixed=2";
  flags.provider = "ecb";
  EXPECT_THAT(Error(flags), HasSubstr("--provider"));
}

ConvertFlags Conversion() {
  ConvertFlags flags;
  flags.amount = "26.3e9";
  flags.from = "USD";
  flags.to = "KRW";
  return flags;
}

std::string Json(const ConvertFlags& flags) {
  const auto request = MakeConvertRequest(flags);
  EXPECT_TRUE(request.ok()) << request.status();
  return request.ok() ? CompactJson(*request) : "";
}

std::string Error(const ConvertFlags& flags) { return ErrorOf(MakeConvertRequest(flags)); }

TEST(ConvertRequestTest, ItsSequenceIsFxs) {
  ConvertFlags flags = Conversion();
  flags.as_of.recorded_sequence = "x";
  EXPECT_THAT(Error(flags), HasSubstr("give a sequence of fx's journal"));
}

TEST(ConvertRequestTest, WithoutARateTheServiceTakesTheLatest) {
  EXPECT_EQ(Json(Conversion()),
            R"({"amount":{"currencyCode":"USD","units":"26300000000"},"toCurrency":"KRW"})");
}

TEST(ConvertRequestTest, ADayAPeriodASourceOrAFigure) {
  ConvertFlags flags = Conversion();
  flags.on_date = "2025-02-07";
  flags.provider = "ecb";
  EXPECT_THAT(Json(flags),
              HasSubstr(R"("spec":{"provider":"ecb","onDate":{"date":"2025-02-07"}})"));
  flags = Conversion();
  flags.rate = "average=2024-Q4";
  EXPECT_THAT(Json(flags),
              HasSubstr(R"("average":{"startDate":"2024-10-01","endDate":"2025-01-01"})"));
  flags.rate = "period-end=2024";
  EXPECT_THAT(Json(flags), HasSubstr(R"("periodEnd":{"endDate":"2025-01-01"})"));
  flags.rate = "as-stated=brunch-2025-02-10";
  EXPECT_THAT(Json(flags), HasSubstr(R"("implied":{"sourceId":"brunch-2025-02-10"})"));
  flags.rate = "fixed=1456.3";
  EXPECT_THAT(Json(flags), HasSubstr(R"("fixed":{"value":{"value":"1456.3"}})"));
}

TEST(ConvertRequestTest, RoundingIsModeAndPlaces) {
  ConvertFlags flags = Conversion();
  flags.rounding = "half-up";
  flags.scale = 0;
  EXPECT_THAT(Json(flags), HasSubstr(R"("rounding":{"mode":"ROUNDING_MODE_HALF_UP","scale":0})"));
  flags.rounding = "nearest";
  EXPECT_THAT(Error(flags), HasSubstr("--rounding is \"nearest\": give half-even"));
  flags.rounding = "";
  flags.scale = 10;
  EXPECT_EQ(Error(flags), "--scale is \"10\": give 0 to 9 places after the point");
}

TEST(ConvertRequestTest, NegativeAndSmallAmountsAreExact) {
  ConvertFlags flags = Conversion();
  flags.amount = "-0.05";
  EXPECT_THAT(Json(flags), HasSubstr(R"("amount":{"currencyCode":"USD","nanos":-50000000})"));
}

TEST(ConvertRequestTest, AnAmountIsWrittenAsPeopleWriteIt) {
  ConvertFlags flags = Conversion();
  flags.amount = "1,000억 달러";
  const std::string expected =
      R"({"amount":{"currencyCode":"USD","units":"100000000000"},"toCurrency":"KRW"})";
  EXPECT_EQ(Json(flags), expected);
  // The currency of the amount makes the argument unnecessary.
  flags.from = "KRW";
  flags.to = "";
  EXPECT_EQ(Json(flags), expected);
  flags.amount = "100bn";
  EXPECT_THAT(Error(flags), HasSubstr("AMOUNT is \"100bn\", which names no currency"));
  flags.from = "";
  EXPECT_THAT(Error(flags), HasSubstr("TO is required"));
}

TEST(ConvertRequestTest, TwoCurrenciesOfOneAmountAreRefusedAndAnAmbiguousSignIsSettled) {
  ConvertFlags flags = Conversion();
  flags.amount = "€5bn";
  EXPECT_EQ(Error(flags),
            "FROM is \"USD\": AMOUNT is \"€5bn\", which is EUR: leave one of the two out");
  flags.amount = "¥5bn";
  EXPECT_THAT(Error(flags), HasSubstr("which is JPY"));
  flags.from = "CNY";
  EXPECT_THAT(Json(flags), HasSubstr(R"("currencyCode":"CNY")"));
  flags.from = "JPY";
  EXPECT_THAT(Json(flags), HasSubstr(R"("currencyCode":"JPY")"));
  flags.amount = "$5";
  flags.from = "CAD";
  EXPECT_THAT(Error(flags), HasSubstr("which is USD"));
}

TEST(ConvertRequestTest, BadValuesNameTheArgument) {
  ConvertFlags flags = Conversion();
  flags.amount = "1,00";
  EXPECT_THAT(Error(flags), HasSubstr("AMOUNT is \"1,00\": at position 3: three digits"));
  flags.amount = "1e19";
  EXPECT_THAT(Error(flags), HasSubstr("AMOUNT is"));
  flags = Conversion();
  flags.to = "WON";
  EXPECT_THAT(Error(flags), HasSubstr("TO is \"WON\""));
  flags = Conversion();
  flags.rate = "average=FY2024";
  EXPECT_THAT(Error(flags), HasSubstr("the period of a rate is a calendar one"));
  flags.rate = "spot";
  EXPECT_EQ(Error(flags), "--rate spot needs its day: give --on DATE");
  flags = Conversion();
  flags.provider = "ecb";
  EXPECT_THAT(Error(flags), HasSubstr("--provider needs a day or a rate"));
}

TEST(GrpcurlLineTest, TheJsonIsOneWordOfTheShell) {
  EXPECT_EQ(
      GrpcurlLine(*MakeReportRequest(Flags()), "127.0.0.1:7400",
                  "outlay.gateway.v1.GatewayService/GetReport"),
      R"(grpcurl -plaintext -d '{"query":{"groupIds":["big-tech-4"],"period":{"label":"2025"}}}' )"
      "127.0.0.1:7400 outlay.gateway.v1.GatewayService/GetReport");
}

TEST(ShellQuotedTest, QuotesWhatAShellWouldRead) {
  EXPECT_EQ(ShellQuoted("plain-1.0/x"), "plain-1.0/x");
  EXPECT_EQ(ShellQuoted("it's $HOME"), "'it'\\''s $HOME'");
  EXPECT_EQ(ShellQuoted(""), "''");
}

TEST(DemoQuestionsTest, AskTheArticlesQuestionThreeTimes) {
  const auto questions = DemoQuestions(Language::kEnglish);
  ASSERT_TRUE(questions.ok()) << questions.status();
  ASSERT_EQ(questions->size(), 3u);
  EXPECT_EQ((*questions)[0].request.query().rate().as_stated_source_id(), "brunch-2025-02-10");
  EXPECT_EQ((*questions)[1].request.query().rate().on_date(), "2025-02-07");
  EXPECT_EQ((*questions)[2].request.as_of().published(), "2025-02-09");
}

}  // namespace
}  // namespace outlay::cli
