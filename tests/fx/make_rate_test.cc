#include "services/fx/make_rate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fx/small_book.h"

namespace outlay::fx {
namespace {

using testing::HasSubstr;

const time::Instant kNow = I("2025-02-10T12:00:00Z");

RateInput Good() {
  return {.provider = "ecb",
          .base_currency = "EUR",
          .quote_currency = "KRW",
          .fixing_date = "2025-02-07",
          .value = "1501.65"};
}

RateInput GoodImplied() {
  return {.provider = "brunch-2025-02-10",
          .base_currency = "USD",
          .quote_currency = "KRW",
          .fixing_date = "2025-02-10",
          .kind = RateKind::kImplied,
          .implied_by = AmountPairInput{.base_amount = "320000000000",
                                        .quote_amount = "466000000000000",
                                        .quote_written_unit = "1000000000000"}};
}

void ExpectRefused(const RateInput& input, std::string_view reason, std::string_view field,
                   std::string_view text) {
  const absl::Status status = MakeRate(input, kNow).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  const ErrorDetail detail = GetErrorDetail(status);
  EXPECT_EQ(detail.reason, reason) << status;
  ASSERT_FALSE(detail.violations.empty()) << status;
  EXPECT_EQ(detail.violations.front().field, field);
  EXPECT_THAT(detail.violations.front().description, HasSubstr(std::string(text)));
}

TEST(MakeRate, KeepsTheFigureAndFillsInTheUnitAndTheProvidersHour) {
  const Rate rate = MakeRate(Good(), kNow).value();
  EXPECT_EQ(rate.value, Dec("1501.65"));
  EXPECT_EQ(rate.unit, 1);
  EXPECT_EQ(rate.fixing_date, D("2025-02-07"));
  EXPECT_EQ(time::FormatMoment(rate.published), "2025-02-07T15:00:00Z");
}

TEST(MakeRate, PublishesTheEcbAnHourEarlierInUtcInSummer) {
  RateInput input = Good();
  input.fixing_date = "2024-07-01";
  EXPECT_EQ(time::FormatMoment(MakeRate(input, kNow)->published), "2024-07-01T14:00:00Z");
}

TEST(MakeRate, PublishesOtherProvidersAtTheEndOfTheFixingDate) {
  RateInput input = Good();
  input.provider = "bank-of-somewhere";
  EXPECT_EQ(time::FormatMoment(MakeRate(input, kNow)->published), "2025-02-07");
}

TEST(MakeRate, TakesTheGivenTimeOfPublication) {
  RateInput input = Good();
  input.published_at = "2025-02-07T16:05:00+01:00";
  EXPECT_EQ(time::FormatMoment(MakeRate(input, kNow)->published), "2025-02-07T15:05:00Z");
  input.published_at = "2025-02-10";
  EXPECT_EQ(time::FormatMoment(MakeRate(input, kNow)->published), "2025-02-10");
}

TEST(MakeRate, TakesAFixingOfTodayBeforeItsDerivedHour) {
  RateInput input = Good();
  input.fixing_date = "2025-02-10";
  EXPECT_EQ(time::FormatMoment(MakeRate(input, kNow)->published), "2025-02-10T15:00:00Z");
}

TEST(MakeRate, TakesUnitsThatArePowersOfTenUpToAMillion) {
  for (const int unit : {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000}) {
    RateInput input = Good();
    input.unit = unit;
    EXPECT_EQ(MakeRate(input, kNow)->unit, unit);
  }
  for (const int unit : {-1, 2, 99, 10'000'000}) {
    RateInput input = Good();
    input.unit = unit;
    ExpectRefused(input, "INVALID_UNIT", "unit", "power of ten from 1 to 1000000");
  }
}

TEST(MakeRate, RefusesFiguresThatAreNotAboveZero) {
  RateInput input = Good();
  input.value = "0";
  ExpectRefused(input, "NOT_POSITIVE", "value", "0 is not above zero");
  input.value = "-1501.65";
  ExpectRefused(input, "NOT_POSITIVE", "value", "-1501.65 is not above zero");
  input.value = "0.000";
  ExpectRefused(input, "NOT_POSITIVE", "value", "not above zero");
}

TEST(MakeRate, RefusesFiguresThatAreNoNumbers) {
  RateInput input = Good();
  input.value = "1,501.65";
  ExpectRefused(input, "MALFORMED_DECIMAL", "value", "");
  input.value = "";
  ExpectRefused(input, "MISSING_FIELD", "value", "the figure as published");
  input.value = "1e-38";
  input.unit = 100;
  ExpectRefused(input, "FIGURE_OUT_OF_RANGE", "value", "38 places");
}

TEST(MakeRate, RefusesUnknownCurrenciesWithTheNearest) {
  RateInput input = Good();
  input.quote_currency = "KRX";
  ExpectRefused(input, "UNKNOWN_CURRENCY", "quote_currency", "KRW");
  input = Good();
  input.base_currency = "eur";
  ExpectRefused(input, "MALFORMED_CURRENCY", "base_currency", "EUR");
}

TEST(MakeRate, RefusesARateOfACurrencyInItself) {
  RateInput input = Good();
  input.quote_currency = "EUR";
  ExpectRefused(input, "SAME_CURRENCY", "quote_currency", "between two currencies");
}

TEST(MakeRate, RefusesWrongDates) {
  RateInput input = Good();
  input.fixing_date = "07.02.2025";
  ExpectRefused(input, "MALFORMED_DATE", "fixing_date", "");
  input.fixing_date = "2025-02-30";
  ExpectRefused(input, "IMPOSSIBLE_DATE", "fixing_date", "");
  input.fixing_date = "2025-02-11";
  ExpectRefused(input, "FUTURE_DATE", "fixing_date", "2025-02-11 is to come");
  input.fixing_date = "";
  ExpectRefused(input, "MISSING_FIELD", "fixing_date", "2025-02-07");
}

TEST(MakeRate, RefusesWrongTimesOfPublication) {
  RateInput input = Good();
  input.published_at = "2025-02-10T12:00:01Z";
  ExpectRefused(input, "FUTURE_DATE", "published_at", "is to come");
  input.published_at = "2025-02-11";
  ExpectRefused(input, "FUTURE_DATE", "published_at", "is to come");
  input.published_at = "yesterday";
  ExpectRefused(input, "MALFORMED_INSTANT", "published_at", "");
  input.published_at = "2025-02-06T09:59:59Z";
  ExpectRefused(input, "PUBLISHED_BEFORE_FIXING", "published_at", "2025-02-07");
}

TEST(MakeRate, RefusesProvidersThatAreNoSlugs) {
  for (const char* provider : {"ECB", "european central bank", "-ecb", "ecb-", "e--cb"}) {
    RateInput input = Good();
    input.provider = provider;
    ExpectRefused(input, "MALFORMED_PROVIDER", "provider", "fed-h10");
  }
  RateInput input = Good();
  input.provider = "";
  ExpectRefused(input, "MISSING_FIELD", "provider", "ecb");
}

TEST(MakeRate, NamesEveryWrongField) {
  RateInput input = Good();
  input.base_currency = "EUX";
  input.fixing_date = "2025-13-01";
  input.value = "0";
  const absl::Status status = MakeRate(input, kNow).status();
  EXPECT_EQ(GetErrorDetail(status).violations.size(), 3);
  EXPECT_THAT(std::string(status.message()), HasSubstr("(and 2 more)"));
}

TEST(MakeRate, KeepsAnImpliedRateAsItsAmounts) {
  const Rate rate = MakeRate(GoodImplied(), kNow).value();
  EXPECT_EQ(rate.value, Dec("1456.25"));
  ASSERT_TRUE(rate.implied_by.has_value());
  EXPECT_EQ(rate.implied_by->quote_amount, Dec("466000000000000"));
  EXPECT_EQ(rate.implied_by->quote_written_unit, Dec("1000000000000"));
  EXPECT_FALSE(rate.implied_by->base_written_unit.has_value());
  EXPECT_EQ(time::FormatMoment(rate.published), "2025-02-10");
}

TEST(MakeRate, RefusesImpliedRatesWithoutTheirAmounts) {
  RateInput input = GoodImplied();
  input.implied_by.reset();
  ExpectRefused(input, "MISSING_FIELD", "implied_by", "two amounts");
  input = GoodImplied();
  input.value = "1456.25";
  ExpectRefused(input, "UNEXPECTED_FIELD", "value", "quotient of its amounts");
  input = GoodImplied();
  input.unit = 100;
  ExpectRefused(input, "UNEXPECTED_FIELD", "unit", "per 1");
  input = GoodImplied();
  input.implied_by->quote_amount = "";
  ExpectRefused(input, "MISSING_FIELD", "implied_by.quote_amount", "quote currency");
  input = GoodImplied();
  input.implied_by->base_amount = "0";
  ExpectRefused(input, "NOT_POSITIVE", "implied_by.base_amount", "0");
}

TEST(MakeRate, RefusesWrittenUnitsThatAreNoPrecision) {
  RateInput input = GoodImplied();
  input.implied_by->quote_written_unit = "25";
  ExpectRefused(input, "INVALID_WRITTEN_UNIT", "implied_by.quote_written_unit", "power of ten");
  input = GoodImplied();
  input.implied_by->base_written_unit = "1000000000000";
  ExpectRefused(input, "INVALID_WRITTEN_UNIT", "implied_by.base_written_unit",
                "below twice the amount 320000000000");
}

TEST(MakeRate, RefusesAmountsOfAReferenceRate) {
  RateInput input = Good();
  input.implied_by = AmountPairInput{.base_amount = "1", .quote_amount = "2"};
  ExpectRefused(input, "UNEXPECTED_FIELD", "implied_by", "IMPLIED");
}

TEST(ValuePerUnit, ShiftsThePoint) {
  EXPECT_EQ(ValuePerUnit(Dec("936.2"), 100).value(), Dec("9.362"));
  EXPECT_EQ(ValuePerUnit(Dec("936.2"), 1).value(), Dec("936.2"));
}

}  // namespace
}  // namespace outlay::fx
