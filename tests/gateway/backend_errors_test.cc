// Errors of the services behind: whose they are, and where in the report's request their cause lies.
#include <string>

#include "gmock/gmock.h"
#include "services/common/wire/journal_proto.h"
#include "tests/gateway/canned_answers.h"
#include "tests/gateway/gateway_fixture.h"

namespace outlay::gateway::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class BackendErrorsTest : public GatewayTest {
 protected:
  void SetUp() override { AnswerExample(ingest_, fx_, aggregation_); }

  // fx answers the batch, with that error in the place of its only rate.
  void FailOnlyRate(const absl::Status& error) {
    fx::v1::BatchGetRatesResponse response;
    wire::ToProto(error, response.add_results()->mutable_error());
    response.mutable_stamp()->set_fx_sequence(kFxSequence);
    fx_.batch_get_rates.Answer(response);
  }
};

TEST_F(BackendErrorsTest, AnUnknownOrganizationIsAggregationsError) {
  aggregation_.aggregate.Fail(MakeError(
      absl::StatusCode::kNotFound,
      "queries[0].organization_ids[0]: there is no organization \"amzon\" (did you mean "
      "\"amazon\"?)",
      {.reason = "UNKNOWN_ORGANIZATION",
       .metadata = {{"id", "amzon"}, {"nearest", "amazon"}},
       .violations = {{"queries[0].organization_ids[0]", "there is no organization \"amzon\""}}}));
  const Failure failure = ReportFailure(ExampleRequest());
  EXPECT_EQ(failure.code, absl::StatusCode::kNotFound);
  EXPECT_EQ(failure.detail.reason, "UNKNOWN_ORGANIZATION");
  EXPECT_THAT(failure.message, HasSubstr("did you mean \"amazon\"?"));
  EXPECT_EQ(failure.detail.metadata.at("id"), "amzon");
  EXPECT_EQ(failure.detail.metadata.at("nearest"), "amazon");
  // In the terms of the report's request, not of the gateway's own to aggregation.
  ASSERT_EQ(failure.detail.violations.size(), 1u);
  EXPECT_EQ(failure.detail.violations[0].field, "query.organization_ids[0]");
  EXPECT_THAT(failure.message, HasSubstr("query.organization_ids[0]: there is no organization"));
  EXPECT_EQ(fx_.batch_get_rates.calls(), 0);
}

TEST_F(BackendErrorsTest, FieldsAreThoseOfTheReportsRequest) {
  const auto expect = [this](const std::string& of_aggregation, const std::string& of_report) {
    aggregation_.aggregate.Fail(InvalidField("WRONG", of_aggregation, "is not as it should be"));
    const Failure failure = ReportFailure(ExampleRequest());
    EXPECT_EQ(failure.detail.reason, "WRONG");
    EXPECT_THAT(failure.fields(), ElementsAre(of_report));
    EXPECT_EQ(failure.message, of_report + ": is not as it should be");
  };
  expect("queries[0].group_ids[1]", "query.group_ids[1]");
  expect("queries[0].measures[2]", "query.measures[2]");
  expect("queries[0].periods[0].label", "query.period.label");
  expect("queries[1].periods[0].label", "query.period.label");
  expect("queries[0].point_rule", "query.point_rule");
  expect("queries[2].organization_ids[0]", "query.reference.organization_id");
  expect("queries[2].measures[0]", "query.reference.measure");
  expect("queries[2].periods[0].start_date", "query.reference.period.start_date");
  expect("as_of.recorded_sequence", "as_of.recorded_sequence");
  expect("minimum_sequence", "minimum.ingest_sequence");
}

TEST_F(BackendErrorsTest, WhatFxRefusesIsRefusedForTheWholeReport) {
  fx_.batch_get_rates.Fail(MakeError(absl::StatusCode::kOutOfRange,
                                     "recorded_sequence 9 is beyond the journal's last, 7",
                                     {.reason = "SEQUENCE_AHEAD", .metadata = {{"head", "7"}}}));
  v1::GetReportRequest request = ExampleRequest();
  request.set_fx_recorded_sequence(9);
  Failure failure = ReportFailure(request);
  EXPECT_EQ(failure.code, absl::StatusCode::kOutOfRange);
  EXPECT_EQ(failure.detail.reason, "SEQUENCE_AHEAD");
  EXPECT_EQ(failure.detail.metadata.at("head"), "7");
  EXPECT_THAT(failure.fields(), ElementsAre("fx_recorded_sequence"));

  fx_.batch_get_rates.Fail(InvalidField("MALFORMED_INSTANT", "as_of.recorded_time", "is no time"));
  failure = ReportFailure(ExampleRequest());
  EXPECT_EQ(failure.code, absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(failure.fields(), ElementsAre("as_of.recorded_time"));

  fx_.batch_get_rates.Fail(
      MakeError(absl::StatusCode::kDataLoss, "an entry is damaged", {.reason = "JOURNAL_DAMAGED"}));
  EXPECT_EQ(ReportFailure(ExampleRequest()).code, absl::StatusCode::kDataLoss);
}

TEST_F(BackendErrorsTest, AServiceBehindTheCallersMinimumIsWorthAnotherTry) {
  const absl::Status behind =
      MakeError(absl::StatusCode::kUnavailable, "minimum_sequence 9 is not reached here",
                {.reason = "BEHIND_MINIMUM", .retry_after_ms = 200});
  fx_.batch_get_rates.Fail(behind);
  Failure failure = ReportFailure(ExampleRequest());
  EXPECT_EQ(failure.code, absl::StatusCode::kUnavailable);
  EXPECT_EQ(failure.detail.reason, "BEHIND_MINIMUM");
  EXPECT_EQ(failure.detail.retry_after_ms, 200);
  EXPECT_THAT(failure.fields(), ElementsAre("minimum.fx_sequence"));

  fx_.batch_get_rates.Answer(ExampleRates());
  aggregation_.aggregate.Fail(behind);
  failure = ReportFailure(ExampleRequest());
  EXPECT_EQ(failure.detail.reason, "BEHIND_MINIMUM");
  EXPECT_THAT(failure.fields(), ElementsAre("minimum.ingest_sequence"));
}

TEST_F(BackendErrorsTest, WhatIngestRefusesIsRefusedForTheWholeReport) {
  ingest_.batch_get_disclosures.Fail(MakeError(absl::StatusCode::kOutOfRange,
                                               "as_of.recorded_sequence: is 42, beyond the last, 3",
                                               {.reason = "SEQUENCE_AHEAD"}));
  const Failure failure = ReportFailure(ExampleRequest());
  EXPECT_EQ(failure.code, absl::StatusCode::kOutOfRange);
  EXPECT_THAT(failure.fields(), ElementsAre("as_of.recorded_sequence"));
}

TEST_F(BackendErrorsTest, ASequenceOfAPageTokenIsTheTokens) {
  v1::GetReportRequest request = ExampleRequest();
  request.set_page_size(2);
  request.set_page_token(Answer(request).next_page_token());
  const absl::Status ahead =
      MakeError(absl::StatusCode::kOutOfRange, "recorded_sequence 7 is beyond the journal's last",
                {.reason = "SEQUENCE_AHEAD"});
  fx_.batch_get_rates.Fail(ahead);
  EXPECT_THAT(ReportFailure(request).fields(), ElementsAre("page_token"));
  aggregation_.aggregate.Fail(ahead);
  EXPECT_THAT(ReportFailure(request).fields(), ElementsAre("page_token"));
}

TEST_F(BackendErrorsTest, AggregationsRetryAdviceComesThrough) {
  aggregation_.aggregate.Fail(MakeError(absl::StatusCode::kUnavailable, "still reading",
                                        {.reason = "NOT_READY", .retry_after_ms = 250}));
  const Failure failure = ReportFailure(ExampleRequest());
  EXPECT_EQ(failure.code, absl::StatusCode::kUnavailable);
  EXPECT_EQ(failure.detail.reason, "NOT_READY");
  EXPECT_EQ(failure.detail.retry_after_ms, 250);
}

TEST_F(BackendErrorsTest, ASourceThatImpliesNoRateIsTheCallersError) {
  FailOnlyRate(MakeError(
      absl::StatusCode::kNotFound, "no implied rate of the source \"brunch-2025-02-10\" is known",
      {.reason = "UNKNOWN_IMPLIED_RATE", .metadata = {{"source_id", "brunch-2025-02-10"}}}));
  const Failure failure = ReportFailure(ExampleRequest());
  EXPECT_EQ(failure.code, absl::StatusCode::kNotFound);
  EXPECT_EQ(failure.detail.reason, "UNKNOWN_IMPLIED_RATE");
  EXPECT_THAT(failure.fields(), ElementsAre("query.rate.as_stated_source_id"));
  EXPECT_EQ(failure.message,
            "query.rate.as_stated_source_id: no implied rate of the source \"brunch-2025-02-10\" "
            "is known");
  EXPECT_EQ(failure.detail.metadata.at("source_id"), "brunch-2025-02-10");
}

TEST_F(BackendErrorsTest, AnUnknownOrMalformedProviderIsTheCallersError) {
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_query()->mutable_rate()->Clear();
  request.mutable_query()->mutable_rate()->set_provider("ebc");
  for (const char* reason : {"UNKNOWN_PROVIDER", "MALFORMED_PROVIDER"}) {
    FailOnlyRate(MakeError(absl::StatusCode::kNotFound,
                           "queries[0].spec.provider: did you mean \"ecb\"?",
                           {.reason = reason, .violations = {{"queries[0].spec.provider", ""}}}));
    const Failure failure = ReportFailure(request);
    EXPECT_EQ(failure.detail.reason, reason);
    EXPECT_THAT(failure.fields(), ElementsAre("query.rate.provider"));
    EXPECT_EQ(failure.message, "query.rate.provider: did you mean \"ecb\"?");
    EXPECT_EQ(failure.detail.violations[0].description, "did you mean \"ecb\"?");
  }
}

TEST_F(BackendErrorsTest, TheDefaultProvidersAbsenceIsNotTheCallersError) {
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_query()->clear_rate();
  FailOnlyRate(MakeError(absl::StatusCode::kNotFound, "there is no rate by the provider \"ecb\"",
                         {.reason = "UNKNOWN_PROVIDER"}));
  EXPECT_EQ(Report(request).rows(0).warnings(0).code(), "NO_RATE");
}

TEST_F(BackendErrorsTest, WhyARateCouldNotBeHadNamesNoFieldOfTheGatewaysOwnRequest) {
  FailOnlyRate(MakeError(
      absl::StatusCode::kOutOfRange, "queries[0].spec.average.end_date: the period ends later",
      {.reason = "PERIOD_UNFINISHED", .violations = {{"queries[0].spec.average.end_date", ""}}}));
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_query()->clear_rate();
  EXPECT_EQ(Report(request).rows(0).warnings(0).message(),
            "Amazon: USD could not be converted to KRW: the period ends later");
}

TEST_F(BackendErrorsTest, AFixedRateForFiguresOfTwoCurrenciesIsAmbiguous) {
  aggregation_.aggregate.Answer(
      Cells({PointCell("amazon", 2025, "100000000000"), PointCell("sap", 2025, "1000000000", "EUR"),
             PointCell("samsung", 2025, "9000000000", "KRW")}));
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_query()->mutable_rate()->mutable_fixed()->set_value("1456.3");
  const Failure failure = ReportFailure(request);
  EXPECT_EQ(failure.code, absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(failure.detail.reason, "FIXED_RATE_AMBIGUOUS");
  EXPECT_THAT(failure.fields(), ElementsAre("query.rate.fixed"));
  EXPECT_THAT(failure.message, HasSubstr("EUR, USD"));
  EXPECT_EQ(fx_.batch_get_rates.calls(), 0);
}

TEST_F(BackendErrorsTest, AFixedRateLeavesFiguresOfTheReportCurrencyAlone) {
  aggregation_.aggregate.Answer(Cells({PointCell("amazon", 2025, "100000000000"),
                                       PointCell("samsung", 2025, "9000000000", "KRW")}));
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_query()->mutable_rate()->mutable_fixed()->set_value("1456.3");
  EXPECT_EQ(Report(request).total().converted().point().value(), "145639000000000");
}

TEST_F(BackendErrorsTest, AFigureWithoutARateIsMarkedAndLeavesNoConvertedTotal) {
  aggregation::v1::AggregateResponse cells =
      Cells({PointCell("amazon", 2025, "100000000000"), PointCell("sap", 2025, "2000", "EUR"),
             PointCell("samsung", 2025, "9000000000", "KRW")});
  aggregation_.aggregate.Answer(cells);
  fx::v1::BatchGetRatesResponse rates = ExampleRates();
  wire::ToProto(MakeError(absl::StatusCode::kOutOfRange, "the average needs the whole of 2025",
                          {.reason = "PERIOD_UNFINISHED"}),
                rates.add_results()->mutable_error());
  fx_.batch_get_rates.Answer(rates);
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_query()->mutable_rate()->set_average(true);
  const v1::Report report = Report(request);
  EXPECT_EQ(report.missing_size(), 0);
  EXPECT_FALSE(report.total().has_converted());
  EXPECT_FALSE(report.total().has_figure());
  EXPECT_EQ(report.total().organization_count(), 3);
  ASSERT_EQ(report.rows_size(), 3);
  // The largest converted first, what could not be converted after it.
  EXPECT_EQ(report.rows(0).organization_id(), "amazon");
  EXPECT_EQ(report.rows(0).converted().point().value(), "145630000000000");
  EXPECT_EQ(report.rows(0).rate_index(), 0);
  EXPECT_EQ(report.rows(1).organization_id(), "samsung");
  EXPECT_EQ(report.rows(1).converted().point().value(), "9000000000");
  EXPECT_EQ(report.rows(1).rate_index(), -1);
  const v1::ReportRow& sap = report.rows(2);
  EXPECT_FALSE(sap.has_converted());
  EXPECT_EQ(sap.rate_index(), -1);
  ASSERT_EQ(sap.warnings_size(), 1);
  EXPECT_EQ(sap.warnings(0).code(), "NO_RATE");
  EXPECT_EQ(sap.warnings(0).organization_id(), "sap");
  EXPECT_EQ(sap.warnings(0).message(),
            "sap: EUR could not be converted to KRW: the average needs the whole of 2025");
}

TEST_F(BackendErrorsTest, ARatesOwnWarningsAreTheReports) {
  fx::v1::BatchGetRatesResponse rates = ExampleRates();
  fx::v1::RateWarning& stale = *rates.mutable_results(0)->mutable_rate()->add_warnings();
  stale.set_code("STALE_RATE");
  stale.set_message("The fixing is five days old.");
  fx_.batch_get_rates.Answer(rates);
  const v1::Report report = Report(ExampleRequest());
  const v1::ReportWarning& last = report.warnings(report.warnings_size() - 1);
  EXPECT_EQ(last.code(), "STALE_RATE");
  EXPECT_EQ(last.message(), "The fixing is five days old.");
}

TEST_F(BackendErrorsTest, AnAnswerThatCannotBeReadIsNotTheCallersFault) {
  fx_.batch_get_rates.Answer({});
  Failure failure = ReportFailure(ExampleRequest());
  EXPECT_EQ(failure.code, absl::StatusCode::kInternal);
  EXPECT_EQ(failure.detail.reason, "BACKEND_ANSWER_MALFORMED");

  fx::v1::BatchGetRatesResponse rates = ExampleRates();
  rates.mutable_results(0)->mutable_rate()->mutable_denominator()->set_value("many");
  fx_.batch_get_rates.Answer(rates);
  failure = ReportFailure(ExampleRequest());
  EXPECT_EQ(failure.code, absl::StatusCode::kInternal);
  EXPECT_EQ(failure.detail.reason, "BACKEND_ANSWER_MALFORMED");
  EXPECT_EQ(failure.detail.metadata.at("service"), "fx");

  fx_.batch_get_rates.Answer(ExampleRates());
  aggregation_.aggregate.Answer(Cells({PointCell("amazon", 2025, "much")}));
  failure = ReportFailure(ExampleRequest());
  EXPECT_EQ(failure.code, absl::StatusCode::kInternal);
  EXPECT_EQ(failure.detail.reason, "BACKEND_ANSWER_MALFORMED");
  EXPECT_EQ(failure.detail.metadata.at("service"), "aggregation");
}

}  // namespace
}  // namespace outlay::gateway::testing
