// Reports where a service does not answer: what is missing is said, what is there is given.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "tests/gateway/canned_answers.h"
#include "tests/gateway/gateway_fixture.h"

namespace outlay::gateway::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class PartialReportTest : public GatewayTest {
 protected:
  void SetUp() override { AnswerExample(ingest_, fx_, aggregation_); }

  // Amounts in their own currency, names and sources; nothing in won.
  static void ExpectNoConversions(const v1::Report& report) {
    ASSERT_EQ(report.rows_size(), 4);
    for (const v1::ReportRow& row : report.rows()) {
      EXPECT_TRUE(row.has_figure());
      EXPECT_FALSE(row.has_converted());
      EXPECT_EQ(row.rate_index(), -1);
      ASSERT_FALSE(row.warnings().empty());
      EXPECT_EQ(row.warnings(row.warnings_size() - 1).code(), "NO_RATE");
      EXPECT_EQ(row.warnings(row.warnings_size() - 1).organization_id(), row.organization_id());
    }
    EXPECT_FALSE(report.rows(0).prior().has_converted());
    EXPECT_EQ(report.total().figure().point().value(), "320000000000");
    EXPECT_FALSE(report.total().has_converted());
    EXPECT_EQ(report.total().growth().growth().percent().value(), "20.4819");
    EXPECT_EQ(report.rows(0).share().percent().value(), "31.25");
    for (const v1::ReferenceFigure& figure : report.reference().figures())
      EXPECT_FALSE(figure.has_ratio());
    EXPECT_EQ(report.rates_size(), 0);
    EXPECT_EQ(report.stamp().fx_sequence(), 0u);
  }

  // Figures and conversions; organizations by their ids.
  static void ExpectNoNames(const v1::Report& report) {
    ASSERT_EQ(report.rows_size(), 4);
    for (const v1::ReportRow& row : report.rows()) {
      EXPECT_THAT(row.names(), IsEmpty());
      EXPECT_FALSE(row.contributors().empty());
    }
    EXPECT_THAT(report.reference().names(), IsEmpty());
    EXPECT_THAT(report.sources(), IsEmpty());
    EXPECT_THAT(report.disclosures(), IsEmpty());
  }

  // Of the parts, in the order fx, ingest.
  static void ExpectMissing(const v1::Report& report, const std::vector<std::string>& services,
                            const std::string& reason) {
    ASSERT_EQ(report.missing_size(), static_cast<int>(services.size()));
    for (int i = 0; i < report.missing_size(); ++i) {
      const v1::MissingPart& part = report.missing(i);
      EXPECT_EQ(part.service(), services[i]);
      EXPECT_EQ(part.what(), part.service() == "fx" ? "converted amounts" : "names and sources");
      EXPECT_EQ(part.reason(), reason);
      EXPECT_THAT(part.message(), HasSubstr(part.service() + ": "));
      const v1::ReportWarning& warning = report.warnings(i);
      EXPECT_EQ(warning.code(), "PARTIAL");
      EXPECT_EQ(warning.message(), part.what() + " are missing, for " + part.service() +
                                       " gave none: " + part.message());
    }
  }
};

TEST_F(PartialReportTest, WithoutFxAmountsStayInTheirOwnCurrency) {
  fx_server_.Stop();
  const v1::Report report = Report(ExampleRequest());
  ExpectNoConversions(report);
  ExpectMissing(report, {"fx"}, "BACKEND_UNAVAILABLE");
  EXPECT_EQ(report.rows(0).names_size(), 2);
  EXPECT_EQ(report.sources_size(), 3);
}

TEST_F(PartialReportTest, FxThatTakesTooLongIsLeftOut) {
  Set("part-timeout-ms", "100");
  fx_.batch_get_rates.Hang();
  const v1::Report report = Report(ExampleRequest());
  ExpectNoConversions(report);
  ExpectMissing(report, {"fx"}, "BACKEND_DEADLINE_EXCEEDED");
  EXPECT_EQ(report.sources_size(), 3);
}

TEST_F(PartialReportTest, WithoutIngestThereAreNoNamesAndSources) {
  ingest_server_.Stop();
  const v1::Report report = Report(ExampleRequest());
  ExpectNoNames(report);
  ExpectMissing(report, {"ingest"}, "BACKEND_UNAVAILABLE");
  EXPECT_EQ(report.total().converted().point().value(), "466016000000000");
  EXPECT_EQ(report.reference().figures(0).ratio().percent().value(), "71.0824");
  EXPECT_EQ(report.warnings(1).message(),
            "The total adds different measures: ai_investment (meta, microsoft); "
            "capital_expenditure (alphabet, amazon).");
}

TEST_F(PartialReportTest, IngestThatTakesTooLongIsLeftOut) {
  Set("part-timeout-ms", "100");
  ingest_.batch_get_disclosures.Hang();
  const v1::Report report = Report(ExampleRequest());
  ExpectNoNames(report);
  ExpectMissing(report, {"ingest"}, "BACKEND_DEADLINE_EXCEEDED");
  EXPECT_EQ(report.total().converted().point().value(), "466016000000000");
}

TEST_F(PartialReportTest, WithoutBothThereAreTheFiguresAlone) {
  fx_server_.Stop();
  ingest_server_.Stop();
  const v1::Report report = Report(ExampleRequest());
  ExpectNoConversions(report);
  ExpectNoNames(report);
  ExpectMissing(report, {"fx", "ingest"}, "BACKEND_UNAVAILABLE");
}

TEST_F(PartialReportTest, AServiceThatIsNotReadyKeepsItsReason) {
  fx_.batch_get_rates.Fail(
      MakeError(absl::StatusCode::kUnavailable, "fx reads its journal", {.reason = "NOT_READY"}));
  const v1::Report report = Report(ExampleRequest());
  ASSERT_EQ(report.missing_size(), 1);
  EXPECT_EQ(report.missing(0).reason(), "NOT_READY");
  EXPECT_EQ(report.missing(0).message(), "fx reads its journal");
}

TEST_F(PartialReportTest, ARowSaysWhyItHasNoConversion) {
  fx_.batch_get_rates.Fail(
      MakeError(absl::StatusCode::kUnavailable, "not now", {.reason = "DRAINING"}));
  const v1::Report report = Report(ExampleRequest());
  EXPECT_EQ(report.rows(0).warnings(0).message(),
            "Amazon: USD could not be converted to KRW: not now");
}

TEST_F(PartialReportTest, WithoutAggregationThereIsNoReport) {
  aggregation_server_.Stop();
  const Failure failure = ReportFailure(ExampleRequest());
  EXPECT_EQ(failure.code, absl::StatusCode::kUnavailable);
  EXPECT_EQ(failure.detail.reason, "BACKEND_UNAVAILABLE");
  EXPECT_EQ(failure.detail.metadata.at("service"), "aggregation");
  EXPECT_TRUE(failure.detail.retry_after_ms);
  EXPECT_EQ(fx_.batch_get_rates.calls(), 0);
  EXPECT_EQ(ingest_.batch_get_disclosures.calls(), 0);
}

}  // namespace
}  // namespace outlay::gateway::testing
