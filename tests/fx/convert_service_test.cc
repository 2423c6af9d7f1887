// ConvertMoney and BatchConvert over gRPC, and every kind of bad input.
#include <gtest/gtest.h>

#include "tests/fx/fx_calls.h"

namespace outlay::fx {
namespace {

using Stub = v1::FxService::Stub;

TEST(ConvertMoney, ConvertsWithOneRounding) {
  RunningFx fx;
  RecordFebruary(fx);
  const auto response = Convert(fx, R"(amount { currency_code: "USD" units: 320000000000 }
                                       to_currency: "KRW"
                                       spec { on_date { date: "2025-02-07" } })");
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->converted().currency_code(), "KRW");
  EXPECT_EQ(response->converted().units(), 463'070'251'517'780);
  EXPECT_EQ(response->converted().nanos(), 0);
  EXPECT_EQ(response->rate().numerator().value(), "1668500");
  EXPECT_EQ(response->stamp().fx_sequence(), 4u);
}

TEST(ConvertMoney, TakesThePreviousFixingOfTheLastDayByDefault) {
  RunningFx fx;
  RecordFebruary(fx);
  const auto response = Convert(fx, R"(amount { currency_code: "EUR" units: -1 nanos: -5000000 }
                                       to_currency: "USD" rounding { scale: 4 }
                                       as_of { published: "2025-02-07T12:00:00Z" })");
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->rate().requested_date(), "2025-02-07");
  EXPECT_EQ(response->rate().used_date(), "2025-02-06");
  EXPECT_EQ(response->converted().units(), -1);
  EXPECT_EQ(response->converted().nanos(), -41'200'000);  // 1.005 × 1.036 = 1.04118
}

TEST(ConvertMoney, NamesEveryWrongField) {
  RunningFx fx;
  RecordFebruary(fx);
  const std::string good = R"(to_currency: "KRW" spec { on_date { date: "2025-02-07" } } )";
  ExpectInvalid(Convert(fx, good).status(), "MISSING_FIELD", "amount");
  ExpectInvalid(
      Convert(fx, good + R"(amount { currency_code: "USD" units: 1 nanos: -1 })").status(),
      "MALFORMED_UNITS_NANOS", "amount.nanos");
  ExpectInvalid(Convert(fx, good + R"(amount { currency_code: "USD" nanos: 1000000000 })").status(),
                "MALFORMED_UNITS_NANOS", "amount.nanos");
  ExpectInvalid(Convert(fx, good + R"(amount { currency_code: "$" units: 1 })").status(),
                "MALFORMED_CURRENCY", "amount.currency_code", "USD");
  const std::string amount = R"(amount { currency_code: "USD" units: 1 } )";
  ExpectInvalid(Convert(fx, amount + R"(to_currency: "KRQ")").status(), "UNKNOWN_CURRENCY",
                "to_currency");
  ExpectInvalid(Convert(fx, good + amount + "rounding { scale: 10 }").status(),
                "NUMBER_OUT_OF_RANGE", "rounding.scale", "between 0 and 9");
  ExpectInvalid(Convert(fx, good + amount + "rounding { mode: 9 }").status(), "UNKNOWN_ROUNDING",
                "rounding.mode", "HALF_EVEN");
  ExpectInvalid(Convert(fx, good + amount + R"(as_of { published: "x" })").status(),
                "MALFORMED_INSTANT", "as_of.published");
  ExpectError(
      Convert(fx, good + R"(amount { currency_code: "USD" units: 9000000000000000000 })").status(),
      absl::StatusCode::kOutOfRange, "AMOUNT_OVERFLOW", "");
  ExpectError(Convert(fx, amount + R"(to_currency: "KRW"
                                      spec { on_date { date: "2027-01-01" } })")
                  .status(),
              absl::StatusCode::kOutOfRange, "DATE_TO_COME", "spec.on_date.date");
}

TEST(BatchConvert, SharesRatesAndReportsEachInItsPlace) {
  RunningFx fx;
  RecordFebruary(fx);
  const auto response = fx.Call(&Stub::BatchConvert, Parse<v1::BatchConvertRequest>(R"(
      specs { on_date { date: "2025-02-07" } }
      specs { fixed { value { value: "1456.3" } base_currency: "USD" quote_currency: "KRW" } }
      conversions { amount { currency_code: "USD" units: 100 } to_currency: "KRW" spec_index: 0 }
      conversions { amount { currency_code: "USD" units: 200 } to_currency: "KRW" spec_index: 0 }
      conversions { amount { currency_code: "USD" units: 100 } to_currency: "KRW" spec_index: 1 }
      conversions { amount { currency_code: "USD" units: 100 } to_currency: "KRW" spec_index: 2 }
      conversions { amount { currency_code: "EUR" units: 100 } to_currency: "KRW" spec_index: 1 }
      conversions { amount { currency_code: "USD" units: 100 } to_currency: "TWD" spec_index: 0 }
      conversions { amount { currency_code: "USD" units: 1 nanos: -1 } to_currency: "KRW" })"));
  ASSERT_TRUE(response.ok()) << response.status();
  ASSERT_EQ(response->results_size(), 7);
  EXPECT_EQ(response->results(0).converted().units(), 144'709);
  EXPECT_EQ(response->results(1).converted().units(), 289'419);
  EXPECT_EQ(response->results(0).rate_index(), response->results(1).rate_index());
  EXPECT_EQ(response->results(2).converted().units(), 145'630);
  EXPECT_EQ(response->results(2).rate_index(), 1u);
  EXPECT_EQ(response->rates_size(), 2);
  EXPECT_EQ(response->results(3).error().reason(), "SPEC_INDEX_OUT_OF_RANGE");
  EXPECT_EQ(response->results(3).error().violations(0).field(), "conversions[3].spec_index");
  EXPECT_EQ(response->results(4).error().reason(), "FIXED_RATE_PAIR");
  EXPECT_EQ(response->results(4).error().violations(0).field(), "specs[1].fixed.base_currency");
  EXPECT_EQ(response->results(5).error().reason(), "NO_PATH");
  EXPECT_EQ(response->results(6).error().violations(0).field(), "conversions[6].amount.nanos");
}

TEST(BatchConvert, RefusesAMalformedSpecForAll) {
  RunningFx fx;
  const auto convert = [&](const std::string& text) {
    return fx.Call(&Stub::BatchConvert, Parse<v1::BatchConvertRequest>(text)).status();
  };
  const std::string conversion =
      R"(conversions { amount { currency_code: "USD" units: 1 } to_currency: "USD" } )";
  ExpectInvalid(convert(conversion + R"(specs { on_date { date: "x" } })"), "MALFORMED_DATE",
                "specs[0].on_date.date");
  ExpectInvalid(convert(conversion), "WRONG_NUMBER_OF_ELEMENTS", "specs", "1 to 1000");
  ExpectInvalid(convert(R"(specs { on_date { date: "2025-02-07" } })"), "WRONG_NUMBER_OF_ELEMENTS",
                "conversions", "1 to 10000");
}

}  // namespace
}  // namespace outlay::fx
