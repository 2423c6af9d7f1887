#include "gateway/cli/render/report_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/cli/render/report_csv.h"
#include "tests/gateway/cli/render/sample_report.h"

namespace outlay::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string Text(const gateway::v1::Report& report, Language language = Language::kEnglish,
                 ReportDetail detail = ReportDetail::kFull) {
  return RenderText(ReportDocument(SampleRequest(), report, language, detail), {});
}

TEST(ReportDocumentTest, TheWholeReport) {
  EXPECT_EQ(Text(SampleReport()), R"(big-tech-4, 2025
in KRW at the rate that brunch-2025-02-10 implies; as of 2025-02-10; capital expenditure, AI investment

#  organization          2025             in KRW  share                2024   growth  notes
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
1  Amazon             $100 bn         ₩145.63 tn  31.3 % (to 39.3)   $83 bn  +20.5 %  capital expenditure; corroborated,
                                                                                      2 sources; also stated: at least
                                                                                      $100 bn
2  Microsoft           $80 bn        ₩116.504 tn  25.0 % (to 31.4)     none           AI investment; PERIOD_AMBIGUOUS
3  Meta          up to $65 bn  up to ₩94.6595 tn  20.3 % (from 0.0)    none           AI investment; IMPLIED_LOW
–  Apple            no figure
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
   total              $245 bn       ₩356.7935 tn                                      $180–245 bn; 3 of 4 organizations;
                                                                                      like for like +20.5 %, 1 of 3

  Total: $245 bn = 180 stated + 65 ceiling; interval $180–245 bn
  In KRW: ₩356.7935 tn = 262.134 stated + 94.6595 ceiling; interval ₩262.134–356.7935 tn
  Growth: like for like +20.5 %, 1 of 3 organizations, 40.8 % of the total
  Of the government budget 2024 of Republic of Korea: 54.42 % (at least 39.9 %) of ₩655.6 tn (brunch-2025-02-10)
    54.34 % (at least 39.9 %) of ₩656.6 tn (korea-budget-2024-enacted): conflicting source

Warnings
  MIXED_MEASURES: The figures count different things, such as all capital expenditure and AI investment alone.
    capital_expenditure and ai_investment
  PRIOR_PERIOD_INCOMPLETE: The year before is not known for every organization; growth is of those for which it is.
    2024 is known of 1 of 3
  PERIOD_MISMATCH: Two figures that are compared belong to different periods.
    the total is of 2025, the reference of 2024
  PERIOD_AMBIGUOUS: The source does not say whether it means the calendar or the fiscal year.
    Microsoft: 2025 may be its fiscal year, which ends in June
  IMPLIED_LOW: Only a ceiling is stated; the low end of zero follows from the measure, not from a source.
    Meta: only up to 65 is stated

Rates
  1 USD = 1,456.3 KRW: implied by the amounts that brunch-2025-02-10 states

Sources
  brunch-2025-02-10: “빅테크 4곳”, brunch, 2025-02-10, press
    Amazon 2025 “1,000억 달러”

Claims of these sources: kept, never added
  brunch-2025-02-10
    total 2025: $320 bn “총 3,200억 달러”

Reflects ingest 90, fx 56, rules 1.
)");
}

TEST(ReportDocumentTest, TheWholeReportInKorean) {
  EXPECT_EQ(Text(SampleReport(), Language::kKorean), R"(big-tech-4, 2025
KRW 환산, brunch-2025-02-10의 내재환율; 2025-02-10 기준; 설비투자, AI 투자

#  기관                       2025              KRW 환산  비중                    2024  증가율  비고
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
1  아마존             1,000억 달러      145조 6,300억 원  31.3% (39.3까지)  830억 달러  +20.5%  설비투자; 출처 2곳 일치;
                                                                                                다른 표현: 1,000억 달러
                                                                                                이상
2  마이크로소프트       800억 달러      116조 5,040억 원  25.0% (31.4까지)        없음          AI 투자;
                                                                                                PERIOD_AMBIGUOUS
3  메타            최대 650억 달러  최대 94조 6,595억 원  20.3% (0.0부터)         없음          AI 투자; IMPLIED_LOW
–  Apple                 수치 없음
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
   합계               2,450억 달러      356조 7,935억 원                                        1,800억–2,450억 달러;
                                                                                                3곳 (전체 4곳); 동일
                                                                                                기준 +20.5% (1/3곳)

  합계: 2,450억 달러 = 명시 1,800억 + 상한 650억; 구간 1,800억–2,450억 달러
  KRW 환산: 356조 7,935억 원 = 명시 262조 1,340억 + 상한 94조 6,595억; 구간 262조 1,340억–356조 7,935억 원
  증가율: 동일 기준 +20.5%, 1곳 (전체 3곳), 합계의 40.8%
  대한민국 2024 정부 예산 대비: 54.42% (최소 39.9%): 655조 6,000억 원 (brunch-2025-02-10)
    54.34% (최소 39.9%): 656조 6,000억 원 (korea-budget-2024-enacted): 상충하는 출처

유의 사항
  MIXED_MEASURES: 서로 다른 항목(예: 설비투자와 AI 투자)의 수치가 함께 더해졌습니다.
    capital_expenditure and ai_investment
  PRIOR_PERIOD_INCOMPLETE: 전년 수치가 없는 기관이 있습니다. 증가율은 전년 수치가 있는 기관만의 것입니다.
    2024 is known of 1 of 3
  PERIOD_MISMATCH: 비교하는 두 수치의 기간이 다릅니다.
    the total is of 2025, the reference of 2024
  PERIOD_AMBIGUOUS: 출처가 역년인지 회계연도인지 밝히지 않았습니다.
    Microsoft: 2025 may be its fiscal year, which ends in June
  IMPLIED_LOW: 상한만 명시되었습니다. 하한 0은 출처가 아니라 항목의 성격에서 나온 값입니다.
    Meta: only up to 65 is stated

환율
  1 USD = 1,456.3 KRW: brunch-2025-02-10의 금액에서 도출

출처
  brunch-2025-02-10: “빅테크 4곳”, brunch, 2025-02-10, 언론
    아마존 2025 “1,000억 달러”

출처가 밝힌 합계·파생 수치: 보관하되 더하지 않음
  brunch-2025-02-10
    총액 2025: 3,200억 달러 “총 3,200억 달러”

반영 시점: ingest 90, fx 56, 규칙 1.
)");
}

TEST(ReportDocumentTest, TotalsAloneHaveNoRowsAndNoSources) {
  EXPECT_EQ(Text(SampleReport(), Language::kEnglish, ReportDetail::kTotals), R"(big-tech-4, 2025
in KRW at the rate that brunch-2025-02-10 implies; as of 2025-02-10; capital expenditure, AI investment

  Total: $245 bn = 180 stated + 65 ceiling; interval $180–245 bn
  In KRW: ₩356.7935 tn = 262.134 stated + 94.6595 ceiling; interval ₩262.134–356.7935 tn
  Growth: like for like +20.5 %, 1 of 3 organizations, 40.8 % of the total
  Of the government budget 2024 of Republic of Korea: 54.42 % (at least 39.9 %) of ₩655.6 tn (brunch-2025-02-10)
    54.34 % (at least 39.9 %) of ₩656.6 tn (korea-budget-2024-enacted): conflicting source

  1 USD = 1,456.3 KRW: implied by the amounts that brunch-2025-02-10 states
)");
}

TEST(ReportDocumentTest, FiguresAloneNameTheWarningsByTheirCodes) {
  const std::string text = Text(SampleReport(), Language::kEnglish, ReportDetail::kFigures);
  EXPECT_THAT(text, HasSubstr("  MIXED_MEASURES, PRIOR_PERIOD_INCOMPLETE, PERIOD_MISMATCH, "
                              "PERIOD_AMBIGUOUS, IMPLIED_LOW\n"));
  EXPECT_THAT(text, Not(HasSubstr("Sources")));
}

TEST(ReportDocumentTest, WhatIsMissingStandsFirst) {
  gateway::v1::Report report = SampleReport();
  gateway::v1::MissingPart* const part = report.add_missing();
  part->set_service("fx");
  part->set_what("converted amounts");
  part->set_reason("UNAVAILABLE");
  part->set_message("connection refused");
  EXPECT_THAT(
      Text(report),
      StartsWith("  PARTIAL: converted amounts are missing, for fx gave none (UNAVAILABLE)\n"
                 "    connection refused\n"
                 "\n"
                 "big-tech-4, 2025\n"));
}

TEST(ReportDocumentTest, WithoutACurrencyThereIsNoColumnForIt) {
  gateway::v1::Report report = SampleReport();
  report.mutable_query()->clear_currency_code();
  for (auto& row : *report.mutable_rows()) row.clear_converted();
  report.mutable_total()->clear_converted();
  const std::string text = Text(report);
  EXPECT_THAT(text, Not(HasSubstr("in KRW")));
  EXPECT_THAT(text, Not(HasSubstr("In KRW")));
}

TEST(ReportDocumentTest, ARowWithoutARateSaysSo) {
  gateway::v1::Report report = SampleReport();
  report.mutable_rows(0)->clear_converted();
  EXPECT_THAT(Text(report), testing::ContainsRegex("Amazon +\\$100 bn +no rate"));
}

TEST(ReportDocumentTest, WithdrawnGuidanceSaysSo) {
  gateway::v1::Report report = SampleReport();
  report.mutable_rows(3)->set_withdrawn(true);
  EXPECT_THAT(Text(report), testing::ContainsRegex("Apple +withdrawn"));
}

TEST(ReportDocumentTest, ATotalWithoutAnUpperEndSaysSo) {
  gateway::v1::Report report = SampleReport();
  report.mutable_total()->mutable_figure()->mutable_interval()->clear_high();
  EXPECT_THAT(
      Text(report),
      HasSubstr(
          "Total: $245 bn = 180 stated + 65 ceiling; interval at least $180 bn, no upper end\n"));
}

TEST(ReportDocumentTest, AnUnknownWarningCodeIsShownWithItsMessage) {
  gateway::v1::Report report = SampleReport();
  auto* const warning = report.add_warnings();
  warning->set_code("SOMETHING_NEW");
  warning->set_message("of a later version");
  EXPECT_THAT(Text(report), HasSubstr("  SOMETHING_NEW\n    of a later version\n"));
}

TEST(ReportDocumentTest, MarkdownHasTheSameTable) {
  const std::string text =
      RenderMarkdown(ReportDocument(SampleRequest(), SampleReport(), Language::kEnglish));
  EXPECT_THAT(
      text,
      HasSubstr("| \\# | organization | 2025 | in KRW | share | 2024 | growth | notes |\n"
                "|---:|---|---:|---:|---|---:|---:|---|\n"
                "| 1 | Amazon | $100 bn | ₩145.63 tn | 31.3 % (to 39.3) | $83 bn | +20.5 % | "));
}

TEST(ReportCsvTest, OneRecordARowTheTotalAndTheReference) {
  EXPECT_EQ(
      ReportCsv(SampleReport(), Language::kEnglish),
      R"(kind,rank,organization_id,name,measure,definition,basis,period,currency,point,low,high,low_implied,approximate,report_currency,converted_point,converted_low,converted_high,rate,share_percent,prior_period,prior_point,growth_percent,growth_coverage,reference_percent,source_id,warnings
row,1,amazon,Amazon,capital_expenditure,,GUIDANCE,2025,USD,100000000000,100000000000,100000000000,false,false,KRW,145630000000000,145630000000000,145630000000000,1456.3,31.25,2024,83000000000,20.4819,,,brunch-2025-02-10,
row,2,microsoft,Microsoft,ai_investment,,GUIDANCE,2025,USD,80000000000,80000000000,80000000000,false,false,KRW,116504000000000,116504000000000,116504000000000,1456.3,25,,,,,,,PERIOD_AMBIGUOUS
row,3,meta,Meta,ai_investment,,GUIDANCE,2025,USD,65000000000,0,65000000000,true,false,KRW,94659500000000,0,94659500000000,1456.3,20.3125,,,,,,,IMPLIED_LOW
absent,,apple,Apple,,,,,,,,,,,,,,,,,,,,,,,
total,,,,,,,2025,USD,245000000000,180000000000,245000000000,true,false,KRW,356793500000000,262134000000000,356793500000000,,,,,20.4819,1/3,,,MIXED_MEASURES
reference,,republic-of-korea,Republic of Korea,government_budget,,,2024,KRW,655600000000000,655600000000000,655600000000000,false,false,,,,,,,,,,,54.4224,brunch-2025-02-10,PERIOD_MISMATCH
reference,,republic-of-korea,Republic of Korea,government_budget,,,2024,KRW,656600000000000,656600000000000,656600000000000,false,false,,,,,,,,,,,54.3395,korea-budget-2024-enacted,PERIOD_MISMATCH
)");
}

TEST(ReportDocumentTest, ANoteHasFiveOtherAmountsAndHowManyMore) {
  gateway::v1::Report report = SampleReport();
  gateway::v1::ReportRow& row = *report.mutable_rows(0);
  for (int i = 1; i <= 8; ++i) {
    aggregation::v1::Contributor& other = *row.add_contributors();
    other.set_role(aggregation::v1::CONTRIBUTOR_ROLE_CONFLICTS);
    other.mutable_amount()->set_currency_code("USD");
    other.mutable_amount()->set_bound(money::v1::BOUND_POINT);
    other.mutable_amount()->mutable_stated()->set_value(std::to_string(i) + "000000000");
  }
  row.set_contributors_left_out(12);
  const auto note = [&](Language language) {
    return RenderMarkdown(ReportDocument(SampleRequest(), report, language, ReportDetail::kFull));
  };
  EXPECT_THAT(note(Language::kEnglish),
              HasSubstr("another source states $5 bn; and 3 other amounts; 12 more statements not "
                        "shown"));
  EXPECT_THAT(note(Language::kKorean), HasSubstr("외 3개 금액; 12건 생략"));
}

TEST(ReportDocumentTest, ARowHeldInAnothersFigureHasNoRank) {
  gateway::v1::Report report = SampleReport();
  gateway::v1::ReportRow& row = *report.mutable_rows(1);
  row.set_counted_in_organization_id("amazon");
  row.clear_share();
  const std::string text = Text(report);
  EXPECT_THAT(text, HasSubstr("–  Microsoft"));
  EXPECT_THAT(text, HasSubstr("counted in Amazon"));
  EXPECT_THAT(text, HasSubstr("2  Meta"));
  EXPECT_THAT(Text(report, Language::kKorean), HasSubstr("에 포함"));
  // "row" alone adds up to the total.
  const std::string csv = ReportCsv(report, Language::kEnglish);
  EXPECT_THAT(csv, HasSubstr("covered,,microsoft"));
  EXPECT_THAT(csv, HasSubstr("row,2,meta"));
}

}  // namespace
}  // namespace outlay::cli
