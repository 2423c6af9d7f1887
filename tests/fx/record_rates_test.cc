// RecordRates over gRPC: replays, replacements, batches, and every kind of bad input.
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "fmt/format.h"
#include "tests/fx/fx_calls.h"

namespace outlay::fx {
namespace {

using journal::v1::RECORD_STATUS_RECORDED;
using journal::v1::RECORD_STATUS_REJECTED;
using journal::v1::RECORD_STATUS_REPLAYED;
using Stub = v1::FxService::Stub;

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

TEST(RecordRates, ABatchThatRepeatsTheLastFiguresOfAKeyStoresNothing) {
  RunningFx fx;
  const auto batch = [&fx](const std::vector<std::string>& values) {
    std::string rates;
    for (const std::string& value : values) rates += EcbRate("KRW", "2025-02-07", value);
    const auto response = Record(fx, rates);
    std::vector<uint64_t> sequences;
    for (const v1::RateResult& result : response->results()) sequences.push_back(result.sequence());
    return sequences;
  };
  using ::testing::ElementsAre;
  EXPECT_THAT(batch({"1500", "1501", "1502"}), ElementsAre(1, 2, 3));
  EXPECT_THAT(batch({"1500", "1501", "1502"}), ElementsAre(1, 2, 3));
  EXPECT_THAT(batch({"1501", "1501", "1502"}), ElementsAre(2, 2, 3));
  const auto checked = Record(fx, "validate_only: true " + EcbRate("KRW", "2025-02-07", "1501") +
                                      EcbRate("KRW", "2025-02-07", "1502"));
  EXPECT_EQ(checked->results(0).status(), RECORD_STATUS_REPLAYED);
  EXPECT_EQ(checked->results(1).status(), RECORD_STATUS_REPLAYED);
  // Another order is another statement, and so is one of them alone.
  EXPECT_THAT(batch({"1502", "1501"}), ElementsAre(3, 4));
  EXPECT_THAT(batch({"1500", "1501", "1502"}), ElementsAre(5, 6, 7));
  EXPECT_THAT(batch({"1501"}), ElementsAre(8));
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
  EXPECT_EQ(response->results(1).status(), journal::v1::RECORD_STATUS_NOT_ATTEMPTED);
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

}  // namespace
}  // namespace outlay::fx
