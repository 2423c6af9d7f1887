// What the gateway asks the services for a report.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "tests/gateway/canned_answers.h"
#include "tests/gateway/gateway_fixture.h"

namespace outlay::gateway::testing {
namespace {

using ::testing::ElementsAre;

class RequestMappingTest : public GatewayTest {
 protected:
  void SetUp() override { AnswerExample(ingest_, fx_, aggregation_); }

  // One figure in dollars that wants the rate given.
  void AnswerFigureThatWants(const aggregation::v1::RateDate& wanted) {
    aggregation::v1::Cell cell = PointCell("amazon", 2025, "100000000000");
    *cell.mutable_key()->mutable_rate_date() = wanted;
    aggregation_.aggregate.Answer(Cells({cell}));
    fx_.batch_get_rates.AnswerBy(RatesAt("1456.3"));
  }

  aggregation::v1::AggregateRequest AggregateRequestOf(const v1::GetReportRequest& request) {
    Report(request);
    return aggregation_.aggregate.last();
  }

  // The one rate asked for.
  fx::v1::RateSpec SpecOf(const v1::GetReportRequest& request) {
    Report(request);
    const fx::v1::BatchGetRatesRequest asked = fx_.batch_get_rates.last();
    EXPECT_EQ(asked.queries_size(), 1);
    return asked.queries_size() == 1 ? asked.queries(0).spec() : fx::v1::RateSpec();
  }

  static v1::GetReportRequest InWon() {
    v1::GetReportRequest request = MinimalRequest();
    request.mutable_query()->set_currency_code("KRW");
    request.mutable_as_of()->set_published("2025-02-10");
    return request;
  }
};

std::vector<std::string> QueryIds(const aggregation::v1::AggregateRequest& request) {
  std::vector<std::string> ids;
  for (const aggregation::v1::Query& query : request.queries()) ids.push_back(query.query_id());
  return ids;
}

TEST_F(RequestMappingTest, TheQueryGoesToAggregationWithItsDefaults) {
  const aggregation::v1::AggregateRequest asked = AggregateRequestOf(ExampleRequest());
  EXPECT_THAT(QueryIds(asked), ElementsAre("current", "prior", "reference"));
  EXPECT_TRUE(asked.include_contributors());
  const aggregation::v1::Query& current = asked.queries(0);
  EXPECT_THAT(current.group_ids(), ElementsAre("big-tech-4"));
  EXPECT_THAT(current.measures(),
              ElementsAre("capital_expenditure", "ai_investment", "data_center_investment"));
  EXPECT_THAT(current.bases(), ElementsAre(ingest::v1::BASIS_ACTUAL, ingest::v1::BASIS_GUIDANCE,
                                           ingest::v1::BASIS_ESTIMATE));
  EXPECT_EQ(current.point_rule(), aggregation::v1::POINT_RULE_DEFAULT);
  ASSERT_EQ(current.periods_size(), 1);
  EXPECT_EQ(current.periods(0).label(), "2025");
}

// A measure, definition or basis as a dimension would give an organization a cell for each of its own.
TEST_F(RequestMappingTest, EveryQueryAsksForOneCellAnOrganization) {
  const aggregation::v1::AggregateRequest asked = AggregateRequestOf(ExampleRequest());
  for (const aggregation::v1::Query& query : asked.queries()) {
    EXPECT_THAT(query.group_by(), ElementsAre(aggregation::v1::DIMENSION_ORGANIZATION,
                                              aggregation::v1::DIMENSION_PERIOD))
        << query.query_id();
  }
}

TEST_F(RequestMappingTest, WhatTheCallerChoosesIsPassedOn) {
  v1::GetReportRequest request = ExampleRequest();
  v1::ReportQuery& query = *request.mutable_query();
  query.add_organization_ids("alphabet");
  query.add_measures("capital_expenditure");
  query.add_definitions("purchases_of_property_and_equipment");
  query.add_definitions("");
  query.add_bases(ingest::v1::BASIS_GUIDANCE);
  query.add_source_classes(ingest::v1::SOURCE_CLASS_FILING);
  query.set_point_rule(aggregation::v1::POINT_RULE_LOW);
  const aggregation::v1::AggregateRequest asked = AggregateRequestOf(request);
  for (int i : {0, 1}) {
    EXPECT_THAT(asked.queries(i).organization_ids(), ElementsAre("alphabet"));
    EXPECT_THAT(asked.queries(i).group_ids(), ElementsAre("big-tech-4"));
    EXPECT_THAT(asked.queries(i).measures(), ElementsAre("capital_expenditure"));
    EXPECT_THAT(asked.queries(i).definitions(),
                ElementsAre("purchases_of_property_and_equipment", ""));
    EXPECT_THAT(asked.queries(i).bases(), ElementsAre(ingest::v1::BASIS_GUIDANCE));
    EXPECT_THAT(asked.queries(i).source_classes(), ElementsAre(ingest::v1::SOURCE_CLASS_FILING));
    EXPECT_EQ(asked.queries(i).point_rule(), aggregation::v1::POINT_RULE_LOW);
  }
}

TEST_F(RequestMappingTest, TheReferenceIsAQueryOfItsOwn) {
  const aggregation::v1::AggregateRequest asked = AggregateRequestOf(ExampleRequest());
  const aggregation::v1::Query& reference = asked.queries(2);
  EXPECT_THAT(reference.organization_ids(), ElementsAre("republic-of-korea"));
  EXPECT_EQ(reference.group_ids_size(), 0);
  EXPECT_THAT(reference.measures(), ElementsAre("government_budget"));
  EXPECT_EQ(reference.bases_size(), 0);
  ASSERT_EQ(reference.periods_size(), 1);
  EXPECT_EQ(reference.periods(0).label(), "2024");
}

TEST_F(RequestMappingTest, ThePriorQueryAsksTheSameOfTheYearBefore) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"2025", "2024"},
      {"2025-Q1", "2024-Q1"},
      {"2025-H1", "2024-H1"},
      {"2025-9M", "2024-9M"},
      {"FY2025", "FY2024"},
      {"FY2025-Q1", "FY2024-Q1"},
      {"FY2025-H1", "FY2024-H1"},
      {"TTM-2025-06-30", "TTM-2024-06-30"},
      {"2025-01-15..2025-04-14", "2024-01-15..2024-04-14"}};
  for (const auto& [label, prior] : cases) {
    v1::GetReportRequest request = MinimalRequest();
    request.mutable_query()->mutable_period()->set_label(label);
    const aggregation::v1::AggregateRequest asked = AggregateRequestOf(request);
    ASSERT_THAT(QueryIds(asked), ElementsAre("current", "prior")) << label;
    EXPECT_EQ(asked.queries(0).periods(0).label(), label);
    EXPECT_EQ(asked.queries(1).periods(0).label(), prior);
    EXPECT_THAT(asked.queries(1).organization_ids(), ElementsAre("amazon"));
  }
}

TEST_F(RequestMappingTest, WithoutAYearBeforeThereIsNoPriorQuery) {
  for (const char* label : {"2025..2028", "undated"}) {
    v1::GetReportRequest request = MinimalRequest();
    request.mutable_query()->mutable_period()->set_label(label);
    EXPECT_THAT(QueryIds(AggregateRequestOf(request)), ElementsAre("current")) << label;
  }
  v1::GetReportRequest request = MinimalRequest();
  request.mutable_query()->set_without_growth(true);
  EXPECT_THAT(QueryIds(AggregateRequestOf(request)), ElementsAre("current"));
}

TEST_F(RequestMappingTest, APeriodGivenByItsDatesIsAskedForByItsLabel) {
  v1::GetReportRequest request = MinimalRequest();
  request.mutable_query()->mutable_period()->clear_label();
  request.mutable_query()->mutable_period()->set_start_date("2025-01-01");
  request.mutable_query()->mutable_period()->set_end_date("2026-01-01");
  const aggregation::v1::AggregateRequest asked = AggregateRequestOf(request);
  EXPECT_EQ(asked.queries(0).periods(0).label(), "2025");
  EXPECT_EQ(asked.queries(1).periods(0).label(), "2024");
}

TEST_F(RequestMappingTest, ThePublishedAxisGoesToEveryService) {
  Report(ExampleRequest());
  EXPECT_EQ(aggregation_.aggregate.last().as_of().published(), "2025-02-10");
  EXPECT_EQ(fx_.batch_get_rates.last().as_of().published(), "2025-02-10");
  EXPECT_EQ(ingest_.batch_get_disclosures.last().as_of().published(), "2025-02-10");
}

TEST_F(RequestMappingTest, IngestIsReadAtTheSequenceThatAggregationAnsweredFrom) {
  Report(ExampleRequest());
  const ingest::v1::BatchGetDisclosuresRequest asked = ingest_.batch_get_disclosures.last();
  EXPECT_EQ(asked.as_of().recorded_sequence(), kIngestSequence);
  EXPECT_EQ(asked.minimum_sequence(), kIngestSequence);
  EXPECT_THAT(asked.disclosure_ids(),
              ElementsAre("d-0000000000000003", "d-0000000000000001", "d-0000000000000004",
                          "d-0000000000000002", "d-0000000000000005", "d-0000000000000021",
                          "d-0000000000000011", "d-0000000000000022"));  // the selected ones first
  EXPECT_THAT(asked.organization_ids(),
              ElementsAre("alphabet", "amazon", "meta", "microsoft", "republic-of-korea"));
}

TEST_F(RequestMappingTest, ASequenceOfIngestMeansNothingToFx) {
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_as_of()->set_recorded_sequence(30);
  Report(request);
  EXPECT_EQ(aggregation_.aggregate.last().as_of().recorded_sequence(), 30u);
  EXPECT_EQ(fx_.batch_get_rates.last().as_of().recorded_case(),
            journal::v1::AsOf::RECORDED_NOT_SET);
}

TEST_F(RequestMappingTest, FxHasASequenceOfItsOwn) {
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_as_of()->set_recorded_sequence(30);
  request.set_fx_recorded_sequence(5);
  Report(request);
  EXPECT_EQ(aggregation_.aggregate.last().as_of().recorded_sequence(), 30u);
  EXPECT_EQ(fx_.batch_get_rates.last().as_of().recorded_sequence(), 5u);
}

TEST_F(RequestMappingTest, ATimeOfRecordingHoldsForBothJournals) {
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_as_of()->mutable_recorded_time()->set_seconds(1'739'000'000);
  Report(request);
  EXPECT_EQ(aggregation_.aggregate.last().as_of().recorded_time().seconds(), 1'739'000'000);
  EXPECT_EQ(fx_.batch_get_rates.last().as_of().recorded_time().seconds(), 1'739'000'000);
}

// 2025-03-01T06:00:00.25Z, long past.
google::protobuf::Timestamp AnEarlierNow() {
  google::protobuf::Timestamp now;
  now.set_seconds(1'740'808'800);
  now.set_nanos(250'000'000);
  return now;
}

TEST_F(RequestMappingTest, ANowThatIsGivenTakesTheClocksPlace) {
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_as_of()->Clear();
  *request.mutable_as_of()->mutable_now() = AnEarlierNow();
  request.mutable_query()->mutable_rate()->set_latest(true);
  const v1::Report report = Report(request);
  EXPECT_EQ(report.stamp().now().SerializeAsString(), AnEarlierNow().SerializeAsString());
  EXPECT_EQ(aggregation_.aggregate.last().as_of().published(), "2025-03-01");
  EXPECT_EQ(ingest_.batch_get_disclosures.last().as_of().published(), "2025-03-01");
  const fx::v1::BatchGetRatesRequest rates = fx_.batch_get_rates.last();
  EXPECT_EQ(rates.as_of().published(), "2025-03-01T06:00:00.250Z");
  EXPECT_EQ(rates.queries(0).spec().on_date().date(), "2025-03-01");
  for (const journal::v1::AsOf& passed_on :
       {aggregation_.aggregate.last().as_of(), ingest_.batch_get_disclosures.last().as_of(),
        rates.as_of()}) {
    EXPECT_EQ(passed_on.now().SerializeAsString(), AnEarlierNow().SerializeAsString());
  }
}

TEST_F(RequestMappingTest, TheStampOfAReportGivesTheReportAgain) {
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_as_of()->Clear();
  request.mutable_query()->mutable_rate()->set_latest(true);
  const v1::Report first = Report(request);
  request.mutable_as_of()->set_recorded_sequence(first.stamp().ingest_sequence());
  request.set_fx_recorded_sequence(first.stamp().fx_sequence());
  *request.mutable_as_of()->mutable_now() = first.stamp().now();
  EXPECT_EQ(Report(request).SerializeAsString(), first.SerializeAsString());
}

TEST_F(RequestMappingTest, ANowBeforeAPublishedDayBindsRatesAlone) {
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_as_of()->set_published("2025-06-30");
  *request.mutable_as_of()->mutable_now() = AnEarlierNow();
  Report(request);
  EXPECT_EQ(aggregation_.aggregate.last().as_of().published(), "2025-06-30");
  EXPECT_EQ(fx_.batch_get_rates.last().as_of().published(), "2025-03-01T06:00:00.250Z");
}

TEST_F(RequestMappingTest, ANowToComeOrOfNoTimeIsRefused) {
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_as_of()->mutable_now()->set_seconds(7'258'118'400);  // 2200
  Failure failure = ReportFailure(request);
  EXPECT_EQ(failure.code, absl::StatusCode::kOutOfRange);
  EXPECT_EQ(failure.detail.reason, "NOW_TO_COME");
  EXPECT_THAT(failure.fields(), ElementsAre("as_of.now"));
  request.mutable_as_of()->mutable_now()->set_nanos(-1);
  failure = ReportFailure(request);
  EXPECT_EQ(failure.detail.reason, "MALFORMED_INSTANT");
  EXPECT_THAT(failure.fields(), ElementsAre("as_of.now"));
}

TEST_F(RequestMappingTest, MinimumSequencesGoToTheirServices) {
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_minimum()->set_ingest_sequence(40);
  request.mutable_minimum()->set_fx_sequence(6);
  Report(request);
  EXPECT_EQ(aggregation_.aggregate.last().minimum_sequence(), 40u);
  EXPECT_EQ(fx_.batch_get_rates.last().minimum_sequence(), 6u);
}

TEST_F(RequestMappingTest, EachKindOfRateHasItsRuleOfDates) {
  struct Case {
    const char* name;
    std::function<void(v1::RateChoice&)> choose;
    aggregation::v1::RateDateRule rule;
  };
  const std::vector<Case> cases = {
      {"none", [](v1::RateChoice&) {}, aggregation::v1::RATE_DATE_RULE_BY_FIGURE},
      {"on_date", [](v1::RateChoice& rate) { rate.set_on_date("2025-02-07"); },
       aggregation::v1::RATE_DATE_RULE_NONE},
      {"average", [](v1::RateChoice& rate) { rate.set_average(true); },
       aggregation::v1::RATE_DATE_RULE_PERIOD_AVERAGE},
      {"period_end", [](v1::RateChoice& rate) { rate.set_period_end(true); },
       aggregation::v1::RATE_DATE_RULE_PERIOD_END},
      {"fixed", [](v1::RateChoice& rate) { rate.mutable_fixed()->set_value("1456.3"); },
       aggregation::v1::RATE_DATE_RULE_NONE},
      {"as_stated", [](v1::RateChoice& rate) { rate.set_as_stated_source_id("s"); },
       aggregation::v1::RATE_DATE_RULE_NONE},
      {"latest", [](v1::RateChoice& rate) { rate.set_latest(true); },
       aggregation::v1::RATE_DATE_RULE_NONE}};
  for (const Case& kind : cases) {
    v1::GetReportRequest request = ExampleRequest();
    request.mutable_query()->mutable_rate()->Clear();
    kind.choose(*request.mutable_query()->mutable_rate());
    const aggregation::v1::AggregateRequest asked = AggregateRequestOf(request);
    for (const aggregation::v1::Query& query : asked.queries())
      EXPECT_EQ(query.rate_date_rule(), kind.rule) << kind.name << " " << query.query_id();
  }
}

TEST_F(RequestMappingTest, WithoutAReportCurrencyCellsCarryNoRateDate) {
  EXPECT_EQ(AggregateRequestOf(MinimalRequest()).queries(0).rate_date_rule(),
            aggregation::v1::RATE_DATE_RULE_NONE);
}

TEST_F(RequestMappingTest, AFigureGetsTheRateOfTheDayItWants) {
  aggregation::v1::RateDate wanted;
  wanted.set_on_date("2025-02-06");
  AnswerFigureThatWants(wanted);
  const fx::v1::RateSpec spec = SpecOf(InWon());
  EXPECT_EQ(spec.on_date().date(), "2025-02-06");
  EXPECT_EQ(spec.on_date().fallback(), fx::v1::DATE_FALLBACK_UNSPECIFIED);  // the previous fixing
  EXPECT_EQ(spec.provider(), "");
}

TEST_F(RequestMappingTest, AFigureGetsTheAverageOfThePeriodItWants) {
  aggregation::v1::RateDate wanted;
  *wanted.mutable_average_of() = Year(2024);
  AnswerFigureThatWants(wanted);
  v1::GetReportRequest request = InWon();
  request.mutable_query()->mutable_rate()->set_provider("fed-h10");
  const fx::v1::RateSpec spec = SpecOf(request);
  EXPECT_EQ(spec.average().start_date(), "2024-01-01");
  EXPECT_EQ(spec.average().end_date(), "2025-01-01");
  EXPECT_FALSE(spec.average().to_date());
  EXPECT_EQ(spec.provider(), "fed-h10");
}

TEST_F(RequestMappingTest, AFigureGetsTheEndOfThePeriodItWants) {
  aggregation::v1::RateDate wanted;
  *wanted.mutable_end_of() = Year(2024);
  AnswerFigureThatWants(wanted);
  v1::GetReportRequest request = InWon();
  request.mutable_query()->mutable_rate()->set_period_end(true);
  EXPECT_EQ(SpecOf(request).period_end().end_date(), "2025-01-01");
}

TEST_F(RequestMappingTest, AFigureThatWantsNoDateGetsTheLastDayOfTheAsOf) {
  AnswerFigureThatWants({});
  EXPECT_EQ(SpecOf(InWon()).on_date().date(), "2025-02-10");
}

TEST_F(RequestMappingTest, OneDayHoldsForAllFigures) {
  AnswerFigureThatWants({});
  v1::GetReportRequest request = InWon();
  request.mutable_query()->mutable_rate()->set_on_date("2025-02-07");
  request.mutable_query()->mutable_rate()->set_provider("ecb");
  const fx::v1::RateSpec spec = SpecOf(request);
  EXPECT_EQ(spec.on_date().date(), "2025-02-07");
  EXPECT_EQ(spec.provider(), "ecb");
}

TEST_F(RequestMappingTest, TheLatestRateIsThatOfTheLastDayOfTheAsOf) {
  AnswerFigureThatWants({});
  v1::GetReportRequest request = InWon();
  request.mutable_query()->mutable_rate()->set_latest(true);
  EXPECT_EQ(SpecOf(request).on_date().date(), "2025-02-10");
  request.mutable_as_of()->set_published("2025-02-07T12:00:00Z");
  EXPECT_EQ(SpecOf(request).on_date().date(), "2025-02-07");
  EXPECT_EQ(fx_.batch_get_rates.last().as_of().published(), "2025-02-07T12:00:00Z");
}

TEST_F(RequestMappingTest, AFixedRateIsTheCallersOwn) {
  AnswerFigureThatWants({});
  v1::GetReportRequest request = InWon();
  request.mutable_query()->mutable_rate()->mutable_fixed()->set_value("1456.3");
  const fx::v1::RateSpec spec = SpecOf(request);
  EXPECT_EQ(spec.fixed().value().value(), "1456.3");
  EXPECT_EQ(spec.fixed().base_currency(), "");
  EXPECT_EQ(spec.fixed().quote_currency(), "");
  EXPECT_EQ(spec.provider(), "");
}

TEST_F(RequestMappingTest, AStatedRateIsThatOfItsSource) {
  AnswerFigureThatWants({});
  v1::GetReportRequest request = InWon();
  request.mutable_query()->mutable_rate()->set_as_stated_source_id("brunch-2025-02-10");
  const fx::v1::RateSpec spec = SpecOf(request);
  EXPECT_EQ(spec.implied().source_id(), "brunch-2025-02-10");
  EXPECT_EQ(spec.provider(), "");
}

}  // namespace
}  // namespace outlay::gateway::testing
