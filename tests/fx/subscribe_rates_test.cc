// SubscribeRates: the journal of rates, fed from any sequence.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/fx/fx_calls.h"

namespace outlay::fx {
namespace {

using ::testing::ElementsAre;

// A subscription that a test reads message by message.
class Subscriber {
 public:
  Subscriber(v1::FxService::Stub& stub, uint64_t after_sequence, uint64_t after_checksum = 0) {
    request_.set_after_sequence(after_sequence);
    request_.set_after_checksum(after_checksum);
    stream_ = stub.SubscribeRates(&context_, request_);
  }
  ~Subscriber() { context_.TryCancel(); }

  // nullopt at the stream's end.
  std::optional<v1::SubscribeRatesResponse> Next() {
    v1::SubscribeRatesResponse response;
    if (!stream_->Read(&response)) return std::nullopt;
    return response;
  }

  // The sequences up to the next caught-up mark, which must name the last.
  std::vector<uint64_t> UntilCaughtUp() {
    std::vector<uint64_t> sequences;
    while (const auto response = Next()) {
      if (response->has_caught_up_sequence()) {
        EXPECT_TRUE(sequences.empty() || response->caught_up_sequence() == sequences.back());
        return sequences;
      }
      for (const v1::SequencedRateChange& change : response->batch().changes()) {
        sequences.push_back(change.sequence());
      }
    }
    ADD_FAILURE() << "the stream ended";
    return sequences;
  }

  absl::Status Finish() { return rpc::FromGrpcStatus(stream_->Finish()); }

 private:
  grpc::ClientContext context_;
  v1::SubscribeRatesRequest request_;
  std::unique_ptr<grpc::ClientReader<v1::SubscribeRatesResponse>> stream_;
};

std::vector<uint64_t> From(uint64_t first, uint64_t last) {
  std::vector<uint64_t> sequences;
  for (uint64_t sequence = first; sequence <= last; ++sequence) sequences.push_back(sequence);
  return sequences;
}

void RecordOneMore(RunningFx& fx, int number) {
  ASSERT_TRUE(
      Record(fx, EcbRate("USD", fmt::format("2024-{:02}-{:02}", number / 28 + 1, number % 28 + 1),
                         "1.05"))
          .ok());
}

TEST(SubscribeRates, FeedsEachRateAsItWasRecordedWithItsPlaceAndNote) {
  RunningFx fx;
  RecordFebruary(fx);
  Subscriber subscriber(fx.stub(), 2);
  const auto response = subscriber.Next();
  ASSERT_TRUE(response.has_value());
  ASSERT_EQ(response->batch().changes_size(), 2);
  const v1::SequencedRateChange& change = response->batch().changes(0);
  EXPECT_EQ(change.sequence(), 3u);
  EXPECT_EQ(change.recorded_time().seconds(),
            std::chrono::duration_cast<std::chrono::seconds>(
                time::ParseInstant(RunningFx::kNow)->time_since_epoch())
                .count());
  EXPECT_EQ(change.change().note().actor(), "tester");
  const v1::Rate& rate = change.change().rate_recorded();
  EXPECT_EQ(rate.provider(), "ecb");
  EXPECT_EQ(rate.quote_currency(), "USD");
  EXPECT_EQ(rate.fixing_date(), "2025-02-07");
  EXPECT_EQ(rate.value().value(), "1.0377");
  EXPECT_EQ(response->batch().changes(1).change().rate_recorded().quote_currency(), "KRW");
  EXPECT_EQ(subscriber.Next()->caught_up_sequence(), 4u);
}

TEST(SubscribeRates, GoesOnFromEverySequenceWithoutGapOrRepeat) {
  RunningFx fx(RunningFx::Values{{"feed-batch-records", "3"}});
  RecordFebruary(fx);
  for (int i = 0; i < 6; ++i) RecordOneMore(fx, i);
  for (uint64_t after = 0; after <= 10; ++after) {
    Subscriber subscriber(fx.stub(), after);
    EXPECT_EQ(subscriber.UntilCaughtUp(), From(after + 1, 10)) << "after " << after;
  }
  fx.Restart();
  RecordOneMore(fx, 6);
  for (uint64_t after = 0; after <= 11; ++after) {
    Subscriber subscriber(fx.stub(), after);
    EXPECT_EQ(subscriber.UntilCaughtUp(), From(after + 1, 11)) << "after " << after;
  }
}

TEST(SubscribeRates, BatchesAreBounded) {
  RunningFx fx(RunningFx::Values{{"feed-batch-records", "3"}});
  RecordFebruary(fx);
  Subscriber subscriber(fx.stub(), 0);
  EXPECT_EQ(subscriber.Next()->batch().changes_size(), 3);
  EXPECT_EQ(subscriber.Next()->batch().changes_size(), 1);
  EXPECT_EQ(subscriber.Next()->caught_up_sequence(), 4u);
}

TEST(SubscribeRates, SaysThatItHasCaughtUpAfterEveryTimeItWasBehind) {
  RunningFx fx;
  Subscriber subscriber(fx.stub(), 0);
  EXPECT_EQ(subscriber.Next()->caught_up_sequence(), 0u);
  RecordFebruary(fx);
  EXPECT_THAT(subscriber.UntilCaughtUp(), ElementsAre(1, 2, 3, 4));
  RecordOneMore(fx, 1);
  EXPECT_THAT(subscriber.UntilCaughtUp(), ElementsAre(5));
}

TEST(SubscribeRates, SubscribersThatFollowWritersGetEverythingOnceInOrder) {
  constexpr uint64_t kLast = 204;
  RunningFx fx;
  RecordFebruary(fx);
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, after = static_cast<uint64_t>(i % 5)] {
      Subscriber subscriber(fx.stub(), after);
      uint64_t last = after;
      while (last < kLast) {
        const auto response = subscriber.Next();
        ASSERT_TRUE(response.has_value());
        if (response->has_caught_up_sequence()) {
          ASSERT_EQ(response->caught_up_sequence(), last);
        }
        for (const auto& change : response->batch().changes()) {
          ASSERT_EQ(change.sequence(), ++last);
        }
      }
    });
  }
  for (int i = 0; i < 200; ++i) RecordOneMore(fx, i);
  for (std::thread& thread : threads) thread.join();
}

TEST(SubscribeRates, APositionBeyondTheJournalIsRefused) {
  RunningFx fx;
  RecordFebruary(fx);
  Subscriber subscriber(fx.stub(), 5);
  EXPECT_FALSE(subscriber.Next().has_value());
  const absl::Status status = subscriber.Finish();
  ExpectError(status, absl::StatusCode::kOutOfRange, "SEQUENCE_AHEAD", "after_sequence");
  EXPECT_EQ(GetErrorDetail(status).metadata.at("head_sequence"), "4");
}

TEST(SubscribeRates, GoesOnOnlyInTheJournalThatWasFollowed) {
  RunningFx fx;
  RecordFebruary(fx);
  Subscriber first(fx.stub(), 0);
  const uint64_t checksum = first.Next()->batch().last_checksum();
  EXPECT_NE(checksum, 0u);
  RecordOneMore(fx, 1);
  Subscriber same(fx.stub(), 4, checksum);
  EXPECT_THAT(same.UntilCaughtUp(), ElementsAre(5));
  Subscriber other(fx.stub(), 3, checksum);
  EXPECT_FALSE(other.Next().has_value());
  ExpectError(other.Finish(), absl::StatusCode::kFailedPrecondition, "JOURNAL_DIFFERS", "");
}

TEST(SubscribeRates, AQuietFeedSaysThatItIsAlive) {
  RunningFx fx(RunningFx::Values{{"heartbeat-ms", "10"}});
  RecordFebruary(fx);
  Subscriber subscriber(fx.stub(), 0);
  subscriber.UntilCaughtUp();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(subscriber.Next()->heartbeat_sequence(), 4u);
}

TEST(SubscribeRates, ADrainTellsTheLastSequenceSent) {
  RunningFx fx;
  RecordFebruary(fx);
  const auto stub = v1::FxService::NewStub(fx.Connect());
  Subscriber subscriber(*stub, 1);
  subscriber.UntilCaughtUp();
  fx.Stop();
  EXPECT_FALSE(subscriber.Next().has_value());
  const absl::Status status = subscriber.Finish();
  ExpectError(status, absl::StatusCode::kUnavailable, "DRAINING", "");
  EXPECT_EQ(GetErrorDetail(status).metadata.at("sequence"), "4");
}

}  // namespace
}  // namespace outlay::fx
