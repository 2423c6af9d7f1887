// The service over gRPC: recording, reading, and every kind of bad input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "fmt/format.h"
#include "tests/fx/running_fx.h"

namespace outlay::fx {
namespace {

using journal::v1::RECORD_STATUS_RECORDED;
using journal::v1::RECORD_STATUS_REJECTED;
using journal::v1::RECORD_STATUS_REPLAYED;
using testing::HasSubstr;
using Stub = v1::FxService::Stub;

std::string EcbRate(std::string_view quote, std::string_view date, std::string_view value) {
  return fmt::format(
      R"(rates {{ provider: "ecb" base_currency: "EUR" quote_currency: "{}" fixing_date: "{}"
                  value {{ value: "{}" }} }} )",
      quote, date, value);
}

constexpr std::string_view kNote = R"(change { actor: "tester" } )";

v1::RecordRatesRequest RecordRequest(const std::string& text) {
  return Parse<v1::RecordRatesRequest>(std::string(kNote) + text);
}

absl::StatusOr<v1::RecordRatesResponse> Record(RunningFx& fx, const std::string& text) {
  return fx.Call(&Stub::RecordRates, RecordRequest(text));
}

void RecordFebruary(RunningFx& fx) {
  ASSERT_TRUE(Record(fx, EcbRate("USD", "2025-02-06", "1.0360") +
                             EcbRate("KRW", "2025-02-06", "1502.98") +
                             EcbRate("USD", "2025-02-07", "1.0377") +
                             EcbRate("KRW", "2025-02-07", "1501.65"))
                  .ok());
}

absl::StatusOr<v1::GetRateResponse> Get(RunningFx& fx, const std::string& spec,
                                        const std::string& rest = "",
                                        const std::string& from = "USD",
                                        const std::string& to = "KRW") {
  return fx.Call(&Stub::GetRate,
                 Parse<v1::GetRateRequest>(fmt::format(
                     R"(query {{ from_currency: "{}" to_currency: "{}" spec {{ {} }} }} {})", from,
                     to, spec, rest)));
}

absl::StatusOr<v1::ConvertMoneyResponse> Convert(RunningFx& fx, const std::string& text) {
  return fx.Call(&Stub::ConvertMoney, Parse<v1::ConvertMoneyRequest>(text));
}

void ExpectError(const absl::Status& status, absl::StatusCode code, std::string_view reason,
                 std::string_view field, std::string_view text = "") {
  EXPECT_EQ(status.code(), code) << status;
  const ErrorDetail detail = GetErrorDetail(status);
  EXPECT_EQ(detail.reason, reason) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr(std::string(text)));
  if (field.empty()) return;
  ASSERT_FALSE(detail.violations.empty()) << status;
  EXPECT_EQ(detail.violations.front().field, field);
}

void ExpectInvalid(const absl::Status& status, std::string_view reason, std::string_view field,
                   std::string_view text = "") {
  ExpectError(status, absl::StatusCode::kInvalidArgument, reason, field, text);
}

// Recording.

TEST(RecordRates, AnswersWithTheSequencesAndIsReadAtOnce) {
  RunningFx fx;
  const auto response =
      Record(fx, EcbRate("USD", "2025-02-07", "1.0377") + EcbRate("KRW", "2025-02-07", "1501.65"));
  ASSERT_TRUE(response.ok()) << response.status();
  ASSERT_EQ(response->results_size(), 2);
  EXPECT_EQ(response->results(0).status(), RECORD_STATUS_RECORDED);
  EXPECT_EQ(response->results(0).sequence(), 1u);
  EXPECT_EQ(response->results(1).sequence(), 2u);
  EXPECT_EQ(response->stamp().fx_sequence(), 2u);
  EXPECT_EQ(response->stamp().rules_version(), "1");
  const auto rate = Get(fx, R"(on_date { date: "2025-02-07" })", "minimum_sequence: 2");
  ASSERT_TRUE(rate.ok()) << rate.status();
  EXPECT_EQ(rate->rate().numerator().value(), "1668500");
  EXPECT_EQ(rate->rate().denominator().value(), "1153");
  EXPECT_EQ(rate->rate().value().value(), "1447.09453599");
  EXPECT_EQ(rate->stamp().fx_sequence(), 2u);
}

TEST(RecordRates, TheSameFigureAgainIsAReplayHoweverItIsWritten) {
  RunningFx fx;
  ASSERT_TRUE(Record(fx, EcbRate("HUF", "2025-02-07", "366.9")).ok());
  const auto again = Record(fx, EcbRate("HUF", "2025-02-07", "366.90"));
  EXPECT_EQ(again->results(0).status(), RECORD_STATUS_REPLAYED);
  EXPECT_EQ(again->results(0).sequence(), 1u);
  EXPECT_EQ(again->stamp().fx_sequence(), 1u);
}

TEST(RecordRates, AnotherFigureReplacesItFromItsSequenceOn) {
  RunningFx fx;
  for (const char* value : {"1501.65", "1600", "1501.65"}) {
    const auto response = Record(fx, EcbRate("KRW", "2025-02-07", value));
    EXPECT_EQ(response->results(0).status(), RECORD_STATUS_RECORDED) << value;
  }
  const std::string spec = R"(on_date { date: "2025-02-07" })";
  EXPECT_EQ(Get(fx, spec, "", "EUR")->rate().value().value(), "1501.65");
  EXPECT_EQ(Get(fx, spec, "as_of { recorded_sequence: 2 }", "EUR")->rate().value().value(), "1600");
  EXPECT_EQ(Get(fx, spec, "as_of { recorded_sequence: 1 }", "EUR")->stamp().fx_sequence(), 1u);
}

TEST(RecordRates, RepeatsWithinABatchAreReplaysToo) {
  RunningFx fx;
  const auto response = Record(fx, EcbRate("KRW", "2025-02-07", "1501.65") +
                                       EcbRate("KRW", "2025-02-07", "1501.650") +
                                       EcbRate("KRW", "2025-02-07", "1600"));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->results(1).status(), RECORD_STATUS_REPLAYED);
  EXPECT_EQ(response->results(1).sequence(), 1u);
  EXPECT_EQ(response->results(2).sequence(), 2u);
}

TEST(RecordRates, ManyAtOnceLoseAndDoubleNothing) {
  RunningFx fx;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 4; ++writer) {
    writers.emplace_back([&fx, writer] {
      for (int i = 0; i < 10; ++i) {
        // Each writes ten figures of one key and one that all of them write.
        const auto response =
            Record(fx, EcbRate("KRW", "2025-02-07", fmt::format("{}", 1000 + writer * 10 + i)) +
                           EcbRate("USD", fmt::format("2025-01-{:02}", i + 1), "1.03"));
        EXPECT_TRUE(response.ok()) << response.status();
        EXPECT_EQ(response->results(0).status(), RECORD_STATUS_RECORDED);
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  const auto coverage = fx.Call(&Stub::GetCoverage, v1::GetCoverageRequest());
  EXPECT_EQ(coverage->stamp().fx_sequence(), 50u);
  EXPECT_EQ(fx.Call(&Stub::ListProviders, v1::ListProvidersRequest())->providers(0).rate_count(),
            50u);
}

TEST(RecordRates, AnAtomicBatchWithARefusedRateStoresNothing) {
  RunningFx fx;
  const auto response =
      Record(fx, EcbRate("KRW", "2025-02-07", "1501.65") + EcbRate("KRX", "2025-02-07", "-1"));
  ExpectInvalid(response.status(), "UNKNOWN_CURRENCY", "rates[1].quote_currency", "KRW");
  EXPECT_EQ(GetErrorDetail(response.status()).violations.at(1).field, "rates[1].value");
  EXPECT_EQ(fx.Call(&Stub::ListProviders, v1::ListProvidersRequest())->stamp().fx_sequence(), 0u);
}

TEST(RecordRates, ABestEffortBatchStoresTheGoodAndSaysWhatIsWrongWithTheBad) {
  RunningFx fx;
  const auto response =
      Record(fx, "mode: BATCH_MODE_BEST_EFFORT " + EcbRate("KRW", "2025-02-07", "0") +
                     EcbRate("USD", "2025-02-07", "1.0377"));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->results(0).status(), RECORD_STATUS_REJECTED);
  EXPECT_EQ(response->results(0).error().code(), 3);
  EXPECT_EQ(response->results(0).error().reason(), "NOT_POSITIVE");
  EXPECT_EQ(response->results(0).error().violations(0).field(), "rates[0].value");
  EXPECT_EQ(response->results(1).status(), RECORD_STATUS_RECORDED);
  EXPECT_EQ(response->stamp().fx_sequence(), 1u);
}

TEST(RecordRates, ARequestSentAgainGetsItsStoredResults) {
  RunningFx fx;
  const std::string text = R"(request_id: "r1" mode: BATCH_MODE_BEST_EFFORT )" +
                           EcbRate("KRW", "2025-02-07", "0") +
                           EcbRate("USD", "2025-02-07", "1.0377");
  const auto first = Record(fx, text);
  ASSERT_TRUE(Record(fx, EcbRate("USD", "2025-02-07", "1.04")).ok());
  const auto again = Record(fx, text);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->results(0).error().reason(), "NOT_POSITIVE");
  EXPECT_EQ(again->results(1).sequence(), first->results(1).sequence());
  EXPECT_EQ(again->stamp().fx_sequence(), 2u);
  const auto reused = Record(fx, R"(request_id: "r1" )" + EcbRate("KRW", "2025-02-07", "1"));
  ExpectError(reused.status(), absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED", "");
}

TEST(RecordRates, ARefusedAtomicRequestIsRefusedAgain) {
  RunningFx fx;
  const std::string text = R"(request_id: "r1" )" + EcbRate("KRW", "2025-02-07", "0");
  ExpectInvalid(Record(fx, text).status(), "NOT_POSITIVE", "rates[0].value");
  ExpectInvalid(Record(fx, text).status(), "NOT_POSITIVE", "rates[0].value");
}

TEST(RecordRates, ValidationStoresNothing) {
  RunningFx fx;
  ASSERT_TRUE(Record(fx, EcbRate("USD", "2025-02-07", "1.0377")).ok());
  const auto response =
      Record(fx, "validate_only: true mode: BATCH_MODE_BEST_EFFORT " +
                     EcbRate("USD", "2025-02-07", "1.0377") + EcbRate("KRW", "2025-02-07", "1501") +
                     EcbRate("KRW", "2025-02-07", "x"));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->results(0).status(), RECORD_STATUS_REPLAYED);
  EXPECT_EQ(response->results(1).status(), RECORD_STATUS_RECORDED);
  EXPECT_EQ(response->results(2).status(), RECORD_STATUS_REJECTED);
  EXPECT_EQ(response->stamp().fx_sequence(), 1u);
}

TEST(RecordRates, NamesWhatIsWrongWithTheRequest) {
  RunningFx fx;
  const std::string rate = EcbRate("USD", "2025-02-07", "1.0377");
  ExpectInvalid(fx.Call(&Stub::RecordRates, Parse<v1::RecordRatesRequest>(rate)).status(),
                "MISSING_FIELD", "change.actor", "who records");
  ExpectInvalid(Record(fx, "").status(), "WRONG_NUMBER_OF_ELEMENTS", "rates", "1 to 10000");
  ExpectInvalid(Record(fx, "request_id: \"" + std::string(101, 'x') + "\" " + rate).status(),
                "TOO_LONG", "request_id", "at most 100");
  v1::RecordRatesRequest request = RecordRequest(rate);
  request.set_mode(static_cast<journal::v1::BatchMode>(9));
  ExpectInvalid(fx.Call(&Stub::RecordRates, request).status(), "UNKNOWN_ENUM_VALUE", "mode",
                "ATOMIC, BEST_EFFORT");
  request = RecordRequest(rate);
  request.mutable_rates(0)->set_kind(static_cast<v1::RateKind>(9));
  ExpectInvalid(fx.Call(&Stub::RecordRates, request).status(), "UNKNOWN_ENUM_VALUE",
                "rates[0].kind", "REFERENCE, IMPLIED");
  request = RecordRequest("");
  for (int i = 0; i <= 10'000; ++i) request.add_rates();
  ExpectInvalid(fx.Call(&Stub::RecordRates, request).status(), "WRONG_NUMBER_OF_ELEMENTS", "rates");
}

TEST(RecordRates, SurvivesARestart) {
  RunningFx fx;
  RecordFebruary(fx);
  ASSERT_TRUE(Record(fx, R"(rates { provider: "one" base_currency: "USD" quote_currency: "KRW"
                                    fixing_date: "2025-02-10" kind: RATE_KIND_IMPLIED
                                    implied_by { base_amount { value: "320000000000" }
                                                 quote_amount { value: "466000000000000" }
                                                 quote_written_unit { value: "1e12" } } })")
                  .ok());
  fx.Restart();
  const auto rate = Get(fx, R"(on_date { date: "2025-02-07" })");
  ASSERT_TRUE(rate.ok()) << rate.status();
  EXPECT_EQ(rate->rate().value().value(), "1447.09453599");
  EXPECT_EQ(rate->rate().legs(0).rate().published_at(), "2025-02-07T15:00:00Z");
  EXPECT_EQ(rate->rate().legs(0).rate().sequence(), 3u);
  EXPECT_TRUE(rate->rate().legs(0).rate().has_recorded_time());
  const auto implied = Get(fx, R"(implied { source_id: "one" })");
  ASSERT_TRUE(implied.ok()) << implied.status();
  EXPECT_EQ(implied->rate().value().value(), "1456.25");
  EXPECT_EQ(implied->rate().low().value(), "1454.6875");
  EXPECT_EQ(implied->rate().high().value(), "1457.8125");
  EXPECT_EQ(Record(fx, EcbRate("USD", "2025-02-07", "1.0377"))->results(0).status(),
            RECORD_STATUS_REPLAYED);
}

// Reading.

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
                "NUMBER_OUT_OF_RANGE", "as_of.recorded_time");
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

// Converting.

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
  ExpectInvalid(Convert(fx, good + amount + "rounding { mode: 9 }").status(), "UNKNOWN_ENUM_VALUE",
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

// Listing.

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
                "PAGE_TOKEN_INVALID", "page_token", "other fields");
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
  for (const v1::Currency& currency : response->currencies()) {
    if (currency.code() == "XAU") EXPECT_FALSE(currency.has_minor_units());
    if (currency.code() == "KRW") EXPECT_EQ(currency.minor_units(), 0);
    if (currency.code() != "HRK") continue;
    kuna = true;
    EXPECT_EQ(currency.numeric_code(), 191);
    EXPECT_EQ(currency.valid_until_date(), "2023-01-01");
    EXPECT_EQ(currency.successor_code(), "EUR");
    EXPECT_EQ(currency.successor_ratio().value(), "7.5345");
  }
  EXPECT_TRUE(kuna);
}

TEST(ListProviders, GivesTheKnownOnesAndTheDefault) {
  RunningFx fx;
  RecordFebruary(fx);
  const auto response = fx.Call(&Stub::ListProviders, v1::ListProvidersRequest());
  ASSERT_TRUE(response.ok()) << response.status();
  ASSERT_EQ(response->providers_size(), 2);
  EXPECT_EQ(response->providers(0).provider(), "ecb");
  EXPECT_EQ(response->providers(0).base_currency(), "EUR");
  EXPECT_EQ(response->providers(0).rate_count(), 4u);
  EXPECT_EQ(response->providers(1).provider(), "fed-h10");
  EXPECT_EQ(response->default_provider(), "ecb");
}

TEST(Unbuilt, MethodsSayThatTheyAreNotBuiltYet) {
  RunningFx fx;
  const auto expect = [](const absl::Status& status) {
    ExpectError(status, absl::StatusCode::kUnimplemented, "NOT_BUILT_YET", "", "not built yet");
  };
  expect(fx.Call(&Stub::ListFlaggedRates, v1::ListFlaggedRatesRequest()).status());
  expect(fx.Call(&Stub::ReleaseRate, v1::ReleaseRateRequest()).status());
  {
    grpc::ClientContext context;
    expect(rpc::FromGrpcStatus(
        fx.stub().SubscribeRates(&context, v1::SubscribeRatesRequest())->Finish()));
  }
  {
    grpc::ClientContext context;
    expect(rpc::FromGrpcStatus(fx.stub().StreamRates(&context)->Finish()));
  }
  {
    grpc::ClientContext context;
    expect(rpc::FromGrpcStatus(fx.stub().StreamConvert(&context)->Finish()));
  }
}

}  // namespace
}  // namespace outlay::fx
