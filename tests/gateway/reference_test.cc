// What the total is compared with: each stated figure by the query's own rules, and a word where there is none.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "tests/gateway/canned_answers.h"
#include "tests/gateway/gateway_fixture.h"

namespace outlay::gateway::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ReferenceTest : public GatewayTest {
 protected:
  void SetUp() override { AnswerExample(ingest_, fx_, aggregation_); }

  // The answer of the example with another second figure of the reference.
  static aggregation::v1::Contributor& Conflicting(aggregation::v1::AggregateResponse& cells) {
    return *ResultOf(cells, "reference").mutable_cells(0)->mutable_contributors(1);
  }
};

TEST_F(ReferenceTest, AConflictingFigureStandsByTheQuerysPointRule) {
  aggregation::v1::AggregateResponse cells = ExampleCells();
  aggregation::v1::Contributor& range = Conflicting(cells);
  range.mutable_amount()->set_bound(money::v1::BOUND_RANGE);
  range.mutable_amount()->clear_stated();
  range.mutable_amount()->mutable_low()->set_value("640000000000000");
  range.mutable_amount()->mutable_high()->set_value("660000000000000");
  // What aggregation gives for POINT_RULE_LOW.
  range.mutable_point()->set_value("640000000000000");
  aggregation_.aggregate.Answer(cells);
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_query()->set_point_rule(aggregation::v1::POINT_RULE_LOW);
  const v1::ReferenceComparison reference = Report(request).reference();
  EXPECT_EQ(aggregation_.aggregate.last().queries(2).point_rule(), aggregation::v1::POINT_RULE_LOW);
  EXPECT_EQ(reference.figures(1).figure().point().value(), "640000000000000");
  EXPECT_EQ(reference.figures(1).ratio().percent().value(), "72.815");
}

TEST_F(ReferenceTest, AFigureWithoutAPointHasNoRatio) {
  aggregation::v1::AggregateResponse cells = ExampleCells();
  Conflicting(cells).clear_point();
  aggregation_.aggregate.Answer(cells);
  const v1::ReferenceComparison reference = Report(ExampleRequest()).reference();
  EXPECT_FALSE(reference.figures(1).figure().has_point());
  EXPECT_FALSE(reference.figures(1).has_ratio());
  EXPECT_EQ(reference.warnings(1).message(),
            "Sources state 2 different figures for Republic of Korea 2024; the ratio is given "
            "where it can be.");
}

TEST_F(ReferenceTest, EachFigureIsConvertedAtItsOwnRate) {
  aggregation::v1::AggregateResponse cells = ExampleCells();
  for (aggregation::v1::QueryResult& result : *cells.mutable_results()) {
    for (aggregation::v1::Cell& cell : *result.mutable_cells())
      cell.mutable_key()->mutable_rate_date()->set_on_date("2025-02-07");
  }
  aggregation::v1::Contributor& later = Conflicting(cells);
  later.mutable_rate_date()->set_on_date("2025-02-10");
  aggregation_.aggregate.Answer(cells);
  fx_.batch_get_rates.AnswerBy([](const fx::v1::BatchGetRatesRequest& request) {
    fx::v1::BatchGetRatesResponse response;
    for (const fx::v1::RateQuery& query : request.queries()) {
      const bool is_later = query.spec().on_date().date() == "2025-02-10";
      *response.add_results()->mutable_rate() =
          Rate(query.from_currency(), "USD", "1", is_later ? "1000" : "2000");
    }
    return response;
  });
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_query()->clear_rate();
  request.mutable_query()->set_currency_code("USD");
  const v1::ReferenceComparison reference = Report(request).reference();
  ASSERT_EQ(fx_.batch_get_rates.last().queries_size(), 2);
  EXPECT_EQ(reference.figures(0).converted().point().value(), "327800000000");
  EXPECT_EQ(reference.figures(1).converted().point().value(), "656600000000");
  EXPECT_EQ(reference.figures(1).ratio().percent().value(), "48.7359");
}

TEST_F(ReferenceTest, OneThatIsNotKnownIsSaidToBeMissing) {
  aggregation::v1::AggregateResponse cells = ExampleCells();
  aggregation::v1::QueryResult& result = ResultOf(cells, "reference");
  result.clear_cells();
  aggregation::v1::AbsentFigure& absent = *result.add_absent();
  absent.set_organization_id("republic-of-korea");
  *absent.mutable_period() = Year(2024);
  aggregation_.aggregate.Answer(cells);
  const v1::Report report = Report(ExampleRequest());
  ASSERT_TRUE(report.has_reference());
  EXPECT_THAT(report.reference().figures(), IsEmpty());
  EXPECT_EQ(report.reference().reference().measure(), "government_budget");
  EXPECT_EQ(report.reference().names_size(), 2);
  ASSERT_EQ(report.reference().warnings_size(), 1);
  EXPECT_EQ(report.reference().warnings(0).code(), "NO_REFERENCE");
  EXPECT_EQ(report.reference().warnings(0).message(),
            "There is nothing to compare the total with: no figure of government_budget for 2024 "
            "is known of Republic of Korea.");
}

TEST_F(ReferenceTest, WithoutACommonCurrencyNoRatioIsPromised) {
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_query()->clear_currency_code();
  request.mutable_query()->clear_rate();
  const v1::ReferenceComparison reference = Report(request).reference();
  EXPECT_EQ(reference.figures_size(), 2);
  EXPECT_EQ(reference.warnings(1).code(), "CONFLICTING_SOURCES");
  EXPECT_EQ(reference.warnings(1).message(),
            "Sources state 2 different figures for Republic of Korea 2024; the ratio can be given "
            "to none.");
}

TEST_F(ReferenceTest, OneThatWasNotAskedForIsNotThere) {
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_query()->clear_reference();
  EXPECT_FALSE(Report(request).has_reference());
}

class SubsidiaryTest : public GatewayTest {};

TEST_F(SubsidiaryTest, BesideItsParentItIsShownAndNotAdded) {
  aggregation::v1::AggregateResponse cells =
      Cells({PointCell("alphabet", 2025, "75000000000"), PointCell("meta", 2025, "25000000000")});
  aggregation::v1::CoveredCell& covered = *ResultOf(cells, "current").add_covered();
  *covered.mutable_cell() = PointCell("google", 2025, "70000000000");
  covered.mutable_cell()->set_measures(0, "ai_investment");
  AddContributor(*covered.mutable_cell(), "d-0000000000000099", "google-call");
  covered.set_counted_in_organization_id("alphabet");
  *ResultOf(cells, "prior").add_covered()->mutable_cell() =
      PointCell("google", 2024, "50000000000");
  ResultOf(cells, "prior").mutable_covered(0)->mutable_cell()->set_measures(0, "ai_investment");
  aggregation_.aggregate.Answer(cells);
  fx_.batch_get_rates.AnswerBy(RatesAt("1000"));
  ingest_.batch_get_disclosures.AnswerBy(EveryDisclosure());
  v1::GetReportRequest request = MinimalRequest();
  request.mutable_query()->set_currency_code("KRW");
  const v1::Report report = Report(request);
  ASSERT_EQ(report.rows_size(), 3);
  const v1::ReportRow& google = report.rows(1);
  EXPECT_EQ(google.organization_id(), "google");
  EXPECT_EQ(google.counted_in_organization_id(), "alphabet");
  EXPECT_EQ(google.converted().point().value(), "70000000000000");
  EXPECT_EQ(google.growth().percent().value(), "40");
  EXPECT_FALSE(google.has_share());
  ASSERT_EQ(google.warnings_size(), 1);
  EXPECT_EQ(google.warnings(0).code(), "COUNTED_IN_PARENT");
  EXPECT_EQ(google.warnings(0).message(), "The google: counted in The alphabet, not added.");
  EXPECT_EQ(report.rows(0).counted_in_organization_id(), "");

  EXPECT_EQ(report.total().figure().point().value(), "100000000000");
  EXPECT_EQ(report.total().converted().point().value(), "100000000000000");
  EXPECT_EQ(report.total().organization_count(), 2);
  EXPECT_EQ(report.total().absent_count(), 0);
  EXPECT_FALSE(report.total().has_growth());
  EXPECT_EQ(report.rows(0).share().percent().value(), "75");
  EXPECT_EQ(report.rows(2).share().percent().value(), "25");
  for (const v1::ReportWarning& warning : report.warnings())
    EXPECT_NE(warning.code(), "MIXED_MEASURES");
  // Its disclosure is among those shown.
  ASSERT_EQ(report.disclosures_size(), 1);
  EXPECT_EQ(report.disclosures(0).disclosure_id(), "d-0000000000000099");
}

}  // namespace
}  // namespace outlay::gateway::testing
