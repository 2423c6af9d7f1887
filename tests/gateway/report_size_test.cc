// What keeps a report readable however much there is to say.
#include "gmock/gmock.h"
#include "tests/gateway/canned_answers.h"
#include "tests/gateway/gateway_fixture.h"

namespace outlay::gateway::testing {
namespace {

class ReportSizeTest : public GatewayTest {
 protected:
  void SetUp() override { AnswerExample(ingest_, fx_, aggregation_); }
};

TEST_F(ReportSizeTest, OfOneCodeTwentyWarningsAreGivenAndTheNumberOfTheOthers) {
  fx::v1::BatchGetRatesResponse rates = ExampleRates();
  for (int i = 0; i < 33; ++i) {
    fx::v1::RateWarning& warning = *rates.mutable_results(0)->mutable_rate()->add_warnings();
    warning.set_code("STALE_RATE");
    warning.set_message("The rate is of an earlier day.");
  }
  fx_.batch_get_rates.Answer(rates);
  const v1::Report report = Report(ExampleRequest());
  int stale = 0;
  for (const v1::ReportWarning& warning : report.warnings()) {
    stale += warning.code() == "STALE_RATE" ? 1 : 0;
  }
  EXPECT_EQ(stale, 21);
  const v1::ReportWarning& last = report.warnings(report.warnings_size() - 1);
  EXPECT_EQ(last.code(), "STALE_RATE");
  EXPECT_EQ(last.message(), "13 more of this kind are not shown.");
}

TEST_F(ReportSizeTest, ARowSaysHowManyContributorsAreLeftOut) {
  aggregation::v1::AggregateResponse cells = ExampleCells();
  aggregation::v1::Cell& amazon = *ResultOf(cells, "current").mutable_cells(1);
  ASSERT_EQ(amazon.key().organization_id(), "amazon");
  amazon.set_contributors_left_out(21);
  ResultOf(cells, "prior").mutable_cells(0)->set_contributors_left_out(4);
  aggregation_.aggregate.Answer(cells);
  const v1::Report report = Report(ExampleRequest());
  ASSERT_EQ(report.rows(0).organization_id(), "amazon");
  EXPECT_EQ(report.rows(0).contributors_left_out(), 21);
  EXPECT_EQ(report.rows(0).prior().contributors_left_out(), 4);
}

}  // namespace
}  // namespace outlay::gateway::testing
