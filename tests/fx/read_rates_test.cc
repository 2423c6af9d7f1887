// GetRate, BatchGetRates and the listings over gRPC, and every kind of bad input.
#include <gtest/gtest.h>

#include "tests/fx/fx_calls.h"

namespace outlay::fx {
namespace {

using Stub = v1::FxService::Stub;

TEST(GetRate, SaysWhereTheRateComesFrom) {
  RunningFx fx;
  RecordFebruary(fx);
  const auto response = Get(fx, R"(on_date { date: "2025-02-08" })", "significant_digits: 20");
  ASSERT_TRUE(response.ok()) << response.status();
  const v1::RateAnswer& rate = response->rate();
  EXPECT_EQ(rate.from_currency(), "USD");
  EXPECT_EQ(rate.to_currency(), "KRW");
  EXPECT_EQ(rate.requested_date(), "2025-02-08");
  EXPECT_EQ(rate.used_date(), "2025-02-07");
  EXPECT_EQ(rate.age_days(), 1);
  EXPECT_EQ(rate.provider(), "ecb");
  EXPECT_EQ(rate.derivation(), v1::DERIVATION_CROSS);
  EXPECT_EQ(rate.value().value(), "1447.0945359930615785");
  EXPECT_EQ(rate.fixing_count(), 1);
  ASSERT_EQ(rate.legs_size(), 2);
  EXPECT_TRUE(rate.legs(0).inverted());
  EXPECT_EQ(rate.legs(0).rate().value().value(), "1.0377");
  EXPECT_FALSE(rate.has_rounding_bound());
}

TEST(GetRate, ShowsAnIrrevocableRatioAsALegWithoutProvider) {
  RunningFx fx;
  const auto response = Get(fx, R"(on_date { date: "2023-01-01" })", "", "HRK", "EUR");
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->rate().derivation(), v1::DERIVATION_JOINED);
  ASSERT_EQ(response->rate().legs_size(), 1);
  const v1::RateLeg& leg = response->rate().legs(0);
  EXPECT_TRUE(leg.irrevocable());
  EXPECT_TRUE(leg.inverted());
  EXPECT_EQ(leg.rate().provider(), "");
  EXPECT_EQ(leg.rate().published_at(), "");
  EXPECT_EQ(leg.rate().fixing_date(), "2023-01-01");
  EXPECT_EQ(leg.rate().value().value(), "7.5345");
}

TEST(GetRate, GivesAveragesPeriodEndsAndFixedRates) {
  RunningFx fx;
  RecordFebruary(fx);
  const auto average = Get(fx, R"(average { start_date: "2025-02-06" end_date: "2025-02-08" })");
  ASSERT_TRUE(average.ok()) << average.status();
  EXPECT_EQ(average->rate().derivation(), v1::DERIVATION_AVERAGE);
  EXPECT_EQ(average->rate().fixing_count(), 2);
  EXPECT_EQ(average->rate().rounding_bound().value(), "0.0000000000000000005");
  EXPECT_EQ(average->rate().denominator().value(), "1");
  EXPECT_EQ(Get(fx, R"(period_end { end_date: "2025-02-10" })")->rate().used_date(), "2025-02-07");
  EXPECT_EQ(Get(fx, R"(fixed { value { value: "1456.3" } })")->rate().value().value(), "1456.3");
}

TEST(GetRate, HoldsAsOfADateAnInstantAndATimeOfRecording) {
  RunningFx fx;
  RecordFebruary(fx);
  const std::string spec = R"(on_date { date: "2025-02-07" })";
  EXPECT_EQ(Get(fx, spec, R"(as_of { published: "2025-02-07T12:00:00Z" })")->rate().used_date(),
            "2025-02-06");
  EXPECT_EQ(Get(fx, spec, R"(as_of { published: "2025-02-07" })")->rate().used_date(),
            "2025-02-07");
  EXPECT_EQ(Get(fx, spec, "as_of { recorded_time { seconds: 1790000000 } }")->stamp().fx_sequence(),
            4u);
  ExpectError(Get(fx, spec, "as_of { recorded_time { seconds: 1700000000 } }").status(),
              absl::StatusCode::kNotFound, "NO_PATH", "");
  ExpectError(
      Get(fx, R"(on_date { date: "2025-02-08" })", R"(as_of { published: "2025-02-07T12:00:00Z" })")
          .status(),
      absl::StatusCode::kOutOfRange, "DATE_TO_COME", "query.spec.on_date.date",
      "the last day is 2025-02-07");
}

// What was asked on one day is asked again on another, after more was published.
TEST(GetRate, AnEarlierStampGivesTheEarlierAnswer) {
  RunningFx fx;
  RecordFebruary(fx);
  v1::ConvertMoneyRequest request = Parse<v1::ConvertMoneyRequest>(
      R"(amount { currency_code: "USD" units: 1000 } to_currency: "KRW")");
  const auto ask = [&] { return fx.Call(&v1::FxService::Stub::ConvertMoney, request); };
  fx.SetNow("2025-02-08T10:00:00.5Z");
  const auto first = ask();
  ASSERT_TRUE(first.ok()) << first.status();
  fx.SetNow("2025-02-13T10:00:00Z");
  ASSERT_TRUE(
      Record(fx, EcbRate("USD", "2025-02-12", "1.1") + EcbRate("KRW", "2025-02-12", "1700")).ok());
  EXPECT_NE(ask()->SerializeAsString(), first->SerializeAsString());

  request.mutable_as_of()->set_recorded_sequence(first->stamp().fx_sequence());
  // The sequence alone does not bring the day back.
  EXPECT_NE(ask()->SerializeAsString(), first->SerializeAsString());
  *request.mutable_as_of()->mutable_now() = first->stamp().now();
  EXPECT_EQ(ask()->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(first->rate().requested_date(), "2025-02-08");
}

TEST(GetRate, TheStampSaysWhatNowWasWhereTheAnswerDependsOnIt) {
  RunningFx fx;
  RecordFebruary(fx);
  const std::string spec = R"(on_date { date: "2025-02-07" })";
  EXPECT_TRUE(Get(fx, spec)->stamp().has_now());
  EXPECT_TRUE(Get(fx, spec, R"(as_of { published: "2199-12-31" })")->stamp().has_now());
  EXPECT_FALSE(Get(fx, spec, R"(as_of { published: "2025-03-01" })")->stamp().has_now());
}

TEST(GetRate, NowAndThePublishedAxisBothHold) {
  RunningFx fx;
  RecordFebruary(fx);
  const auto day = [&](const std::string& as_of) {
    return Get(fx, R"(on_date { date: "2025-02-07" })", "as_of { " + as_of + " }");
  };
  // 2025-02-07T00:00:00Z: the day's fixing comes in the afternoon.
  EXPECT_EQ(day("now { seconds: 1738886400 }")->rate().used_date(), "2025-02-06");
  EXPECT_EQ(day(R"(published: "2025-03-01" now { seconds: 1738886400 })")->rate().used_date(),
            "2025-02-06");
  EXPECT_EQ(day(R"(published: "2025-02-07T01:00:00Z")")->rate().used_date(), "2025-02-06");
  EXPECT_EQ(
      day(R"(published: "2025-02-07T01:00:00Z" now { seconds: 1748000000 })")->rate().used_date(),
      "2025-02-06");
}

TEST(GetRate, ANowToComeIsRefused) {
  RunningFx fx;
  RecordFebruary(fx);
  const auto at = [&](std::string_view now) {
    const int64_t us = time::ParseInstant(now)->time_since_epoch().count();
    return Get(fx, R"(on_date { date: "2025-02-07" })",
               fmt::format("as_of {{ now {{ seconds: {} }} }}", us / 1'000'000))
        .status();
  };
  EXPECT_TRUE(at("2026-06-01T12:01:00Z").ok());  // clocks differ by a little
  ExpectError(at("2026-06-01T12:01:01Z"), absl::StatusCode::kOutOfRange, "NOW_TO_COME", "as_of.now",
              "2026-06-01T12:01:01Z is to come: it is 2026-06-01T12:00:00Z");
  ExpectInvalid(
      Get(fx, R"(on_date { date: "2025-02-07" })", "as_of { now { nanos: -1 } }").status(),
      "MALFORMED_INSTANT", "as_of.now");
}

TEST(GetRate, RefusesSequencesThatAreNotThere) {
  RunningFx fx;
  RecordFebruary(fx);
  const std::string spec = R"(on_date { date: "2025-02-07" })";
  ExpectError(Get(fx, spec, "as_of { recorded_sequence: 5 }").status(),
              absl::StatusCode::kOutOfRange, "SEQUENCE_AHEAD", "");
  const absl::Status behind = Get(fx, spec, "minimum_sequence: 5").status();
  ExpectError(behind, absl::StatusCode::kUnavailable, "BEHIND_MINIMUM", "");
  EXPECT_EQ(GetErrorDetail(behind).retry_after_ms, 100);
}

TEST(GetRate, AsOfSequence0NoRateWasStored) {
  RunningFx fx;
  RecordFebruary(fx);
  const std::string spec = R"(on_date { date: "2025-02-07" })";
  ExpectError(Get(fx, spec, "as_of { recorded_sequence: 0 }").status(), absl::StatusCode::kNotFound,
              "NO_PATH", "");
  EXPECT_TRUE(Get(fx, spec, "as_of { }").ok());
}

TEST(GetRate, NamesEveryWrongField) {
  RunningFx fx;
  const std::string date = R"(on_date { date: "2025-02-07" })";
  ExpectInvalid(fx.Call(&Stub::GetRate, v1::GetRateRequest()).status(), "MISSING_FIELD", "query");
  ExpectInvalid(Get(fx, date, "", "USX").status(), "UNKNOWN_CURRENCY", "query.from_currency");
  ExpectInvalid(Get(fx, date, "", "USD", "won").status(), "MALFORMED_CURRENCY", "query.to_currency",
                "KRW");
  ExpectInvalid(Get(fx, "").status(), "MISSING_FIELD", "query.spec.method", "period_end");
  ExpectInvalid(Get(fx, "provider: \"E C B\" " + date).status(), "MALFORMED_PROVIDER",
                "query.spec.provider");
  ExpectInvalid(Get(fx, R"(on_date { })").status(), "MISSING_FIELD", "query.spec.on_date.date");
  ExpectInvalid(Get(fx, R"(on_date { date: "7 Feb" })").status(), "MALFORMED_DATE",
                "query.spec.on_date.date");
  ExpectInvalid(Get(fx, R"(on_date { date: "2025-02-07" max_age_days: -1 })").status(),
                "NUMBER_OUT_OF_RANGE", "query.spec.on_date.max_age_days");
  ExpectInvalid(Get(fx, R"(on_date { date: "2025-02-07" fallback: 9 })").status(),
                "UNKNOWN_ENUM_VALUE", "query.spec.on_date.fallback", "PREVIOUS, EXACT, NEXT");
  ExpectInvalid(Get(fx, R"(average { start_date: "2025-01-01" end_date: "2025-01-01" })").status(),
                "EMPTY_PERIOD", "query.spec.average.end_date");
  ExpectInvalid(
      Get(fx, R"(average { start_date: "2024-01-01" end_date: "2025-01-01" method: 9 })").status(),
      "UNKNOWN_ENUM_VALUE", "query.spec.average.method");
  ExpectInvalid(Get(fx, R"(period_end { end_date: "2025-02-30" })").status(), "IMPOSSIBLE_DATE",
                "query.spec.period_end.end_date");
  ExpectInvalid(Get(fx, "fixed { }").status(), "MISSING_FIELD", "query.spec.fixed.value");
  ExpectInvalid(Get(fx, R"(fixed { value { value: "-1" } })").status(), "NOT_POSITIVE",
                "query.spec.fixed.value");
  ExpectInvalid(Get(fx, R"(fixed { value { value: "1" } base_currency: "EUR" })").status(),
                "FIXED_RATE_PAIR", "query.spec.fixed.base_currency");
  ExpectInvalid(Get(fx, R"(provider: "ecb" fixed { value { value: "1" } })").status(),
                "UNEXPECTED_FIELD", "query.spec.provider");
  ExpectInvalid(Get(fx, "implied { }").status(), "MISSING_FIELD", "query.spec.implied.source_id");
  ExpectInvalid(Get(fx, date, "significant_digits: 35").status(), "NUMBER_OUT_OF_RANGE",
                "significant_digits", "0 and 34");
  ExpectInvalid(Get(fx, date, R"(as_of { published: "soon" })").status(), "MALFORMED_INSTANT",
                "as_of.published");
  ExpectInvalid(Get(fx, date, "as_of { recorded_time { nanos: -1 } }").status(),
                "MALFORMED_INSTANT", "as_of.recorded_time");
  const absl::Status several = Get(fx, "", "significant_digits: -1", "USX").status();
  EXPECT_EQ(GetErrorDetail(several).violations.size(), 3u);
}

TEST(GetRate, SaysWhatCannotBeFound) {
  RunningFx fx;
  RecordFebruary(fx);
  const std::string date = R"(on_date { date: "2025-02-07" })";
  ExpectError(Get(fx, date, "", "USD", "TWD").status(), absl::StatusCode::kNotFound, "NO_PATH", "");
  ExpectError(Get(fx, "provider: \"ecd\" " + date).status(), absl::StatusCode::kNotFound,
              "UNKNOWN_PROVIDER", "", "did you mean \"ecb\"?");
  ExpectError(Get(fx, R"(implied { source_id: "two" })").status(), absl::StatusCode::kNotFound,
              "UNKNOWN_IMPLIED_RATE", "");
  ExpectError(Get(fx, R"(on_date { date: "2025-01-01" })").status(), absl::StatusCode::kOutOfRange,
              "BEFORE_COVERAGE", "", "2025-02-06");
  ExpectError(Get(fx, R"(on_date { date: "2025-03-01" })").status(), absl::StatusCode::kOutOfRange,
              "RATE_TOO_OLD", "", "2025-02-07");
  ExpectError(Get(fx, R"(average { start_date: "2026-01-01" end_date: "2027-01-01" })").status(),
              absl::StatusCode::kOutOfRange, "PERIOD_UNFINISHED", "");
  ExpectError(Get(fx, R"(average { start_date: "2025-01-01" end_date: "2026-01-01" })").status(),
              absl::StatusCode::kOutOfRange, "COVERAGE_INCOMPLETE", "");
}

TEST(BatchGetRates, ReportsEachInItsPlaceAtOneStamp) {
  RunningFx fx;
  RecordFebruary(fx);
  const auto response = fx.Call(&Stub::BatchGetRates, Parse<v1::BatchGetRatesRequest>(R"(
      queries { from_currency: "USD" to_currency: "KRW" spec { on_date { date: "2025-02-07" } } }
      queries { from_currency: "USD" to_currency: "TWD" spec { on_date { date: "2025-02-07" } } }
      queries { from_currency: "USD" to_currency: "KRX" spec { on_date { date: "2025-02-07" } } }
      queries { from_currency: "EUR" to_currency: "USD" spec { on_date { date: "2099-01-01" } } }
      significant_digits: 6)"));
  ASSERT_TRUE(response.ok()) << response.status();
  ASSERT_EQ(response->results_size(), 4);
  EXPECT_EQ(response->results(0).rate().value().value(), "1447.09");
  EXPECT_EQ(response->results(1).error().reason(), "NO_PATH");
  EXPECT_EQ(response->results(1).error().code(), 5);
  EXPECT_EQ(response->results(2).error().violations(0).field(), "queries[2].to_currency");
  EXPECT_EQ(response->results(3).error().reason(), "DATE_TO_COME");
  EXPECT_EQ(response->results(3).error().violations(0).field(), "queries[3].spec.on_date.date");
  EXPECT_EQ(response->stamp().fx_sequence(), 4u);
  ExpectInvalid(fx.Call(&Stub::BatchGetRates, v1::BatchGetRatesRequest()).status(),
                "WRONG_NUMBER_OF_ELEMENTS", "queries", "1 to 10000");
}

TEST(ListRates, PagesNeverShift) {
  RunningFx fx;
  RecordFebruary(fx);
  auto request =
      Parse<v1::ListRatesRequest>(R"(from_currency: "USD" to_currency: "KRW" page_size: 1)");
  const auto first = fx.Call(&Stub::ListRates, request);
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_EQ(first->rates_size(), 1);
  EXPECT_EQ(first->rates(0).used_date(), "2025-02-06");
  // Recorded between the pages: not seen by the second.
  ASSERT_TRUE(Record(fx, EcbRate("KRW", "2025-02-07", "1600")).ok());
  request.set_page_token(first->next_page_token());
  request.set_page_size(10);
  const auto second = fx.Call(&Stub::ListRates, request);
  ASSERT_TRUE(second.ok()) << second.status();
  ASSERT_EQ(second->rates_size(), 1);
  EXPECT_EQ(second->rates(0).value().value(), "1447.09453599");
  EXPECT_EQ(second->next_page_token(), "");
  EXPECT_EQ(second->stamp().fx_sequence(), first->stamp().fx_sequence());
}

TEST(ListRates, PagesHaveOneNow) {
  RunningFx fx;
  RecordFebruary(fx);
  auto request =
      Parse<v1::ListRatesRequest>(R"(from_currency: "USD" to_currency: "KRW" page_size: 1)");
  const auto first = fx.Call(&v1::FxService::Stub::ListRates, request);
  ASSERT_TRUE(first.ok()) << first.status();
  fx.SetNow("2026-07-01T00:00:00Z");
  request.set_page_token(first->next_page_token());
  const auto second = fx.Call(&v1::FxService::Stub::ListRates, request);
  EXPECT_TRUE(first->stamp().has_now());
  EXPECT_EQ(second->stamp().SerializeAsString(), first->stamp().SerializeAsString());
}

TEST(ListRates, NamesEveryWrongField) {
  RunningFx fx;
  RecordFebruary(fx);
  const auto list = [&](const std::string& text) {
    return fx.Call(&Stub::ListRates, Parse<v1::ListRatesRequest>(text)).status();
  };
  const std::string pair = R"(from_currency: "USD" to_currency: "KRW" )";
  ExpectInvalid(list(R"(from_currency: "USD" to_currency: "USD")"), "SAME_CURRENCY", "to_currency");
  ExpectInvalid(list(pair + "page_size: 10001"), "NUMBER_OUT_OF_RANGE", "page_size");
  ExpectInvalid(list(pair + "page_size: -1"), "NUMBER_OUT_OF_RANGE", "page_size");
  ExpectInvalid(list(pair + R"(start_date: "2025-02-08" end_date: "2025-02-08")"), "EMPTY_PERIOD",
                "end_date");
  ExpectInvalid(list(pair + R"(start_date: "x")"), "MALFORMED_DATE", "start_date");
  ExpectInvalid(list(pair + R"(page_token: "x")"), "PAGE_TOKEN_INVALID", "page_token");
  ExpectInvalid(list(pair + R"(provider: "Ecb")"), "MALFORMED_PROVIDER", "provider");
  auto request = Parse<v1::ListRatesRequest>(pair + "page_size: 1");
  const std::string token = fx.Call(&Stub::ListRates, request)->next_page_token();
  ExpectInvalid(list(R"(from_currency: "KRW" to_currency: "USD" page_token: ")" + token + "\""),
                "PAGE_TOKEN_INVALID", "page_token", "another request");
}

TEST(GetCoverage, GivesTheSeriesOfACurrency) {
  RunningFx fx;
  RecordFebruary(fx);
  const auto response =
      fx.Call(&Stub::GetCoverage, Parse<v1::GetCoverageRequest>(R"(currency: "KRW")"));
  ASSERT_TRUE(response.ok()) << response.status();
  ASSERT_EQ(response->series_size(), 1);
  EXPECT_EQ(response->series(0).first_date(), "2025-02-06");
  EXPECT_EQ(response->series(0).last_date(), "2025-02-07");
  EXPECT_EQ(response->series(0).fixing_count(), 2);
  EXPECT_EQ(response->series(0).state(), v1::SERIES_STATE_CURRENT);
  ExpectError(
      fx.Call(&Stub::GetCoverage, Parse<v1::GetCoverageRequest>(R"(provider: "nobody")")).status(),
      absl::StatusCode::kNotFound, "UNKNOWN_PROVIDER", "");
  ExpectInvalid(
      fx.Call(&Stub::GetCoverage, Parse<v1::GetCoverageRequest>(R"(currency: "krw")")).status(),
      "MALFORMED_CURRENCY", "currency");
}

TEST(ListCurrencies, GivesCurrentAndPastOnes) {
  RunningFx fx;
  const auto response = fx.Call(&Stub::ListCurrencies, v1::ListCurrenciesRequest());
  ASSERT_TRUE(response.ok()) << response.status();
  bool kuna = false;
  std::string euro_from;
  for (const v1::Currency& currency : response->currencies()) {
    if (currency.code() == "XAU") {
      EXPECT_FALSE(currency.has_minor_units());
    }
    if (currency.code() == "KRW") {
      EXPECT_EQ(currency.minor_units(), 0);
    }
    if (currency.code() == "EUR") euro_from = currency.valid_from_date();
    if (currency.code() != "HRK") continue;
    kuna = true;
    EXPECT_EQ(currency.numeric_code(), 191);
    EXPECT_EQ(currency.valid_until_date(), "2023-01-01");
    EXPECT_EQ(currency.successor_code(), "EUR");
    EXPECT_EQ(currency.successor_ratio().value(), "7.5345");
  }
  EXPECT_TRUE(kuna);
  EXPECT_EQ(euro_from, "1999-01-01");
}

TEST(ListProviders, GivesTheKnownOnesAndTheDefault) {
  RunningFx fx;
  RecordFebruary(fx);
  const auto response = fx.Call(&Stub::ListProviders, v1::ListProvidersRequest());
  ASSERT_TRUE(response.ok()) << response.status();
  ASSERT_EQ(response->providers_size(), 3);
  EXPECT_EQ(response->providers(0).provider(), "ecb");
  EXPECT_EQ(response->providers(0).base_currency(), "EUR");
  EXPECT_EQ(response->providers(0).rate_count(), 4u);
  EXPECT_EQ(response->providers(1).provider(), "fawazahmed0");
  EXPECT_FALSE(response->providers(1).trusted());
  EXPECT_EQ(response->providers(2).provider(), "fed-h10");
  EXPECT_EQ(response->default_provider(), "ecb");
}

}  // namespace
}  // namespace outlay::fx
