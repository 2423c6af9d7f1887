// What GetReport refuses before it asks anybody: every wrong field is named with its path, its reason and what would be right.
#include <functional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "tests/gateway/canned_answers.h"
#include "tests/gateway/gateway_fixture.h"

namespace outlay::gateway::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class BadRequestTest : public GatewayTest {
 protected:
  void TearDown() override { EXPECT_EQ(aggregation_.aggregate.calls(), 0); }

  // That a good request is refused once it is spoilt, for that reason, for that field, in words that contain `text`.
  void ExpectRefused(const std::function<void(v1::GetReportRequest&)>& spoil,
                     const std::string& reason, const std::string& field, const std::string& text,
                     absl::StatusCode code = absl::StatusCode::kInvalidArgument) {
    v1::GetReportRequest request = ExampleRequest();
    spoil(request);
    const Failure failure = ReportFailure(request);
    EXPECT_EQ(failure.code, code) << field;
    EXPECT_EQ(failure.detail.reason, reason) << field;
    ASSERT_THAT(failure.fields(), ElementsAre(field));
    EXPECT_THAT(failure.detail.violations[0].description, HasSubstr(text));
    EXPECT_EQ(failure.message, field + ": " + failure.detail.violations[0].description);
  }
};

TEST_F(BadRequestTest, ScopeNeedsAnOrganizationOrAGroup) {
  ExpectRefused([](auto& request) { request.mutable_query()->clear_group_ids(); }, "MISSING_SCOPE",
                "query.organization_ids", "give at least one organization or group");
}

TEST_F(BadRequestTest, ListsHaveLimits) {
  ExpectRefused(
      [](auto& request) {
        for (int i = 0; i < 10'001; ++i) request.mutable_query()->add_organization_ids("amazon");
      },
      "TOO_MANY", "query.organization_ids", "has 10001 entries; give at most 10000");
  ExpectRefused(
      [](auto& request) {
        for (int i = 0; i < 101; ++i) request.mutable_query()->add_measures("m");
      },
      "TOO_MANY", "query.measures", "has 101 entries; give at most 100");
}

TEST_F(BadRequestTest, PeriodIsRequired) {
  ExpectRefused([](auto& request) { request.mutable_query()->clear_period(); }, "MISSING_PERIOD",
                "query.period.label", "give a label such as \"2025\"");
}

TEST_F(BadRequestTest, PeriodMustBeOne) {
  ExpectRefused(
      [](auto& request) { request.mutable_query()->mutable_period()->set_label("2025-Q5"); },
      "MALFORMED_PERIOD", "query.period.label", "\"2025-Q5\" is not a period");
}

TEST_F(BadRequestTest, PeriodsLabelAndDatesMustAgree) {
  ExpectRefused(
      [](auto& request) {
        request.mutable_query()->mutable_period()->set_start_date("2025-02-01");
      },
      "PERIOD_DISAGREES", "query.period.start_date", "\"2025\" has 2025-01-01");
}

TEST_F(BadRequestTest, AFiscalPeriodHasTheDatesOfEachOrganization) {
  ExpectRefused(
      [](auto& request) {
        time::v1::Period& period = *request.mutable_query()->mutable_period();
        period.set_label("FY2025");
        period.set_start_date("2025-01-01");
        period.set_end_date("2026-01-01");
      },
      "PERIOD_DISAGREES", "query.period.start_date",
      "the dates of \"FY2025\" are each organization's own; give the label alone");
  ExpectRefused(
      [](auto& request) {
        time::v1::Period& period = *request.mutable_query()->mutable_reference()->mutable_period();
        period.set_label("FY2025-Q1");
        period.set_end_date("2025-04-01");
      },
      "PERIOD_DISAGREES", "query.reference.period.end_date", "give the label alone");
}

TEST_F(BadRequestTest, UnknownCurrencyNamesTheNearest) {
  ExpectRefused([](auto& request) { request.mutable_query()->set_currency_code("KRX"); },
                "UNKNOWN_CURRENCY", "query.currency_code", "\"KRW\"");
  ExpectRefused([](auto& request) { request.mutable_query()->set_currency_code("krw"); },
                "MALFORMED_CURRENCY", "query.currency_code", "(did you mean \"KRW\"?)");
}

TEST_F(BadRequestTest, ARateNeedsACurrencyToConvertTo) {
  ExpectRefused([](auto& request) { request.mutable_query()->clear_currency_code(); },
                "RATE_WITHOUT_CURRENCY", "query.currency_code", "name the currency to convert to");
}

TEST_F(BadRequestTest, RateDateMustBeADate) {
  ExpectRefused(
      [](auto& request) { request.mutable_query()->mutable_rate()->set_on_date("07.02.2025"); },
      "MALFORMED_DATE", "query.rate.on_date", "write YYYY-MM-DD");
  ExpectRefused(
      [](auto& request) { request.mutable_query()->mutable_rate()->set_on_date("2025-02-30"); },
      "IMPOSSIBLE_DATE", "query.rate.on_date", "February 2025 has 28 days");
}

TEST_F(BadRequestTest, RateDateMustNotBeToCome) {
  ExpectRefused(
      [](auto& request) { request.mutable_query()->mutable_rate()->set_on_date("2025-02-11"); },
      "DATE_TO_COME", "query.rate.on_date",
      "is 2025-02-11, later than 2025-02-10, the last day that the as-of allows",
      absl::StatusCode::kOutOfRange);
  ExpectRefused(
      [](auto& request) {
        request.clear_as_of();
        request.mutable_query()->mutable_rate()->set_on_date("2200-01-01");
      },
      "DATE_TO_COME", "query.rate.on_date", "is 2200-01-01, later than ",
      absl::StatusCode::kOutOfRange);
}

TEST_F(BadRequestTest, ARateThatIsNotChosenIsNone) {
  using Rate = v1::RateChoice;
  const auto expect = [this](void (Rate::*set)(bool), const std::string& kind) {
    ExpectRefused([set](auto& request) { (request.mutable_query()->mutable_rate()->*set)(false); },
                  "RATE_NOT_CHOSEN", "query.rate." + kind, "is false, which chooses no rate");
  };
  expect(&Rate::set_average, "average");
  expect(&Rate::set_period_end, "period_end");
  expect(&Rate::set_latest, "latest");
}

TEST_F(BadRequestTest, FixedRateMustBePositive) {
  for (const char* value : {"0", "-1456.3"}) {
    ExpectRefused(
        [value](auto& request) {
          request.mutable_query()->mutable_rate()->mutable_fixed()->set_value(value);
        },
        "RATE_NOT_POSITIVE", "query.rate.fixed.value",
        std::string("is ") + value + "; a rate is positive");
  }
}

TEST_F(BadRequestTest, FixedRateMustBeANumber) {
  ExpectRefused(
      [](auto& request) {
        request.mutable_query()->mutable_rate()->mutable_fixed()->set_value("1,456.3");
      },
      "MALFORMED_DECIMAL", "query.rate.fixed.value", "1,456.3");
}

TEST_F(BadRequestTest, StatedRateNeedsItsSource) {
  ExpectRefused(
      [](auto& request) { request.mutable_query()->mutable_rate()->set_as_stated_source_id(""); },
      "MISSING_SOURCE", "query.rate.as_stated_source_id", "name the source whose rate to use");
}

TEST_F(BadRequestTest, FixedAndStatedRatesHaveNoProvider) {
  ExpectRefused([](auto& request) { request.mutable_query()->mutable_rate()->set_provider("ecb"); },
                "UNEXPECTED_PROVIDER", "query.rate.provider", "leave it out");
  ExpectRefused(
      [](auto& request) {
        request.mutable_query()->mutable_rate()->mutable_fixed()->set_value("1456.3");
        request.mutable_query()->mutable_rate()->set_provider("ecb");
      },
      "UNEXPECTED_PROVIDER", "query.rate.provider", "leave it out");
}

TEST_F(BadRequestTest, ReferenceNeedsItsMeasureItsOrganizationAndItsPeriod) {
  ExpectRefused(
      [](auto& request) { request.mutable_query()->mutable_reference()->clear_measure(); },
      "MISSING_REFERENCE", "query.reference.measure", "such as government_budget");
  ExpectRefused(
      [](auto& request) { request.mutable_query()->mutable_reference()->clear_organization_id(); },
      "MISSING_REFERENCE", "query.reference.organization_id", "name whose figure to compare with");
  ExpectRefused([](auto& request) { request.mutable_query()->mutable_reference()->clear_period(); },
                "MISSING_PERIOD", "query.reference.period.label", "give a label such as \"2025\"");
}

TEST_F(BadRequestTest, PageSizeHasItsRange) {
  for (const int size : {-1, 10'001}) {
    ExpectRefused([size](auto& request) { request.set_page_size(size); }, "PAGE_SIZE_OUT_OF_RANGE",
                  "page_size", "is " + std::to_string(size) + "; give 1 to 10000, or 0 for 1000");
  }
}

TEST_F(BadRequestTest, AsOfMustBeADateOrAnInstant) {
  ExpectRefused([](auto& request) { request.mutable_as_of()->set_published("2025/02/10"); },
                "MALFORMED_INSTANT", "as_of.published", "is neither a date nor an instant");
  ExpectRefused([](auto& request) { request.mutable_as_of()->set_published("2025-02-30"); },
                "IMPOSSIBLE_DATE", "as_of.published", "February 2025 has 28 days");
  ExpectRefused(
      [](auto& request) { request.mutable_as_of()->mutable_recorded_time()->set_nanos(-1); },
      "MALFORMED_INSTANT", "as_of.recorded_time", "is out of range");
}

TEST_F(BadRequestTest, EverythingThatIsWrongIsSaidAtOnce) {
  v1::GetReportRequest request;
  v1::ReportQuery& query = *request.mutable_query();
  query.mutable_period()->set_label("twenty");
  query.set_currency_code("WON");
  query.mutable_rate()->set_on_date("soon");
  query.mutable_reference()->set_organization_id("republic-of-korea");
  query.mutable_reference()->mutable_period()->set_label("2024");
  request.mutable_as_of()->set_published("now");
  request.set_page_size(-1);
  request.set_page_token("%");
  const Failure failure = ReportFailure(request);
  EXPECT_EQ(failure.code, absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(failure.fields(),
              ElementsAre("as_of.published", "query.organization_ids", "query.period.label",
                          "query.currency_code", "query.rate.on_date", "query.reference.measure",
                          "page_size", "page_token"));
  EXPECT_EQ(failure.detail.reason, "MALFORMED_INSTANT");
  EXPECT_EQ(failure.detail.metadata.at("reasons"),
            "MALFORMED_INSTANT,MISSING_SCOPE,MALFORMED_PERIOD,UNKNOWN_CURRENCY,MALFORMED_DATE,"
            "MISSING_REFERENCE,PAGE_SIZE_OUT_OF_RANGE,PAGE_TOKEN_INVALID");
  EXPECT_THAT(failure.message, HasSubstr("(and 7 more)"));
}

}  // namespace
}  // namespace outlay::gateway::testing
