// The service over gRPC: answers on the wire, and every kind of bad input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/common/config/known_names.h"
#include "tests/aggregation/running_aggregation.h"

namespace outlay::aggregation {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ServiceTest : public ::testing::Test {
 protected:
  ServiceTest() {
    ingest_.Append(OrganizationUpserted("amazon", "Amazon"));
    ingest_.Append(OrganizationUpserted("microsoft", "Microsoft", "06-30"));
    ingest_.Append(OrganizationUpserted("meta", "Meta"));
    ingest_.Append(GroupUpserted("big-tech", {"amazon", "microsoft", "meta"}));
    ingest_.Append(DisclosureRecorded("d-1", "amazon", "100000000000"));
    ingest_.Append(UpToByMeta());
    aggregation_.WaitUntilReadyAt(6);
  }

  static ingest::v1::Change UpToByMeta() {
    ingest::v1::Change change = DisclosureRecorded("d-2", "meta", "65000000000");
    money::v1::Amount& amount = *change.mutable_disclosure_recorded()->mutable_amount();
    amount.set_bound(money::v1::BOUND_UP_TO);
    amount.clear_stated();
    amount.mutable_low()->set_value("0");
    amount.set_low_implied(true);
    change.mutable_disclosure_recorded()->set_measure("ai_investment");
    change.mutable_disclosure_recorded()->set_stated_at("2025-02-06");
    return change;
  }

  static v1::AggregateRequest AskForTotal() {
    v1::AggregateRequest request;
    v1::Query& query = *request.add_queries();
    query.set_query_id("total");
    query.add_group_ids("big-tech");
    query.add_periods()->set_label("2025");
    query.add_group_by(v1::DIMENSION_PERIOD);
    return request;
  }

  void ExpectRefused(const v1::AggregateRequest& request, std::string_view reason,
                     std::string_view field, std::string_view says) {
    const absl::Status status = aggregation_.Aggregate(request).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
    const ErrorDetail detail = GetErrorDetail(status);
    EXPECT_EQ(detail.reason, reason);
    ASSERT_EQ(detail.violations.size(), 1U);
    EXPECT_EQ(detail.violations[0].field, field);
    EXPECT_THAT(detail.violations[0].description, HasSubstr(std::string(says)));
  }

  FakeIngest ingest_;
  RunningAggregation aggregation_{ingest_.address()};
};

TEST_F(ServiceTest, AnswersWithCellsOnTheWire) {
  v1::AggregateRequest request = AskForTotal();
  request.set_include_contributors(true);
  const absl::StatusOr<v1::AggregateResponse> response = aggregation_.Aggregate(request);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->stamp().ingest_sequence(), 6U);
  EXPECT_EQ(response->stamp().rules_version(), "1");
  EXPECT_EQ(response->stamp().fx_sequence(), 0U);
  EXPECT_THAT(response->warnings(), IsEmpty());
  ASSERT_EQ(response->results_size(), 1);
  EXPECT_EQ(response->results(0).query_id(), "total");
  ASSERT_EQ(response->results(0).cells_size(), 1);

  const v1::Cell& cell = response->results(0).cells(0);
  EXPECT_EQ(cell.key().currency_code(), "USD");
  EXPECT_EQ(cell.key().period().label(), "2025");
  EXPECT_EQ(cell.key().period().start_date(), "2025-01-01");
  EXPECT_EQ(cell.key().period().end_date(), "2026-01-01");
  EXPECT_EQ(cell.key().period().kind(), time::v1::PERIOD_KIND_YEAR);
  EXPECT_EQ(cell.key().organization_id(), "");
  EXPECT_FALSE(cell.key().has_rate_date());
  EXPECT_EQ(cell.interval().low().value(), "100000000000");
  EXPECT_EQ(cell.interval().high().value(), "165000000000");
  EXPECT_TRUE(cell.interval().low_implied());
  EXPECT_EQ(cell.point().value(), "165000000000");
  EXPECT_EQ(cell.composition().stated().value(), "100000000000");
  EXPECT_EQ(cell.composition().ceilings().value(), "65000000000");
  EXPECT_FALSE(cell.composition().has_floors());
  EXPECT_EQ(cell.figure_count(), 2);
  EXPECT_THAT(cell.measures(), ElementsAre("capital_expenditure", "ai_investment"));
  EXPECT_THAT(cell.bases(), ElementsAre(ingest::v1::BASIS_GUIDANCE));
  ASSERT_EQ(cell.contributors_size(), 2);
  EXPECT_EQ(cell.contributors(1).disclosure_id(), "d-2");
  EXPECT_EQ(cell.contributors(1).role(), v1::CONTRIBUTOR_ROLE_SELECTED);
  EXPECT_EQ(cell.contributors(1).revision(), 1U);
  EXPECT_EQ(cell.contributors(1).amount().bound(), money::v1::BOUND_UP_TO);
  EXPECT_EQ(cell.contributors(1).amount().high().value(), "65000000000");
  EXPECT_TRUE(cell.contributors(1).amount().low_implied());
  EXPECT_EQ(cell.contributors(1).source_id(), "press-d-2");
  EXPECT_EQ(cell.contributors(1).source_class(), ingest::v1::SOURCE_CLASS_PRESS);
  ASSERT_EQ(cell.warnings_size(), 2);
  EXPECT_EQ(cell.warnings(0).code(), "IMPLIED_LOW");
  EXPECT_EQ(cell.warnings(0).organization_id(), "meta");
  EXPECT_EQ(cell.warnings(1).code(), "MIXED_MEASURES");

  ASSERT_EQ(response->results(0).absent_size(), 1);
  EXPECT_EQ(response->results(0).absent(0).organization_id(), "microsoft");
  EXPECT_EQ(response->results(0).absent(0).period().label(), "2025");
}

TEST_F(ServiceTest, AContributorSaysWhatWouldStandForItAlone) {
  v1::AggregateRequest request = AskAbout("meta");
  request.set_include_contributors(true);
  v1::Contributor meta = aggregation_.Aggregate(request)->results(0).cells(0).contributors(0);
  EXPECT_EQ(meta.point().value(), "65000000000");
  EXPECT_FALSE(meta.has_rate_date());
  request.mutable_queries(0)->set_point_rule(v1::POINT_RULE_LOW);
  request.mutable_queries(0)->set_rate_date_rule(v1::RATE_DATE_RULE_BY_FIGURE);
  meta = aggregation_.Aggregate(request)->results(0).cells(0).contributors(0);
  EXPECT_EQ(meta.point().value(), "0");
  EXPECT_EQ(meta.rate_date().on_date(), "2025-02-06");
}

TEST_F(ServiceTest, ASubsidiaryBesideItsParentSaysInWhoseFigureItCounts) {
  ingest_.Append(OrganizationUpserted("aws", "AWS", "12-31", "amazon"));
  ingest_.Append(DisclosureRecorded("d-3", "aws", "60000000000"));
  aggregation_.WaitUntilReadyAt(8);
  v1::AggregateRequest request = AskAbout("amazon");
  request.mutable_queries(0)->add_organization_ids("aws");
  const absl::StatusOr<v1::AggregateResponse> response = aggregation_.Aggregate(request);
  ASSERT_TRUE(response.ok()) << response.status();
  ASSERT_EQ(response->results(0).cells_size(), 1);
  ASSERT_EQ(response->results(0).covered_size(), 1);
  EXPECT_EQ(response->results(0).covered(0).cell().key().organization_id(), "aws");
  EXPECT_EQ(response->results(0).covered(0).cell().point().value(), "60000000000");
  EXPECT_EQ(response->results(0).covered(0).counted_in_organization_id(), "amazon");
}

TEST_F(ServiceTest, ContributorsAreListedOnRequestOnly) {
  EXPECT_THAT(aggregation_.Aggregate(AskForTotal())->results(0).cells(0).contributors(), IsEmpty());
}

TEST_F(ServiceTest, CellsCarryTheRateDateAsked) {
  v1::AggregateRequest request = AskAbout("meta");
  request.mutable_queries(0)->set_rate_date_rule(v1::RATE_DATE_RULE_BY_FIGURE);
  EXPECT_EQ(aggregation_.Aggregate(request)->results(0).cells(0).key().rate_date().on_date(),
            "2025-02-06");
  request.mutable_queries(0)->set_rate_date_rule(v1::RATE_DATE_RULE_PERIOD_END);
  EXPECT_EQ(aggregation_.Aggregate(request)->results(0).cells(0).key().rate_date().end_of().label(),
            "2025");
}

TEST_F(ServiceTest, PublishedAsOfBoundsWhatIsKnown) {
  v1::AggregateRequest request = AskAbout("amazon");
  request.mutable_as_of()->set_published("2025-02-09");
  EXPECT_THAT(aggregation_.Aggregate(request)->results(0).cells(), IsEmpty());
  request.mutable_as_of()->set_published("2025-02-10");
  EXPECT_EQ(aggregation_.Aggregate(request)->results(0).cells_size(), 1);
}

TEST_F(ServiceTest, ANowStandsForItsDayWhereThePublishedAxisIsLeftOut) {
  v1::AggregateRequest request = AskAbout("amazon");
  request.mutable_as_of()->mutable_now()->set_seconds(1'739'145'600);  // 2025-02-10T00:00:00Z
  EXPECT_EQ(GetErrorDetail(aggregation_.Aggregate(request).status()).reason, "NOW_TO_COME");
  aggregation_.Advance(std::chrono::hours(24 * 365 * 60));
  EXPECT_EQ(aggregation_.Aggregate(request)->results(0).cells_size(), 1);
  request.mutable_as_of()->mutable_now()->set_seconds(1'739'145'599);
  EXPECT_THAT(aggregation_.Aggregate(request)->results(0).cells(), IsEmpty());
  request.mutable_as_of()->set_published("2025-02-10");
  EXPECT_EQ(aggregation_.Aggregate(request)->results(0).cells_size(), 1);
}

TEST_F(ServiceTest, RecordedAsOfTakesASequenceOrATime) {
  v1::AggregateRequest request = AskAbout("amazon");
  request.mutable_as_of()->set_recorded_sequence(4);
  const absl::StatusOr<v1::AggregateResponse> by_sequence = aggregation_.Aggregate(request);
  EXPECT_EQ(by_sequence->stamp().ingest_sequence(), 4U);
  EXPECT_THAT(by_sequence->results(0).cells(), IsEmpty());
  request.mutable_as_of()->mutable_recorded_time()->set_seconds(1'700'000'005);
  const absl::StatusOr<v1::AggregateResponse> by_time = aggregation_.Aggregate(request);
  EXPECT_EQ(by_time->stamp().ingest_sequence(), 5U);
  EXPECT_EQ(by_time->results(0).cells_size(), 1);
}

TEST_F(ServiceTest, AsOfSequence0NothingWasStored) {
  v1::AggregateRequest request = AskAbout("amazon");
  request.mutable_as_of()->set_recorded_sequence(0);
  EXPECT_EQ(GetErrorDetail(aggregation_.Aggregate(request).status()).reason,
            "UNKNOWN_ORGANIZATION");
  request.mutable_as_of()->clear_recorded();
  EXPECT_TRUE(aggregation_.Aggregate(request).ok());
}

TEST_F(ServiceTest, PagesByKeyAtOneStamp) {
  v1::AggregateRequest request = AskForTotal();
  request.mutable_queries(0)->clear_group_by();
  request.set_page_size(1);
  const absl::StatusOr<v1::AggregateResponse> first = aggregation_.Aggregate(request);
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_EQ(first->results(0).cells_size(), 1);
  EXPECT_EQ(first->results(0).cells(0).key().organization_id(), "amazon");
  ASSERT_NE(first->next_page_token(), "");

  ingest_.Append(DisclosureRecorded("d-3", "microsoft", "80000000000"));
  aggregation_.WaitUntilReadyAt(7);
  request.set_page_token(first->next_page_token());
  const absl::StatusOr<v1::AggregateResponse> second = aggregation_.Aggregate(request);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->stamp().ingest_sequence(), 6U);
  EXPECT_EQ(second->results(0).cells(0).key().organization_id(), "meta");
  EXPECT_EQ(second->next_page_token(), "");

  request.set_page_size(2);
  ExpectRefused(request, "PAGE_TOKEN_INVALID", "page_token", "belongs to another request");
  request.set_page_token("nonsense");
  ExpectRefused(request, "PAGE_TOKEN_INVALID", "page_token", "next_page_token");
}

TEST_F(ServiceTest, UnknownIdsAreNotFoundWithTheNearest) {
  v1::AggregateRequest request = AskAbout("amazom");
  const absl::Status organization = aggregation_.Aggregate(request).status();
  EXPECT_EQ(organization.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(GetErrorDetail(organization).reason, "UNKNOWN_ORGANIZATION");
  EXPECT_EQ(GetErrorDetail(organization).violations.at(0).field, "queries[0].organization_ids[0]");
  EXPECT_THAT(std::string(organization.message()), HasSubstr("did you mean \"amazon\"?"));

  request = AskForTotal();
  request.mutable_queries(0)->set_group_ids(0, "big-teck");
  const absl::Status group = aggregation_.Aggregate(request).status();
  EXPECT_EQ(GetErrorDetail(group).reason, "UNKNOWN_GROUP");
  EXPECT_EQ(GetErrorDetail(group).metadata.at("nearest"), "big-tech");
}

TEST_F(ServiceTest, RefusesBadRequests) {
  ExpectRefused({}, "NO_QUERIES", "queries", "1 to 20");
  v1::AggregateRequest request = AskAbout("amazon");
  for (int i = 0; i < 20; ++i) *request.add_queries() = request.queries(0);
  ExpectRefused(request, "TOO_MANY_QUERIES", "queries", "21 queries are too many");
  request = AskAbout("amazon");
  request.set_page_size(-1);
  ExpectRefused(request, "PAGE_SIZE_OUT_OF_RANGE", "page_size", "1 to 100000");
  request.set_page_size(100'001);
  ExpectRefused(request, "PAGE_SIZE_OUT_OF_RANGE", "page_size", "100001");
  request = AskAbout("amazon");
  request.mutable_as_of()->set_published("yesterday");
  ExpectRefused(request, "MALFORMED_INSTANT", "as_of.published", "yesterday");
  request.mutable_as_of()->set_published("2025-02-30");
  ExpectRefused(request, "IMPOSSIBLE_DATE", "as_of.published", "2025");
  request = AskAbout("amazon");
  request.mutable_as_of()->mutable_recorded_time()->set_nanos(-1);
  ExpectRefused(request, "MALFORMED_INSTANT", "as_of.recorded_time", "nanos");
}

TEST_F(ServiceTest, RefusesBadScopesAndPeriods) {
  v1::AggregateRequest request = AskAbout("amazon");
  request.mutable_queries(0)->clear_organization_ids();
  ExpectRefused(request, "EMPTY_SCOPE", "queries[0].organization_ids", "group_ids");
  request = AskAbout("amazon");
  request.mutable_queries(0)->clear_periods();
  ExpectRefused(request, "NO_PERIODS", "queries[0].periods", "1 to 200");
  for (int i = 0; i < 201; ++i) request.mutable_queries(0)->add_periods()->set_label("2025");
  ExpectRefused(request, "TOO_MANY_PERIODS", "queries[0].periods", "201");
  request = AskAbout("amazon");
  request.mutable_queries(0)->add_periods()->set_label("fiscal 2025");
  ExpectRefused(request, "MALFORMED_PERIOD", "queries[0].periods[1].label", "FY2025");
  request.mutable_queries(0)->mutable_periods(1)->set_label("");
  ExpectRefused(request, "MISSING_PERIOD", "queries[0].periods[1].label", "start_date");
  request.mutable_queries(0)->mutable_periods(1)->set_start_date("2025-13-01");
  request.mutable_queries(0)->mutable_periods(1)->set_end_date("2026-01-01");
  ExpectRefused(request, "MALFORMED_DATE", "queries[0].periods[1].start_date", "2025-13-01");
}

TEST_F(ServiceTest, RefusesValuesThatTheContractDoesNotKnow) {
  const auto expect_unknown = [this](auto change, std::string_view field, std::string_view says) {
    v1::AggregateRequest request = AskAbout("amazon");
    change(*request.mutable_queries(0));
    ExpectRefused(request, "UNKNOWN_VALUE", field, says);
  };
  expect_unknown([](v1::Query& query) { query.add_bases(ingest::v1::BASIS_UNSPECIFIED); },
                 "queries[0].bases[0]", "BASIS_ACTUAL");
  expect_unknown(
      [](v1::Query& query) { query.add_source_classes(static_cast<ingest::v1::SourceClass>(9)); },
      "queries[0].source_classes[0]", "SOURCE_CLASS_FILING");
  expect_unknown([](v1::Query& query) { query.add_group_by(v1::DIMENSION_UNSPECIFIED); },
                 "queries[0].group_by[0]", "DIMENSION_PERIOD");
  expect_unknown([](v1::Query& query) { query.set_point_rule(static_cast<v1::PointRule>(9)); },
                 "queries[0].point_rule", "POINT_RULE_LOW");
  expect_unknown(
      [](v1::Query& query) { query.set_rate_date_rule(static_cast<v1::RateDateRule>(9)); },
      "queries[0].rate_date_rule", "RATE_DATE_RULE_BY_FIGURE");
  expect_unknown(
      [](v1::Query& query) { query.set_calendarization(static_cast<v1::Calendarization>(9)); },
      "queries[0].calendarization", "AS_STATED");
}

TEST_F(ServiceTest, RefusesUnknownMeasures) {
  v1::AggregateRequest request = AskAbout("amazon");
  request.mutable_queries(0)->add_measures("capital_expenditures");
  ExpectRefused(request, "UNKNOWN_MEASURE", "queries[0].measures[0]",
                "did you mean \"capital_expenditure\"");
}

TEST_F(ServiceTest, RefusesMalformedSlugs) {
  v1::AggregateRequest request = AskAbout("amazon");
  request.mutable_queries(0)->add_measures("Capex");
  ExpectRefused(request, "MALFORMED_SLUG", "queries[0].measures[0]", "capital_expenditure");
}

void ExpectNotBuilt(const absl::Status& status) {
  EXPECT_EQ(status.code(), absl::StatusCode::kUnimplemented) << status;
  EXPECT_EQ(GetErrorDetail(status).reason, "NOT_BUILT_YET");
  EXPECT_THAT(std::string(status.message()), HasSubstr("not built yet"));
}

TEST_F(ServiceTest, SaysWhatIsNotBuiltYet) {
  v1::AggregateRequest request = AskAbout("amazon");
  request.mutable_queries(0)->set_calendarization(v1::CALENDARIZATION_EXACT);
  ExpectNotBuilt(aggregation_.Aggregate(request).status());
  {
    grpc::ClientContext context;
    v1::ExplainCellResponse response;
    ExpectNotBuilt(rpc::FromGrpcStatus(aggregation_.stub().ExplainCell(&context, {}, &response)));
  }
  {
    grpc::ClientContext context;
    const auto reader = aggregation_.stub().StreamAggregate(&context, {});
    v1::StreamAggregateResponse response;
    EXPECT_FALSE(reader->Read(&response));
    ExpectNotBuilt(rpc::FromGrpcStatus(reader->Finish()));
  }
  {
    grpc::ClientContext context;
    const auto reader = aggregation_.stub().WatchAggregate(&context, {});
    v1::WatchAggregateResponse response;
    EXPECT_FALSE(reader->Read(&response));
    ExpectNotBuilt(rpc::FromGrpcStatus(reader->Finish()));
  }
}

TEST(AggregationSettingsTest, AreKnownToEveryProgram) {
  EXPECT_THAT(config::NamesMissingFromKnown(AggregationSettings()), IsEmpty());
}

TEST(AggregationModuleTest, ABadIngestAddressIsRefusedAtTheStart) {
  const auto settings = config::Settings::Make(
      AggregationSettings(), {{"listen-address", "127.0.0.1:0"}, {"ingest-address", ""}});
  ASSERT_TRUE(settings.ok());
  const auto running = rpc::RunningServer::Start(*settings, MakeAggregation, telemetry::Logger());
  EXPECT_EQ(GetErrorDetail(running.status()).reason, "BAD_TARGET");
}

}  // namespace
}  // namespace outlay::aggregation
