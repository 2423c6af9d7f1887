// StreamConvert: messages of conversions, each answered by one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "google/protobuf/util/message_differencer.h"
#include "tests/fx/fx_calls.h"
#include "tests/support/batch_writer.h"

namespace outlay::fx {
namespace {

using google::protobuf::util::MessageDifferencer;
using Stub = v1::FxService::Stub;

v1::StreamConvertRequest AsMessage(const v1::BatchConvertRequest& batch) {
  v1::StreamConvertRequest request;
  *request.mutable_batch() = batch;
  return request;
}

class Converter : public tests::BatchWriter<v1::StreamConvertRequest, v1::StreamConvertResponse> {
 public:
  explicit Converter(Stub& stub)
      : BatchWriter([&](auto* context) { return stub.StreamConvert(context); }) {}

  bool Send(const v1::BatchConvertRequest& batch) { return BatchWriter::Send(AsMessage(batch)); }
  void SendLast(const v1::BatchConvertRequest& batch) { BatchWriter::SendLast(AsMessage(batch)); }

  // nullopt at the stream's end.
  std::optional<v1::BatchConvertResponse> Next() {
    std::optional<v1::StreamConvertResponse> response = BatchWriter::Next();
    if (!response) return std::nullopt;
    return std::move(*response->mutable_batch());
  }

  absl::Status Finish() { return rpc::FromGrpcStatus(FinishCall()); }
};

// At the rate of 2025-02-07, exact: `count` amounts of dollars from `first` on.
v1::BatchConvertRequest Dollars(int first, int count) {
  auto batch = Parse<v1::BatchConvertRequest>(R"(specs { on_date { date: "2025-02-07" } })");
  for (int i = 0; i < count; ++i) {
    v1::Conversion& conversion = *batch.add_conversions();
    conversion.mutable_amount()->set_currency_code("USD");
    conversion.mutable_amount()->set_units(first + i);
    conversion.set_to_currency("KRW");
  }
  return batch;
}

// A thousand conversions of every kind, the bad ones among them: several specs, currencies and directions in turn.
v1::BatchConvertRequest Mixed(int seed) {
  auto batch = Parse<v1::BatchConvertRequest>(R"(
      specs { on_date { date: "2025-02-07" } }
      specs { on_date { date: "2025-02-06" fallback: DATE_FALLBACK_EXACT } }
      specs { fixed { value { value: "1456.3" } base_currency: "USD" quote_currency: "KRW" } }
      specs { on_date { date: "2020-02-07" } }
      rounding { mode: ROUNDING_MODE_HALF_UP scale: 3 })");
  const std::vector<std::string> currencies = {"USD", "KRW", "EUR", "EUR", "TWD", "XYZ", "usd", ""};
  for (int i = 0; i < 1'000; ++i) {
    const int n = i * 7 + seed;
    v1::Conversion& conversion = *batch.add_conversions();
    conversion.mutable_amount()->set_currency_code(currencies[n / 5 % 8]);
    conversion.mutable_amount()->set_units(n % 11 == 0 ? 9'000'000'000'000'000'000 : n - 3'000);
    conversion.mutable_amount()->set_nanos(n % 13 == 0 ? -1 : 0);
    conversion.set_to_currency(currencies[n / 3 % 8]);
    conversion.set_spec_index(n / 50 % 6);
  }
  return batch;
}

TEST(StreamConvert, AnswersEveryMessageInTheOrderSent) {
  RunningFx fx;
  RecordFebruary(fx);
  Converter converter(fx.stub());
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(converter.Send(Dollars(100 + i, 3)));
  converter.Done();
  for (int i = 0; i < 50; ++i) {
    const auto answer = converter.Next();
    ASSERT_TRUE(answer.has_value()) << i;
    ASSERT_EQ(answer->results_size(), 3);
    EXPECT_EQ(answer->rates_size(), 1);
    EXPECT_EQ(answer->stamp().fx_sequence(), 4u);
    const auto alone = Convert(fx, fmt::format(R"(amount {{ currency_code: "USD" units: {} }}
        to_currency: "KRW" spec {{ on_date {{ date: "2025-02-07" }} }})",
                                               102 + i));
    EXPECT_EQ(answer->results(2).converted().units(), alone->converted().units());
  }
  EXPECT_FALSE(converter.Next().has_value());
  EXPECT_TRUE(converter.Finish().ok());
}

TEST(StreamConvert, AnswersAThousandConversionsAsBatchConvertDoes) {
  RunningFx fx;
  RecordFebruary(fx);
  Converter converter(fx.stub());
  for (int seed = 0; seed < 5; ++seed) {
    const v1::BatchConvertRequest batch = Mixed(seed);
    const auto expected = fx.Call(&Stub::BatchConvert, batch);
    ASSERT_TRUE(expected.ok()) << expected.status();
    ASSERT_TRUE(converter.Send(batch));
    const auto answer = converter.Next();
    ASSERT_TRUE(answer.has_value());
    EXPECT_TRUE(MessageDifferencer::Equals(*answer, *expected)) << "seed " << seed;
  }
}

// What is remembered of one conversion is not taken for the next.
TEST(StreamConvert, AnswersEachConversionAsIfItWereAlone) {
  RunningFx fx;
  RecordFebruary(fx);
  const v1::BatchConvertRequest batch = Mixed(1);
  const auto together = fx.Call(&Stub::BatchConvert, batch);
  ASSERT_TRUE(together.ok()) << together.status();
  int converted_count = 0;
  int error_count = 0;
  for (int i = 0; i < batch.conversions_size(); i += 3) {
    v1::BatchConvertRequest one = batch;
    one.clear_conversions();
    *one.add_conversions() = batch.conversions(i);
    const auto alone = fx.Call(&Stub::BatchConvert, one);
    ASSERT_TRUE(alone.ok()) << alone.status();
    const v1::ConversionResult& result = together->results(i);
    if (result.has_error()) {
      ++error_count;
      EXPECT_EQ(result.error().reason(), alone->results(0).error().reason()) << i;
      continue;
    }
    ++converted_count;
    EXPECT_TRUE(MessageDifferencer::Equals(result.converted(), alone->results(0).converted())) << i;
    EXPECT_TRUE(MessageDifferencer::Equals(together->rates(result.rate_index()), alone->rates(0)))
        << i;
  }
  EXPECT_GT(converted_count, 30);
  EXPECT_GT(error_count, 30);
}

TEST(StreamConvert, ReportsABadConversionInItsPlace) {
  RunningFx fx;
  RecordFebruary(fx);
  Converter converter(fx.stub());
  auto batch = Dollars(100, 3);
  batch.mutable_conversions(1)->set_to_currency("KRQ");
  ASSERT_TRUE(converter.Send(batch));
  const auto answer = converter.Next();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->results(0).converted().units(), 144'709);
  EXPECT_EQ(answer->results(1).error().reason(), "UNKNOWN_CURRENCY");
  EXPECT_EQ(answer->results(1).error().violations(0).field(), "conversions[1].to_currency");
  EXPECT_EQ(answer->results(2).converted().units(), 147'604);
  ASSERT_TRUE(converter.Send(Dollars(100, 1)));
  EXPECT_TRUE(converter.Next().has_value());
}

TEST(StreamConvert, AWrongMessageEndsItAfterThoseBeforeAreAnswered) {
  RunningFx fx;
  RecordFebruary(fx);
  const auto expect = [&](const v1::BatchConvertRequest& wrong, absl::StatusCode code,
                          std::string_view reason, std::string_view field) {
    for (const bool last : {false, true}) {
      Converter converter(fx.stub());
      ASSERT_TRUE(converter.Send(Dollars(0, 1'000)));
      ASSERT_TRUE(converter.Send(Dollars(0, 2)));
      if (last) {
        converter.SendLast(wrong);
      } else {
        ASSERT_TRUE(converter.Send(wrong));
      }
      EXPECT_EQ(converter.Next()->results_size(), 1'000);
      EXPECT_EQ(converter.Next()->results_size(), 2);
      EXPECT_FALSE(converter.Next().has_value());
      const absl::Status status = converter.Finish();
      ExpectError(status, code, reason, field);
      EXPECT_EQ(GetErrorDetail(status).metadata.at("message_number"), "3");
    }
  };
  const auto invalid = absl::StatusCode::kInvalidArgument;
  expect(Dollars(0, 0), invalid, "WRONG_NUMBER_OF_ELEMENTS", "batch.conversions");
  expect(Dollars(0, 10'001), invalid, "WRONG_NUMBER_OF_ELEMENTS", "batch.conversions");
  auto bad_spec = Dollars(0, 1);
  bad_spec.mutable_specs(0)->mutable_on_date()->set_date("x");
  expect(bad_spec, invalid, "MALFORMED_DATE", "batch.specs[0].on_date.date");
  auto ahead = Dollars(0, 1);
  ahead.set_minimum_sequence(9);
  expect(ahead, absl::StatusCode::kUnavailable, "BEHIND_MINIMUM", "");
}

TEST(StreamConvert, EachMessageSaysWhichRatesItSaw) {
  RunningFx fx;
  RecordFebruary(fx);
  Converter converter(fx.stub());
  ASSERT_TRUE(converter.Send(Dollars(100, 1)));
  const auto before = converter.Next();
  ASSERT_TRUE(before.has_value());
  EXPECT_EQ(before->stamp().fx_sequence(), 4u);
  ASSERT_TRUE(Record(fx, EcbRate("KRW", "2025-02-07", "3003.3")).ok());
  ASSERT_TRUE(converter.Send(Dollars(100, 1)));
  const auto after = converter.Next();
  ASSERT_TRUE(after.has_value());
  EXPECT_EQ(after->stamp().fx_sequence(), 5u);
  EXPECT_EQ(before->results(0).converted().units(), 144'709);
  EXPECT_EQ(after->results(0).converted().units(), 289'419);
}

TEST(StreamConvert, AnEmptyStreamEndsWell) {
  RunningFx fx;
  Converter converter(fx.stub());
  converter.Done();
  EXPECT_FALSE(converter.Next().has_value());
  EXPECT_TRUE(converter.Finish().ok());
}

TEST(StreamConvert, ACallerThatCancelsLeavesTheServerWell) {
  RunningFx fx;
  RecordFebruary(fx);
  for (int run = 0; run < 5; ++run) {
    Converter converter(fx.stub());
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(converter.Send(Dollars(0, 10'000)));
    if (run % 2 == 1) converter.Next();
    converter.Cancel();
    while (converter.Next()) {
    }
    EXPECT_EQ(converter.Finish().code(), absl::StatusCode::kCancelled);
  }
  Converter converter(fx.stub());
  ASSERT_TRUE(converter.Send(Dollars(100, 1)));
  EXPECT_TRUE(converter.Next().has_value());
}

// 100 MB of questions: they stay with the caller until it takes its answers.
TEST(StreamConvert, ASlowReaderIsNotReadFrom) {
  constexpr int kMessages = 2'000;
  RunningFx fx;
  RecordFebruary(fx);
  Converter converter(fx.stub());
  std::atomic<int> sent_count = 0;
  std::thread sender([&] {
    const v1::BatchConvertRequest batch = Dollars(100, 2'000);
    for (int i = 0; i < kMessages && converter.Send(batch); ++i) ++sent_count;
    converter.Done();
  });
  int seen = -1;
  while (seen != sent_count) {
    seen = sent_count;
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
  }
  EXPECT_LT(seen, kMessages);
  int answered_count = 0;
  while (const auto answer = converter.Next()) {
    EXPECT_EQ(answer->results_size(), 2'000);
    ++answered_count;
  }
  sender.join();
  EXPECT_EQ(answered_count, kMessages);
  EXPECT_TRUE(converter.Finish().ok());
}

TEST(StreamConvert, AServerThatStopsSaysWhatItHasAnswered) {
  RunningFx fx;
  RecordFebruary(fx);
  auto channel = fx.Connect();
  const auto stub = v1::FxService::NewStub(channel);
  Converter converter(*stub);
  ASSERT_TRUE(converter.Send(Dollars(0, 10)));
  ASSERT_TRUE(converter.Send(Dollars(0, 10)));
  EXPECT_TRUE(converter.Next().has_value());
  EXPECT_TRUE(converter.Next().has_value());
  std::thread stopper([&] { fx.Stop(); });
  EXPECT_FALSE(converter.Next().has_value());
  const absl::Status status = converter.Finish();
  stopper.join();
  ExpectError(status, absl::StatusCode::kUnavailable, "DRAINING", "");
  EXPECT_EQ(GetErrorDetail(status).metadata.at("message_number"), "2");
}

}  // namespace
}  // namespace outlay::fx
