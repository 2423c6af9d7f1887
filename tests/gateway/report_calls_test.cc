// A report costs three calls, whatever its number of rows.
#include <string>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "services/common/time/date.h"
#include "tests/gateway/canned_answers.h"
#include "tests/gateway/gateway_fixture.h"

namespace outlay::gateway::testing {
namespace {

using ::testing::ElementsAre;

class ReportCallsTest : public GatewayTest {
 protected:
  void SetUp() override { AnswerExample(ingest_, fx_, aggregation_); }

  // One guidance figure an organization, each with a disclosure and the rate of the day it was stated.
  void AnswerManyRows(int count) {
    std::vector<aggregation::v1::Cell> cells;
    for (int i = 0; i < count; ++i) {
      aggregation::v1::Cell cell =
          PointCell(fmt::format("organization-{:05}", i), 2025, std::to_string(1'000'000 + i));
      cell.mutable_key()->mutable_rate_date()->set_on_date(fmt::format("2025-02-{:02}", 1 + i % 9));
      AddContributor(cell, fmt::format("d-{:016x}", i), "source");
      cells.push_back(std::move(cell));
    }
    aggregation_.aggregate.Answer(Cells(cells));
    fx_.batch_get_rates.AnswerBy(RatesAt("1456.3"));
    ingest_.batch_get_disclosures.AnswerBy(EveryDisclosure());
  }

  void ExpectOneCallEach() {
    EXPECT_EQ(aggregation_.aggregate.calls(), 1);
    EXPECT_EQ(fx_.batch_get_rates.calls(), 1);
    EXPECT_EQ(ingest_.batch_get_disclosures.calls(), 1);
  }
};

TEST_F(ReportCallsTest, FourRowsTakeThreeCalls) {
  EXPECT_EQ(Report(ExampleRequest()).rows_size(), 4);
  ExpectOneCallEach();
}

TEST_F(ReportCallsTest, ThreeThousandRowsTakeThreeCalls) {
  AnswerManyRows(3'000);
  v1::GetReportRequest request = MinimalRequest();
  request.mutable_query()->set_currency_code("KRW");
  request.set_page_size(3'000);
  const v1::GetReportResponse answer = Answer(request);
  ASSERT_EQ(answer.report().rows_size(), 3'000);
  EXPECT_EQ(answer.next_page_token(), "");
  ExpectOneCallEach();
  EXPECT_EQ(ingest_.batch_get_disclosures.last().disclosure_ids_size(), 3'000);
  EXPECT_EQ(answer.report().rows(0).organization_id(), "organization-02999");
  EXPECT_EQ(answer.report().rows(0).names(0).name(), "The organization-02999");
  // 3,000 million and the sum of 0 to 2,999, at 1456.3.
  EXPECT_EQ(answer.report().total().converted().point().value(), "4375451165550");
}

TEST_F(ReportCallsTest, EachDistinctRateIsAskedForOnce) {
  AnswerManyRows(3'000);
  v1::GetReportRequest request = MinimalRequest();
  request.mutable_query()->set_currency_code("KRW");
  request.set_page_size(10);
  const v1::Report report = Report(request);
  std::vector<std::string> dates;
  const fx::v1::BatchGetRatesRequest asked = fx_.batch_get_rates.last();
  for (const fx::v1::RateQuery& query : asked.queries()) {
    EXPECT_EQ(query.from_currency(), "USD");
    EXPECT_EQ(query.to_currency(), "KRW");
    dates.push_back(query.spec().on_date().date());
  }
  EXPECT_THAT(dates,
              ElementsAre("2025-02-01", "2025-02-02", "2025-02-03", "2025-02-04", "2025-02-05",
                          "2025-02-06", "2025-02-07", "2025-02-08", "2025-02-09"));
  EXPECT_EQ(report.rates_size(), 9);
  EXPECT_EQ(report.rows(0).rate_index(), 2'999 % 9);
}

TEST_F(ReportCallsTest, ExactTextsTooLongToBeReadBackAreLeftOut) {
  constexpr int kRows = 1'400;
  AnswerManyRows(kRows);
  // A rate of its own for every row: the total's denominator has all of theirs.
  aggregation_.aggregate.AnswerBy([](const aggregation::v1::AggregateRequest&) {
    std::vector<aggregation::v1::Cell> cells;
    for (int i = 0; i < kRows; ++i) {
      aggregation::v1::Cell cell =
          PointCell(fmt::format("organization-{:05}", i), 2025, std::to_string(1'000'000'000 + i));
      cell.mutable_key()->mutable_rate_date()->set_on_date(
          time::FormatDate(time::Date(std::chrono::year(2020) / 1 / 1) + std::chrono::days(i)));
      cells.push_back(std::move(cell));
    }
    return Cells(cells);
  });
  fx_.batch_get_rates.AnswerBy([](const fx::v1::BatchGetRatesRequest& request) {
    fx::v1::BatchGetRatesResponse response;
    for (int i = 0; i < request.queries_size(); ++i) {
      *response.add_results()->mutable_rate() =
          Rate("USD", "KRW", std::to_string(1'000'000'007 + i), std::to_string(7'000'001 + 2 * i));
    }
    return response;
  });
  v1::GetReportRequest request = MinimalRequest();
  request.mutable_query()->set_currency_code("KRW");
  request.set_page_size(1);
  const v1::Report report = Report(request);
  EXPECT_TRUE(report.total().converted().has_point());
  EXPECT_FALSE(report.total().converted().has_exact_point());
  EXPECT_TRUE(report.total().figure().has_exact_point());
  EXPECT_TRUE(report.rows(0).converted().has_exact_point());
  EXPECT_TRUE(report.rows(0).share().has_percent());
  EXPECT_FALSE(report.rows(0).share().has_exact());
}

TEST_F(ReportCallsTest, FiguresAlreadyInTheReportCurrencyNeedNoRate) {
  AnswerManyRows(4);
  v1::GetReportRequest request = MinimalRequest();
  request.mutable_query()->set_currency_code("USD");
  const v1::Report report = Report(request);
  EXPECT_EQ(fx_.batch_get_rates.calls(), 0);
  EXPECT_EQ(report.rows(0).rate_index(), -1);
  EXPECT_EQ(report.rows(0).converted().point().value(), "1000003");
  EXPECT_EQ(report.total().converted().point().value(), "4000006");
}

TEST_F(ReportCallsTest, WithoutAReportCurrencyFxIsNotAsked) {
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_query()->clear_currency_code();
  request.mutable_query()->clear_rate();
  const v1::Report report = Report(request);
  EXPECT_EQ(fx_.batch_get_rates.calls(), 0);
  EXPECT_EQ(aggregation_.aggregate.calls(), 1);
  EXPECT_EQ(ingest_.batch_get_disclosures.calls(), 1);
  EXPECT_EQ(report.stamp().fx_sequence(), 0u);
  EXPECT_EQ(report.rates_size(), 0);
  EXPECT_FALSE(report.rows(0).has_converted());
  EXPECT_FALSE(report.total().has_converted());
  EXPECT_EQ(report.total().figure().point().value(), "320000000000");
  EXPECT_EQ(report.missing_size(), 0);
}

TEST_F(ReportCallsTest, AnAnswerOfSeveralPagesIsPutTogether) {
  aggregation::v1::AggregateResponse first = ExampleCells();
  aggregation::v1::AggregateResponse second;
  // The second page has the last cell of this year and the two other results.
  aggregation::v1::QueryResult& rest = ResultOf(second, "current");
  *rest.add_cells() = ResultOf(first, "current").cells(3);
  ResultOf(first, "current").mutable_cells()->RemoveLast();
  ResultOf(second, "prior") = ResultOf(first, "prior");
  ResultOf(second, "reference") = ResultOf(first, "reference");
  first.mutable_results()->DeleteSubrange(1, 2);
  first.set_next_page_token("second");
  aggregation_.aggregate.AnswerBy([=](const aggregation::v1::AggregateRequest& request) {
    return request.page_token() == "second" ? second : first;
  });
  const v1::Report report = Report(ExampleRequest());
  EXPECT_EQ(aggregation_.aggregate.calls(), 2);
  EXPECT_EQ(aggregation_.aggregate.last().page_token(), "second");
  EXPECT_EQ(report.rows_size(), 4);
  EXPECT_EQ(report.total().converted().point().value(), "466016000000000");
  EXPECT_TRUE(report.rows(0).has_growth());
  EXPECT_EQ(report.reference().figures_size(), 2);
  EXPECT_EQ(report.stamp().ingest_sequence(), kIngestSequence);
}

TEST_F(ReportCallsTest, MoreThanTenThousandRowsAreRefused) {
  AnswerManyRows(10'001);
  const Failure failure = ReportFailure(MinimalRequest());
  EXPECT_EQ(failure.code, absl::StatusCode::kOutOfRange);
  EXPECT_EQ(failure.detail.reason, "TOO_MANY_ROWS");
  EXPECT_EQ(failure.detail.metadata.at("rows_max"), "10000");
  EXPECT_EQ(ingest_.batch_get_disclosures.calls(), 0);
}

}  // namespace
}  // namespace outlay::gateway::testing
