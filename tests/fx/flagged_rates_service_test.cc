// ListFlaggedRates and ReleaseRate over gRPC: flags, holds, releases, pages, and restarts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "tests/fx/fx_calls.h"

namespace outlay::fx {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Stub = v1::FxService::Stub;

std::string HouseRate(std::string_view date, std::string_view value,
                      std::string_view quote = "KRW") {
  return fmt::format(
      R"(rates {{ provider: "house" base_currency: "USD" quote_currency: "{}" fixing_date: "{}"
                  value {{ value: "{}" }} }} )",
      quote, date, value);
}

constexpr std::string_view kSpec = R"(provider: "house" on_date { date: "2025-02-07" })";

// Entry 3 is held.
void RecordHeld(RunningFx& fx) {
  ASSERT_TRUE(Record(fx, HouseRate("2025-02-05", "1445") + HouseRate("2025-02-06", "1447") +
                             HouseRate("2025-02-07", "144.9"))
                  .ok());
}

absl::StatusOr<v1::ReleaseRateResponse> Release(RunningFx& fx, const std::string& text) {
  return fx.Call(&Stub::ReleaseRate, Parse<v1::ReleaseRateRequest>(text));
}

const char* const kRelease =
    R"(request_id: "r1" change { actor: "operator" reason: "as announced" } sequence: 3)";

absl::StatusOr<v1::ListFlaggedRatesResponse> List(RunningFx& fx, const std::string& text = "") {
  return fx.Call(&Stub::ListFlaggedRates, Parse<v1::ListFlaggedRatesRequest>(text));
}

std::vector<uint64_t> SequencesOf(const v1::ListFlaggedRatesResponse& response) {
  std::vector<uint64_t> sequences;
  for (const v1::Rate& rate : response.rates()) sequences.push_back(rate.sequence());
  return sequences;
}

std::string ValueAt(RunningFx& fx, const std::string& rest = "") {
  const auto response = Get(fx, std::string(kSpec), rest);
  return response.ok() ? response->rate().value().value() : response.status().ToString();
}

TEST(FlaggedRates, TheEcbsAreFlaggedAndUsed) {
  RunningFx fx;
  RecordFebruary(fx);
  ASSERT_TRUE(Record(fx, EcbRate("KRW", "2025-02-10", "15.0165")).ok());
  const auto response = Get(fx, R"(on_date { date: "2025-02-10" })", "", "EUR");
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->rate().value().value(), "15.0165");
  EXPECT_TRUE(response->rate().legs(0).rate().flagged());
  EXPECT_FALSE(response->rate().legs(0).rate().held());
  ASSERT_EQ(response->rate().warnings_size(), 1);
  EXPECT_EQ(response->rate().warnings(0).code(), "SUSPICIOUS_RATE");
  EXPECT_THAT(response->rate().warnings(0).message(), HasSubstr("more than 20 %"));
  const auto listed = List(fx);
  ASSERT_TRUE(listed.ok()) << listed.status();
  ASSERT_THAT(SequencesOf(*listed), ElementsAre(5));
  EXPECT_TRUE(listed->rates(0).flagged());
  EXPECT_FALSE(listed->rates(0).held());
  EXPECT_EQ(listed->rates(0).value().value(), "15.0165");
  EXPECT_EQ(listed->stamp().fx_sequence(), 5u);
  EXPECT_THAT(SequencesOf(*List(fx, "held_only: true")), IsEmpty());
}

TEST(FlaggedRates, AnotherProvidersAreHeldAndNotUsed) {
  RunningFx fx;
  RecordHeld(fx);
  const auto response = Get(fx, std::string(kSpec));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->rate().value().value(), "1447");
  EXPECT_EQ(response->rate().used_date(), "2025-02-06");
  EXPECT_EQ(response->rate().warnings(0).code(), "HELD_RATE");
  const auto converted =
      Convert(fx, fmt::format(R"(amount {{ currency_code: "USD" units: 10 }} to_currency: "KRW"
                         spec {{ {} }})",
                              kSpec));
  ASSERT_TRUE(converted.ok()) << converted.status();
  EXPECT_EQ(converted->converted().units(), 14470);
  const auto exact =
      Get(fx, R"(provider: "house" on_date { date: "2025-02-07" fallback: DATE_FALLBACK_EXACT })");
  ExpectError(exact.status(), absl::StatusCode::kOutOfRange, "RATE_TOO_OLD", "",
              "(sequence 3) is held as suspicious");
  EXPECT_EQ(GetErrorDetail(exact.status()).metadata.at("held_sequence"), "3");
  const auto average = Get(fx, R"(provider: "house" average { start_date: "2025-02-05"
                                                              end_date: "2025-02-08" })");
  ExpectError(average.status(), absl::StatusCode::kOutOfRange, "COVERAGE_INCOMPLETE", "",
              "held as suspicious: 1");
  const auto listed = List(fx, "held_only: true");
  ASSERT_THAT(SequencesOf(*listed), ElementsAre(3));
  EXPECT_TRUE(listed->rates(0).flagged());
  EXPECT_TRUE(listed->rates(0).held());
}

TEST(FlaggedRates, TheBoundIsASetting) {
  using Settings = std::map<std::string, std::string>;
  RunningFx off(Settings{{"suspicious-move-percent", "0"}});
  RecordHeld(off);
  EXPECT_EQ(ValueAt(off), "144.9");
  EXPECT_THAT(SequencesOf(*List(off)), IsEmpty());
  RunningFx wide(Settings{{"suspicious-move-percent", "1000"}});
  RecordHeld(wide);
  EXPECT_EQ(ValueAt(wide), "144.9");
}

TEST(FlaggedRates, ComeInPagesThatDoNotShift) {
  RunningFx fx;
  std::string rates;
  for (const char* quote : {"KRW", "JPY", "CHF"}) {
    rates += HouseRate("2025-02-06", "1447", quote) + HouseRate("2025-02-07", "144.9", quote);
  }
  ASSERT_TRUE(Record(fx, rates).ok());
  const auto first = List(fx, "held_only: true page_size: 2");
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_THAT(SequencesOf(*first), ElementsAre(2, 4));
  ASSERT_TRUE(
      Release(fx, R"(change { actor: "operator" reason: "as announced" } sequence: 6)").ok());
  const std::string token = fmt::format(R"(page_token: "{}")", first->next_page_token());
  const auto second = List(fx, "held_only: true page_size: 1 " + token);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_THAT(SequencesOf(*second), ElementsAre(6));
  EXPECT_TRUE(second->rates(0).held());
  EXPECT_EQ(second->stamp().fx_sequence(), 6u);
  EXPECT_EQ(second->next_page_token(), "");
  EXPECT_THAT(SequencesOf(*List(fx, "held_only: true")), ElementsAre(2, 4));
  EXPECT_THAT(SequencesOf(*List(fx)), ElementsAre(2, 4, 6));
  ExpectInvalid(List(fx, token).status(), "PAGE_TOKEN_INVALID", "page_token");
  ExpectInvalid(List(fx, "page_size: 1001").status(), "NUMBER_OUT_OF_RANGE", "page_size");
  ExpectInvalid(List(fx, R"(page_token: "x")").status(), "PAGE_TOKEN_INVALID", "page_token");
}

TEST(ReleaseRate, LetsAHeldRateBeUsedFromItsSequenceOn) {
  RunningFx fx;
  RecordHeld(fx);
  const auto response = Release(fx, kRelease);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->rate().sequence(), 3u);
  EXPECT_EQ(response->rate().value().value(), "144.9");
  EXPECT_TRUE(response->rate().flagged());
  EXPECT_FALSE(response->rate().held());
  EXPECT_EQ(response->stamp().fx_sequence(), 4u);
  EXPECT_EQ(ValueAt(fx), "144.9");
  EXPECT_EQ(ValueAt(fx, "as_of { recorded_sequence: 4 }"), "144.9");
  EXPECT_EQ(ValueAt(fx, "as_of { recorded_sequence: 3 }"), "1447");
  EXPECT_EQ(Get(fx, std::string(kSpec))->rate().warnings(0).code(), "SUSPICIOUS_RATE");
}

TEST(ReleaseRate, IsLoggedOnceWithWhoAndWhy) {
  RunningFx fx;
  RecordHeld(fx);
  ASSERT_TRUE(Release(fx, kRelease).ok());
  ASSERT_TRUE(Release(fx, kRelease).ok());
  EXPECT_THAT(fx.Logged(), ElementsAre(AllOf(HasSubstr("held rate released"), HasSubstr("operator"),
                                             HasSubstr("as announced"), HasSubstr("house"),
                                             HasSubstr("2025-02-07"), HasSubstr("144.9"))));
}

TEST(ReleaseRate, SurvivesARestart) {
  RunningFx fx;
  RecordHeld(fx);
  ASSERT_TRUE(Release(fx, kRelease).ok());
  fx.Restart();
  EXPECT_EQ(ValueAt(fx), "144.9");
  EXPECT_THAT(SequencesOf(*List(fx, "held_only: true")), IsEmpty());
  EXPECT_THAT(SequencesOf(*List(fx)), ElementsAre(3));
  ExpectError(Release(fx, R"(change { actor: "operator" reason: "again" } sequence: 3)").status(),
              absl::StatusCode::kFailedPrecondition, "NOT_HELD", "", "has been released");
}

TEST(ReleaseRate, TheSameRequestAgainGetsTheSameAnswer) {
  RunningFx fx;
  RecordHeld(fx);
  ASSERT_TRUE(Release(fx, kRelease).ok());
  for (int i = 0; i < 2; ++i) {
    const auto again = Release(fx, kRelease);
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(again->rate().sequence(), 3u);
    EXPECT_FALSE(again->rate().held());
    EXPECT_EQ(again->stamp().fx_sequence(), 4u);
    fx.Restart();
  }
  const auto reused = Release(
      fx, R"(request_id: "r1" change { actor: "operator" reason: "as announced" } sequence: 2)");
  ExpectError(reused.status(), absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED", "");
}

TEST(ReleaseRate, ARefusedRequestIsRefusedAgain) {
  RunningFx fx;
  RecordHeld(fx);
  const std::string text =
      R"(request_id: "r2" change { actor: "operator" reason: "as announced" } sequence: 2)";
  for (int i = 0; i < 2; ++i) {
    ExpectError(Release(fx, text).status(), absl::StatusCode::kFailedPrecondition, "NOT_HELD", "",
                "entry 2 is no held rate: it is not flagged");
  }
  EXPECT_EQ(List(fx)->stamp().fx_sequence(), 3u);
}

TEST(ReleaseRate, RefusesWhatIsNotHeld) {
  RunningFx fx;
  RecordHeld(fx);
  ASSERT_TRUE(
      Record(fx, EcbRate("USD", "2025-02-06", "1.03") + EcbRate("USD", "2025-02-07", "103")).ok());
  const auto expect = [&fx](int sequence, std::string_view why) {
    const auto response = Release(
        fx, fmt::format(R"(change {{ actor: "operator" reason: "why" }} sequence: {})", sequence));
    ExpectError(response.status(), absl::StatusCode::kFailedPrecondition, "NOT_HELD", "", why);
    EXPECT_EQ(GetErrorDetail(response.status()).metadata.at("sequence"), std::to_string(sequence));
  };
  expect(1, "not flagged");
  expect(5, "ecb is trusted");
  expect(99, "no reference rate");
  ASSERT_TRUE(Record(fx, HouseRate("2025-02-07", "1449")).ok());
  expect(3, "entry 6 has replaced it");
}

TEST(ReleaseRate, NeedsAnActorAReasonAndASequence) {
  RunningFx fx;
  ExpectInvalid(Release(fx, R"(change { reason: "why" } sequence: 3)").status(), "MISSING_FIELD",
                "change.actor");
  ExpectInvalid(Release(fx, R"(change { actor: "operator" } sequence: 3)").status(),
                "MISSING_FIELD", "change.reason");
  ExpectInvalid(Release(fx, R"(change { actor: "operator" reason: "why" })").status(),
                "MISSING_FIELD", "sequence");
  ExpectInvalid(Release(fx, fmt::format(R"(request_id: "{}" change {{ actor: "o" reason: "w" }}
                                           sequence: 3)",
                                        std::string(101, 'x')))
                    .status(),
                "TOO_LONG", "request_id");
}

TEST(ReleaseRate, ACorrectionOfAHeldRateIsJudgedAnew) {
  RunningFx fx;
  RecordHeld(fx);
  ASSERT_TRUE(Record(fx, HouseRate("2025-02-07", "1449")).ok());
  EXPECT_EQ(ValueAt(fx), "1449");
  EXPECT_THAT(SequencesOf(*List(fx)), IsEmpty());
  ASSERT_TRUE(Record(fx, HouseRate("2025-02-07", "14490")).ok());
  EXPECT_THAT(SequencesOf(*List(fx, "held_only: true")), ElementsAre(5));
  EXPECT_EQ(ValueAt(fx), "1449");
}

}  // namespace
}  // namespace outlay::fx
