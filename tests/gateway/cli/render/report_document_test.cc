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

TEST(ReportDocumentTest, TheWholeReport) { EXPECT_EQ(Text(SampleReport()), "GOLDEN-EN"); }

TEST(ReportDocumentTest, TheWholeReportInKorean) {
  EXPECT_EQ(Text(SampleReport(), Language::kKorean), "GOLDEN-KO");
}

TEST(ReportDocumentTest, TotalsAloneHaveNoRowsAndNoSources) {
  EXPECT_EQ(Text(SampleReport(), Language::kEnglish, ReportDetail::kTotals), "GOLDEN-TOTALS");
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
      StartsWith(
          "  PARTIAL: fx did not answer (UNAVAILABLE), so these are missing: converted amounts\n"
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
  EXPECT_THAT(Text(report), HasSubstr("$100 bn             no rate"));
}

TEST(ReportDocumentTest, WithdrawnGuidanceSaysSo) {
  gateway::v1::Report report = SampleReport();
  report.mutable_rows(3)->set_withdrawn(true);
  EXPECT_THAT(Text(report), HasSubstr("Apple             withdrawn"));
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
      HasSubstr("| # | organization | 2025 | in KRW | share | 2024 | growth | notes |\n"
                "|---:|---|---:|---:|---|---:|---:|---|\n"
                "| 1 | Amazon | $100 bn | ₩145.63 tn | 31.3 % (to 39.3) | $83 bn | +20.5 % | "));
}

TEST(ReportCsvTest, OneRecordARowTheTotalAndTheReference) {
  EXPECT_EQ(ReportCsv(SampleReport(), Language::kEnglish), "GOLDEN-CSV");
}

}  // namespace
}  // namespace outlay::cli
