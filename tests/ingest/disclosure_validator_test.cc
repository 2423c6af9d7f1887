#include "services/ingest/disclosure_validator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "tests/ingest/domain_support.h"

namespace outlay::ingest {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class DisclosureValidatorTest : public ::testing::Test {
 protected:
  absl::StatusOr<DisclosureContent> Validate(const DisclosureInput& input) {
    DisclosureValidator validator(*ledger_, At("2025-03-15T12:00:00Z"));
    return validator.Validate(input);
  }

  const std::unique_ptr<Ledger> ledger_ = LedgerWithCatalogue();
};

TEST_F(DisclosureValidatorTest, FillsInWhatFollowsFromTheStatement) {
  const absl::StatusOr<DisclosureContent> content = Validate(AmazonGuidance());
  ASSERT_TRUE(content.ok()) << content.status();
  EXPECT_EQ(content->period.label, "2025");
  EXPECT_EQ(content->period.start, Day("2025-01-01"));
  EXPECT_EQ(content->period.end, Day("2026-01-01"));
  EXPECT_EQ(content->amount->low->ToString(), "100000000000");
  EXPECT_EQ(content->amount->high->ToString(), "100000000000");
  EXPECT_EQ(content->action, StatementAction::kStated);
  EXPECT_EQ(time::FormatMoment(content->published_at), "2025-02-10");
}

TEST_F(DisclosureValidatorTest, AnUpperBoundOfANonNegativeMeasureHasAnImpliedLow) {
  DisclosureInput input = AmazonGuidance();
  input.amount = AmountText{.currency_code = "USD", .bound = money::Bound::kUpTo, .high = "65e9"};
  const absl::StatusOr<DisclosureContent> content = Validate(input);
  ASSERT_TRUE(content.ok()) << content.status();
  EXPECT_TRUE(content->amount->low_implied);
  EXPECT_EQ(content->amount->low->ToString(), "0");
}

TEST_F(DisclosureValidatorTest, ADefinitionThatNetsProceedsMayBeNegativeAndLeavesTheLowOpen) {
  DisclosureInput input = AmazonGuidance();
  input.definition = "purchases_net_of_proceeds_and_incentives";
  input.amount = AmountText{.currency_code = "USD", .bound = money::Bound::kUpTo, .high = "65e9"};
  EXPECT_FALSE(Validate(input)->amount->low.has_value());
  input.amount = AmountText{.currency_code = "USD", .bound = money::Bound::kPoint, .stated = "-1"};
  EXPECT_TRUE(Validate(input).ok());
}

TEST_F(DisclosureValidatorTest, AClaimOfAChangeMayBeNegative) {
  DisclosureInput input = AmazonGuidance();
  input.claim_kind = ClaimKind::kChange;
  input.amount->stated = "-5e9";
  EXPECT_TRUE(Validate(input).ok()) << Validate(input).status();
}

TEST_F(DisclosureValidatorTest, AFiscalPeriodHasTheOrganizationsDates) {
  DisclosureInput input = AmazonGuidance();
  input.organization_id = "microsoft";
  input.period = PeriodInput{.label = "FY2025-Q1"};
  EXPECT_EQ(Validate(input)->period.start, Day("2024-07-01"));
  input.period = PeriodInput{.start_date = "2024-07-01", .end_date = "2025-07-01"};
  EXPECT_EQ(Validate(input)->period.label, "FY2025");
}

// Microsoft's calendar makes FY2025 end in June; the record was made when it was another.
TEST_F(DisclosureValidatorTest, AFiscalPeriodAsItWasRecordedOutlivesItsCalendar) {
  DisclosureInput input = AmazonGuidance();
  input.organization_id = "microsoft";
  input.period = PeriodInput{"FY2025", "2025-01-01", "2026-01-01", /*as_recorded=*/true};
  const absl::StatusOr<DisclosureContent> content = Validate(input);
  ASSERT_TRUE(content.ok()) << content.status();
  EXPECT_EQ(content->period.label, "FY2025");
  EXPECT_TRUE(content->period.fiscal);
  EXPECT_EQ(content->period.kind, time::PeriodKind::kYear);
  EXPECT_EQ(content->period.start, Day("2025-01-01"));
  EXPECT_EQ(content->period.end, Day("2026-01-01"));
  // Months, which the present calendar may lack.
  input.period = PeriodInput{"FY2025-7M", "2024-02-01", "2024-09-01", /*as_recorded=*/true};
  EXPECT_TRUE(Validate(input).ok()) << Validate(input).status();
}

TEST_F(DisclosureValidatorTest, TheFirstAndTheLastYearMayBeGivenWithTheirDates) {
  DisclosureInput input = AmazonGuidance();
  input.organization_id = "microsoft";
  input.period = PeriodInput{"FY1900", "1899-07-01", "1900-07-01"};
  EXPECT_TRUE(Validate(input).ok()) << Validate(input).status();
  input.period = PeriodInput{"2200", "2200-01-01", "2201-01-01"};
  EXPECT_TRUE(Validate(input).ok()) << Validate(input).status();
}

TEST_F(DisclosureValidatorTest, AClaimMaySpeakOfAGroup) {
  DisclosureInput input = AmazonGuidance();
  input.organization_id = "";
  input.group_id = "big-tech-2";
  input.claim_kind = ClaimKind::kTotal;
  EXPECT_TRUE(Validate(input).ok()) << Validate(input).status();
}

TEST_F(DisclosureValidatorTest, WithdrawnGuidanceHasNoAmount) {
  DisclosureInput input = AmazonGuidance();
  input.action = StatementAction::kWithdrawn;
  input.amount.reset();
  EXPECT_TRUE(Validate(input).ok());
}

// Times are compared by when they have begun: a day of the reader's time zone may begin before the server's.
TEST_F(DisclosureValidatorTest, TakesADayOfClockSkew) {
  DisclosureInput input = AmazonGuidance();
  input.published_at = "2025-03-16";
  EXPECT_TRUE(Validate(input).ok());
  input.published_at = "2025-03-16T12:00:00Z";
  EXPECT_TRUE(Validate(input).ok());
  input.published_at = "2025-03-16T12:00:00.000001Z";
  EXPECT_EQ(GetErrorDetail(Validate(input).status()).reason, "PUBLISHED_IN_THE_FUTURE");
  input.published_at = "2025-03-17";
  EXPECT_EQ(GetErrorDetail(Validate(input).status()).reason, "PUBLISHED_IN_THE_FUTURE");
}

TEST_F(DisclosureValidatorTest, AStatementMayBeMadeAndPublishedOnOneDay) {
  DisclosureInput input = AmazonGuidance();
  input.stated_at = "2025-02-06";
  input.published_at = "2025-02-06T21:30:00Z";
  EXPECT_TRUE(Validate(input).ok()) << Validate(input).status();
}

TEST_F(DisclosureValidatorTest, ReportsEveryViolationAtOnce) {
  DisclosureInput input = AmazonGuidance();
  input.organization_id = "google";
  input.measure = "capital_expenditures";
  input.basis = Basis::kUnspecified;
  input.period = PeriodInput{.label = "2025-Q5"};
  input.amount->currency_code = "usd";
  input.amount->stated = "1,000";
  input.published_at = "2025-02-30";
  input.source->url = "ftp://example.org";
  input.output_only_fields = {"sequence"};
  const absl::Status status = Validate(input).status();
  EXPECT_THAT(Fields(status),
              ElementsAre("sequence", "organization_id", "measure", "basis", "period.label",
                          "amount.currency_code", "amount.stated", "published_at", "source.url"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("(and 8 more)"));
  EXPECT_THAT(GetErrorDetail(status).metadata["reasons"],
              HasSubstr("OUTPUT_ONLY,UNKNOWN_ORGANIZATION,UNKNOWN_MEASURE"));
}

TEST_F(DisclosureValidatorTest, AWrongCurrencyDoesNotHideWrongNumbers) {
  DisclosureInput input = AmazonGuidance();
  input.amount =
      AmountText{.currency_code = "ABC", .bound = money::Bound::kRange, .low = "65", .high = "60"};
  EXPECT_THAT(Fields(Validate(input).status()), Contains("amount.currency_code"));
  EXPECT_EQ(Fields(Validate(input).status()).size(), 2u);
}

TEST_F(DisclosureValidatorTest, SuggestsTheOrganizationThatAnAliasNames) {
  DisclosureInput input = AmazonGuidance();
  input.organization_id = "google";
  EXPECT_THAT(std::string(Validate(input).status().message()),
              HasSubstr("did you mean \"alphabet\"?"));
}

struct Case {
  const char* name;
  std::function<void(DisclosureInput&)> spoil;
  const char* field;
  const char* reason;
  const char* would_be_right;  // part of the description
};

class DisclosureRulesTest : public DisclosureValidatorTest,
                            public ::testing::WithParamInterface<Case> {};

TEST_P(DisclosureRulesTest, NamesFieldReasonAndWhatWouldBeRight) {
  DisclosureInput input = AmazonGuidance();
  GetParam().spoil(input);
  const absl::Status status = Validate(input).status();
  ASSERT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  const ErrorDetail detail = GetErrorDetail(status);
  ASSERT_EQ(detail.violations.size(), 1u) << status;
  EXPECT_EQ(detail.violations.front().field, GetParam().field);
  EXPECT_EQ(detail.reason, GetParam().reason);
  EXPECT_THAT(detail.violations.front().description, HasSubstr(GetParam().would_be_right));
}

using In = DisclosureInput;

// An input's texts lie elsewhere.
std::string_view Long(size_t size) {
  static const std::string text(3'000, 'x');
  return std::string_view(text).substr(0, size);
}

INSTANTIATE_TEST_SUITE_P(
    Rules, DisclosureRulesTest,
    ::testing::Values(
        Case{"NoOrganization", [](In& i) { i.organization_id = ""; }, "organization_id", "REQUIRED",
             "who spends"},
        Case{"UnknownOrganization", [](In& i) { i.organization_id = "amazn"; }, "organization_id",
             "UNKNOWN_ORGANIZATION", "did you mean \"amazon\"?"},
        Case{"GroupWithoutClaim", [](In& i) { i.group_id = "big-tech-2"; }, "group_id",
             "CLAIM_SUBJECT", "set claim_kind"},
        Case{"ClaimOfBoth",
             [](In& i) {
               i.group_id = "big-tech-2";
               i.claim_kind = ClaimKind::kTotal;
             },
             "group_id", "CLAIM_SUBJECT", "not of both"},
        Case{"ClaimOfNobody",
             [](In& i) {
               i.organization_id = "";
               i.claim_kind = ClaimKind::kTotal;
             },
             "organization_id", "CLAIM_SUBJECT", "organization_id or group_id"},
        Case{"UnknownGroup",
             [](In& i) {
               i.organization_id = "";
               i.group_id = "big-tech-3";
               i.claim_kind = ClaimKind::kTotal;
             },
             "group_id", "UNKNOWN_GROUP", "\"big-tech-2\""},
        Case{"Scope", [](In& i) { i.scope = "AWS"; }, "scope", "MALFORMED_SLUG", "as in aws"},
        Case{"NoMeasure", [](In& i) { i.measure = ""; }, "measure", "REQUIRED",
             "capital_expenditure"},
        Case{"UnknownMeasure", [](In& i) { i.measure = "capex"; }, "measure", "UNKNOWN_MEASURE",
             "there are ai_investment"},
        Case{"UnknownDefinition", [](In& i) { i.definition = "purchases"; }, "definition",
             "UNKNOWN_DEFINITION", "accrual_basis_additions"},
        Case{"DefinitionOfAMeasureWithoutAny",
             [](In& i) { i.measure = "ai_investment"; }, "definition", "UNKNOWN_DEFINITION",
             "leave it empty"},
        Case{"NoBasis", [](In& i) { i.basis = Basis::kUnspecified; }, "basis", "REQUIRED",
             "BASIS_GUIDANCE"},
        Case{"UnknownBasis", [](In& i) { i.basis = static_cast<Basis>(17); }, "basis",
             "UNKNOWN_VALUE", "BASIS_GUIDANCE"},
        Case{"UnknownAction", [](In& i) { i.action = static_cast<StatementAction>(17); }, "action",
             "UNKNOWN_VALUE", "REAFFIRMED"},
        Case{"UnknownClaimKind", [](In& i) { i.claim_kind = static_cast<ClaimKind>(17); },
             "claim_kind", "UNKNOWN_VALUE", "EQUIVALENT"},
        Case{"NoPeriod", [](In& i) { i.period.reset(); }, "period", "REQUIRED", "both dates"},
        Case{"HalfADateRange", [](In& i) { i.period = PeriodInput{.start_date = "2025-01-01"}; },
             "period", "PERIOD_INCOMPLETE", "both start_date and end_date"},
        Case{"PeriodBackwards",
             [](In& i) { i.period = PeriodInput{"", "2025-02-01", "2025-02-01"}; },
             "period.end_date", "MALFORMED_PERIOD", "the day after the last"},
        Case{"ImpossibleDay", [](In& i) { i.period = PeriodInput{"", "2025-02-30", "2025-04-01"}; },
             "period.start_date", "IMPOSSIBLE_DATE", "28 days"},
        Case{"LabelAgainstDates",
             [](In& i) { i.period = PeriodInput{"2025", "2025-01-01", "2025-12-31"}; }, "period",
             "PERIOD_MISMATCH", "2025-01-01 to 2026-01-01"},
        Case{"LabelAgainstDatesOfAnotherCalendar",
             [](In& i) { i.period = PeriodInput{"FY2025", "2024-07-01", "2025-07-01"}; }, "period",
             "PERIOD_MISMATCH", "2025-01-01 to 2026-01-01"},
        Case{"RecordedDatesOfNoCalendar",
             [](In& i) { i.period = PeriodInput{"FY2025", "2022-07-01", "2023-07-01", true}; },
             "period", "PERIOD_MISMATCH", "in no fiscal calendar"},
        Case{"RecordedAsFiscalWithACalendarLabel",
             [](In& i) { i.period = PeriodInput{"2025", "2025-01-01", "2026-01-01", true}; },
             "period.fiscal", "PERIOD_MISMATCH", "is no fiscal period"},
        Case{"DatesOfAnUndatedPeriod",
             [](In& i) { i.period = PeriodInput{"undated", "2025-01-01", "2026-01-01"}; }, "period",
             "PERIOD_MISMATCH", "has no dates"},
        Case{"AmbiguousFiscal",
             [](In& i) {
               i.period = PeriodInput{.label = "FY2025"};
               i.period_ambiguous = true;
             },
             "period_ambiguous", "PERIOD_NOT_AMBIGUOUS", "stored as the calendar one"},
        Case{"FiscalPeriodOfAGroup",
             [](In& i) {
               i.organization_id = "";
               i.group_id = "big-tech-2";
               i.claim_kind = ClaimKind::kTotal;
               i.period = PeriodInput{.label = "FY2025"};
             },
             "period.label", "FISCAL_YEAR_UNKNOWN", "as calendar"},
        Case{"RecordedFiscalPeriodOfAGroup",
             [](In& i) {
               i.organization_id = "";
               i.group_id = "big-tech-2";
               i.claim_kind = ClaimKind::kTotal;
               i.period = PeriodInput{"FY2025", "2024-07-01", "2025-07-01", true};
             },
             "period.label", "FISCAL_YEAR_UNKNOWN", "as calendar"},
        Case{"NoAmount", [](In& i) { i.amount.reset(); }, "amount", "REQUIRED", "how much"},
        Case{"NoBound", [](In& i) { i.amount->bound.reset(); }, "amount.bound", "UNKNOWN_BOUND",
             "BOUND_UP_TO"},
        Case{"Grouping", [](In& i) { i.amount->stated = "100,000"; }, "amount.stated",
             "MALFORMED_DECIMAL", "position 4"},
        Case{"EmptyNumber", [](In& i) { i.amount->stated = ""; }, "amount.stated",
             "MALFORMED_DECIMAL", ""},
        Case{"Negative", [](In& i) { i.amount->stated = "-1"; }, "amount.stated",
             "NEGATIVE_AMOUNT", ""},
        Case{"UnknownCurrency", [](In& i) { i.amount->currency_code = "DOL"; },
             "amount.currency_code", "UNKNOWN_CURRENCY", ""},
        Case{"WithdrawnWithAmount", [](In& i) { i.action = StatementAction::kWithdrawn; }, "amount",
             "WITHDRAWN_WITH_AMOUNT", "leave the amount out"},
        Case{"WithdrawnActual",
             [](In& i) {
               i.action = StatementAction::kWithdrawn;
               i.basis = Basis::kActual;
               i.amount.reset();
             },
             "action", "WITHDRAWN_NOT_GUIDANCE", "BASIS_GUIDANCE"},
        Case{"NotPublished", [](In& i) { i.published_at = ""; }, "published_at", "REQUIRED",
             "2025-02-07T16:00:00Z"},
        Case{"InstantWithoutOffset", [](In& i) { i.published_at = "2025-02-10T12:00:00"; },
             "published_at", "MALFORMED_INSTANT", "offset from UTC"},
        Case{"StatedLater", [](In& i) { i.stated_at = "2025-02-11"; }, "stated_at",
             "STATED_AFTER_PUBLISHED", "2025-02-10"},
        Case{"NoSource", [](In& i) { i.source.reset(); }, "source", "REQUIRED", "where"},
        Case{"NoSourceId", [](In& i) { i.source->source_id = ""; }, "source.source_id", "REQUIRED",
             "brunch-2025-02-10"},
        Case{"SourceId", [](In& i) { i.source->source_id = "Brunch 1"; }, "source.source_id",
             "MALFORMED_SLUG", "at most 128 bytes"},
        Case{"SourceClass", [](In& i) { i.source->source_class = SourceClass::kUnspecified; },
             "source.source_class", "REQUIRED", "SOURCE_CLASS_FILING"},
        Case{"LongTitle", [](In& i) { i.source->title = Long(501); }, "source.title",
             "TOO_LONG", "at most 500"},
        Case{"TitleOfTwoLines", [](In& i) { i.source->title = "a\nb"; }, "source.title",
             "MALFORMED_TEXT", "line breaks"},
        Case{"LongPublisher", [](In& i) { i.source->publisher = Long(201); },
             "source.publisher", "TOO_LONG", "at most 200"},
        Case{"Url", [](In& i) { i.source->url = "javascript:alert(1)"; }, "source.url",
             "MALFORMED_URL", "https://"},
        Case{"Language", [](In& i) { i.source->language = "korean language"; }, "source.language",
             "MALFORMED_LANGUAGE", "as in en or ko"},
        Case{"Accession", [](In& i) { i.source->accession = "1018724-25-4"; }, "source.accession",
             "MALFORMED_ACCESSION", "0001018724-25-000004"},
        Case{"LongQuote", [](In& i) { i.quote = Long(2'001); }, "quote", "TOO_LONG",
             "at most 2000 bytes"},
        Case{"QuoteNotUtf8", [](In& i) { i.quote = "\xff"; }, "quote", "MALFORMED_TEXT", "UTF-8"},
        Case{"OutputOnly", [](In& i) { i.output_only_fields = {"revision"}; }, "revision",
             "OUTPUT_ONLY", "leave it out"}),
    [](const auto& wrong) { return std::string(wrong.param.name); });

TEST_F(DisclosureValidatorTest, SuggestsForTenDistinctWordsOnly) {
  DisclosureValidator validator(*ledger_, At("2025-03-15T12:00:00Z"));
  for (int i = 0; i < 12; ++i) {
    DisclosureInput input = AmazonGuidance();
    const std::string id = "amazon" + std::to_string(i);
    input.organization_id = id;
    const std::string message(validator.Validate(input).status().message());
    EXPECT_EQ(message.find("did you mean") != std::string::npos, i < 10) << message;
  }
}

}  // namespace
}  // namespace outlay::ingest
