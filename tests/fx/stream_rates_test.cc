// StreamRates: batches of rates, each acknowledged once it is stored.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "services/common/time/date.h"
#include "tests/fx/fx_calls.h"
#include "tests/support/batch_writer.h"

namespace outlay::fx {
namespace {

using Stub = v1::FxService::Stub;

class Writer : public tests::BatchWriter<v1::StreamRatesRequest, v1::StreamRatesResponse> {
 public:
  explicit Writer(Stub& stub)
      : BatchWriter([&](auto* context) { return stub.StreamRates(context); }) {}

  absl::Status Finish() { return rpc::FromGrpcStatus(FinishCall()); }
};

// Rates of dollars for `count` days, from the day `first` of 1999 on.
v1::StreamRatesRequest Batch(uint64_t batch_number, int first, int count) {
  v1::StreamRatesRequest batch;
  batch.set_batch_number(batch_number);
  batch.mutable_change()->set_actor("loader");
  const time::Date start = time::ParseDate("1999-01-01").value();
  for (int i = first; i < first + count; ++i) {
    v1::Rate& rate = *batch.add_rates();
    rate.set_provider("ecb");
    rate.set_base_currency("EUR");
    rate.set_quote_currency("USD");
    rate.set_fixing_date(time::FormatDate(start + std::chrono::days(i)));
    rate.mutable_value()->set_value(fmt::format("1.{}", 1'000 + i));
  }
  return batch;
}

uint64_t Head(RunningFx& fx) {
  return fx.Call(&Stub::ListProviders, v1::ListProvidersRequest())->stamp().fx_sequence();
}

TEST(StreamRates, AcknowledgesEveryBatchInTheOrderSentAndStoresIt) {
  RunningFx fx;
  {
    Writer writer(fx.stub());
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(writer.Send(Batch(i + 1, i * 50, 50)));
    writer.Done();
    for (int i = 0; i < 20; ++i) {
      const auto acknowledgement = writer.Next();
      ASSERT_TRUE(acknowledgement.has_value());
      EXPECT_EQ(acknowledgement->batch_number(), i + 1u);
      EXPECT_EQ(acknowledgement->recorded_count(), 50u);
      EXPECT_EQ(acknowledgement->replayed_count(), 0u);
      EXPECT_EQ(acknowledgement->stamp().fx_sequence(), 50u * (i + 1));
    }
    EXPECT_FALSE(writer.Next().has_value());
    EXPECT_TRUE(writer.Finish().ok());
  }
  fx.Restart();
  EXPECT_EQ(Head(fx), 1'000u);
  const auto rate = Get(fx, R"(on_date { date: "1999-01-02" })", "", "EUR", "USD");
  ASSERT_TRUE(rate.ok()) << rate.status();
  EXPECT_EQ(rate->rate().value().value(), "1.1001");
}

TEST(StreamRates, WhatIsAcknowledgedIsRead) {
  RunningFx fx;
  Writer writer(fx.stub());
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(writer.Send(Batch(i, i, 1)));
    ASSERT_TRUE(writer.Next().has_value());
    const std::string date = Batch(0, i, 1).rates(0).fixing_date();
    const auto rate =
        Get(fx, fmt::format(R"(on_date {{ date: "{}" fallback: DATE_FALLBACK_EXACT }})", date), "",
            "EUR", "USD");
    EXPECT_TRUE(rate.ok()) << rate.status();
  }
}

TEST(StreamRates, TakesTenThousandAndNamesTheRefusedByIndex) {
  RunningFx fx;
  Writer writer(fx.stub());
  auto batch = Batch(7, 0, 10'000);
  batch.mutable_rates(3)->mutable_value()->set_value("-1");
  batch.mutable_rates(9'999)->set_quote_currency("KRQ");
  ASSERT_TRUE(writer.Send(batch));
  const auto acknowledgement = writer.Next();
  ASSERT_TRUE(acknowledgement.has_value());
  // The days after today are refused too.
  const auto to_come = static_cast<uint32_t>(acknowledgement->rejected_size() - 2);
  EXPECT_EQ(acknowledgement->recorded_count(), 9'998 - to_come);
  EXPECT_EQ(acknowledgement->rejected().at(3).violations(0).field(), "rates[3].value");
  EXPECT_EQ(acknowledgement->rejected().at(9'999).violations(0).field(),
            "rates[9999].quote_currency");
  EXPECT_EQ(Head(fx), 9'998 - to_come);
}

TEST(StreamRates, SentAgainItStoresNothing) {
  RunningFx fx;
  for (const uint32_t replayed_count : {0u, 100u}) {
    Writer writer(fx.stub());
    ASSERT_TRUE(writer.Send(Batch(1, 0, 100)));
    const auto acknowledgement = writer.Next();
    EXPECT_EQ(acknowledgement->replayed_count(), replayed_count);
    EXPECT_EQ(acknowledgement->recorded_count(), 100 - replayed_count);
  }
  EXPECT_EQ(Head(fx), 100u);
}

TEST(StreamRates, KeepsTheNoteUntilAnotherComes) {
  RunningFx fx;
  Writer writer(fx.stub());
  ASSERT_TRUE(writer.Send(Batch(1, 0, 1)));
  auto batch = Batch(2, 1, 1);
  batch.clear_change();
  ASSERT_TRUE(writer.Send(batch));
  batch = Batch(3, 2, 1);
  batch.mutable_change()->set_actor("another");
  ASSERT_TRUE(writer.Send(batch));
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(writer.Next().has_value());
  grpc::ClientContext context;
  const auto feed = fx.stub().SubscribeRates(&context, v1::SubscribeRatesRequest());
  v1::SubscribeRatesResponse response;
  std::vector<std::string> actors;
  while (actors.size() < 3 && feed->Read(&response)) {
    for (const auto& change : response.batch().changes()) {
      actors.push_back(change.change().note().actor());
    }
  }
  context.TryCancel();
  EXPECT_THAT(actors, testing::ElementsAre("loader", "loader", "another"));
}

TEST(StreamRates, AWrongBatchEndsItAfterThoseBeforeAreAcknowledged) {
  RunningFx fx;
  const auto expect = [&](const v1::StreamRatesRequest& wrong, std::string_view reason,
                          std::string_view field) {
    for (const bool last : {false, true}) {
      Writer writer(fx.stub());
      ASSERT_TRUE(writer.Send(Batch(5, 0, 100)));
      if (last) {
        writer.SendLast(wrong);
      } else {
        ASSERT_TRUE(writer.Send(wrong));
      }
      const auto acknowledgement = writer.Next();
      ASSERT_TRUE(acknowledgement.has_value()) << reason;
      EXPECT_EQ(acknowledgement->batch_number(), 5u);
      EXPECT_FALSE(writer.Next().has_value());
      const absl::Status status = writer.Finish();
      ExpectInvalid(status, reason, field);
      EXPECT_EQ(GetErrorDetail(status).metadata.at("batch_number"),
                std::to_string(wrong.batch_number()));
    }
  };
  expect(Batch(5, 100, 1), "BATCH_NUMBER_ORDER", "batch_number");
  expect(Batch(6, 100, 0), "WRONG_NUMBER_OF_ELEMENTS", "rates");
  expect(Batch(6, 0, 10'001), "WRONG_NUMBER_OF_ELEMENTS", "rates");
  auto nobody = Batch(6, 100, 1);
  nobody.mutable_change()->clear_actor();
  expect(nobody, "MISSING_FIELD", "change.actor");
  EXPECT_EQ(Head(fx), 100u);
}

TEST(StreamRates, NeedsANoteInTheFirstMessage) {
  RunningFx fx;
  Writer writer(fx.stub());
  auto batch = Batch(1, 0, 1);
  batch.clear_change();
  ASSERT_TRUE(writer.Send(batch));
  EXPECT_FALSE(writer.Next().has_value());
  ExpectInvalid(writer.Finish(), "MISSING_FIELD", "change.actor");
}

TEST(StreamRates, StreamsThatSendTheSameRatesStoreThemOnce) {
  RunningFx fx;
  std::vector<std::thread> threads;
  std::atomic<uint32_t> recorded_count{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      Writer writer(fx.stub());
      for (int i = 0; i < 10; ++i) writer.Send(Batch(i + 1, i * 20, 20));
      writer.Done();
      while (const auto acknowledgement = writer.Next()) {
        recorded_count += acknowledgement->recorded_count();
        EXPECT_EQ(acknowledgement->recorded_count() + acknowledgement->replayed_count(), 20u);
      }
      EXPECT_TRUE(writer.Finish().ok());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(recorded_count, 200u);
  EXPECT_EQ(Head(fx), 200u);
}

TEST(StreamRates, AServerThatStopsSaysWhatItHasAcknowledged) {
  RunningFx fx;
  const auto stub = v1::FxService::NewStub(fx.Connect());
  Writer writer(*stub);
  ASSERT_TRUE(writer.Send(Batch(3, 0, 100)));
  EXPECT_EQ(writer.Next()->batch_number(), 3u);
  std::thread stopper([&] { fx.Stop(); });
  EXPECT_FALSE(writer.Next().has_value());
  const absl::Status status = writer.Finish();
  stopper.join();
  ExpectError(status, absl::StatusCode::kUnavailable, "DRAINING", "");
  EXPECT_EQ(GetErrorDetail(status).metadata.at("batch_number"), "3");
  fx.Restart();
  EXPECT_EQ(Head(fx), 100u);
}

}  // namespace
}  // namespace outlay::fx
