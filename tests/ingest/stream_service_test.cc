// StreamDisclosures: batches, each acknowledged once it is stored.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "tests/ingest/service_support.h"
#include "tests/support/batch_writer.h"

namespace outlay::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class Writer
    : public tests::BatchWriter<v1::StreamDisclosuresRequest, v1::StreamDisclosuresResponse> {
 public:
  explicit Writer(IngestServer& server)
      : BatchWriter([&](auto* context) { return server.stub().StreamDisclosures(context); }) {}

  Failure Finish() { return FailureOf(FinishCall()); }
};

// Records whose quotes, and so whose contents, are the numbers from `first` on.
v1::StreamDisclosuresRequest Batch(uint64_t batch_number, int first, int count) {
  v1::StreamDisclosuresRequest batch;
  batch.set_batch_number(batch_number);
  batch.mutable_change()->set_actor("loader");
  for (int i = first; i < first + count; ++i) {
    v1::Disclosure& disclosure = *batch.add_entries()->mutable_disclosure();
    disclosure = AmazonGuidance();
    disclosure.set_quote(std::to_string(i));
  }
  return batch;
}

class StreamTest : public ::testing::Test {
 protected:
  StreamTest() { AddCompanies(server_); }  // sequences 1 to 3

  std::set<std::string> StoredQuotes() {
    std::set<std::string> quotes;
    v1::ListDisclosuresRequest request;
    request.set_page_size(1'000);
    do {
      const auto page = Ask(server_, &Stub::ListDisclosures, request);
      for (const v1::Disclosure& found : page.disclosures()) {
        EXPECT_TRUE(quotes.insert(found.quote()).second) << found.quote() << " is there twice";
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return quotes;
  }

  IngestServer server_;
};

TEST_F(StreamTest, AcknowledgesEveryBatchInTheOrderSent) {
  Writer writer(server_);
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(writer.Send(Batch(i + 1, i * 50, 50)));
  writer.Done();
  for (int i = 0; i < 20; ++i) {
    const auto acknowledgement = writer.Next();
    ASSERT_TRUE(acknowledgement.has_value());
    EXPECT_EQ(acknowledgement->batch_number(), i + 1u);
    EXPECT_EQ(acknowledgement->recorded_count(), 50u);
    EXPECT_EQ(acknowledgement->replayed_count(), 0u);
    EXPECT_EQ(acknowledgement->first_sequence(), 4u + i * 50);
  }
  EXPECT_FALSE(writer.Next().has_value());
  EXPECT_EQ(writer.Finish().code, absl::StatusCode::kOk);
  EXPECT_EQ(StoredQuotes().size(), 1'000u);
}

TEST_F(StreamTest, WhatIsAcknowledgedIsListed) {
  Writer writer(server_);
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(writer.Send(Batch(i, i, 1)));
    const auto acknowledgement = writer.Next();
    ASSERT_TRUE(acknowledgement.has_value());
    EXPECT_TRUE(StoredQuotes().contains(std::to_string(i)));
  }
}

TEST_F(StreamTest, NamesReplayedAndRefusedRecordsByTheirIndex) {
  Writer writer(server_);
  ASSERT_TRUE(writer.Send(Batch(7, 0, 2)));
  auto batch = Batch(9, 1, 3);  // 1 again, 2 and 3
  batch.mutable_entries(1)->mutable_disclosure()->set_measure("capex");
  ASSERT_TRUE(writer.Send(batch));
  EXPECT_EQ(writer.Next()->first_sequence(), 4u);
  const auto acknowledgement = writer.Next();
  EXPECT_EQ(acknowledgement->batch_number(), 9u);
  EXPECT_EQ(acknowledgement->recorded_count(), 1u);
  EXPECT_EQ(acknowledgement->replayed_count(), 1u);
  EXPECT_EQ(acknowledgement->first_sequence(), 6u);
  EXPECT_THAT(acknowledgement->replayed(), UnorderedElementsAre(Pair(0u, 5u)));
  ASSERT_EQ(acknowledgement->rejected_size(), 1);
  const journal::v1::RecordError& error = acknowledgement->rejected().at(1);
  EXPECT_EQ(error.reason(), "UNKNOWN_MEASURE");
  EXPECT_EQ(error.violations(0).field(), "entries[1].disclosure.measure");
  EXPECT_EQ(Head(server_), 6u);
}

TEST_F(StreamTest, SentAgainItStoresNothing) {
  for (const uint32_t replayed_count : {0u, 100u}) {
    Writer writer(server_);
    ASSERT_TRUE(writer.Send(Batch(1, 0, 100)));
    EXPECT_EQ(writer.Next()->replayed_count(), replayed_count);
  }
  EXPECT_EQ(Head(server_), 103u);
}

TEST_F(StreamTest, KeepsTheNoteUntilAnotherComes) {
  Writer writer(server_);
  ASSERT_TRUE(writer.Send(Batch(1, 0, 1)));
  auto batch = Batch(2, 1, 1);
  batch.clear_change();
  ASSERT_TRUE(writer.Send(batch));
  batch = Batch(3, 2, 1);
  batch.mutable_change()->set_actor("another");
  ASSERT_TRUE(writer.Send(batch));
  for (const char* const actor : {"loader", "loader", "another"}) {
    const auto acknowledgement = writer.Next();
    ASSERT_TRUE(acknowledgement.has_value());
    char id[20];
    snprintf(id, sizeof id, "d-%016x", static_cast<unsigned>(acknowledgement->first_sequence()));
    EXPECT_EQ(Get(server_, id).change().actor(), actor);
  }
}

TEST_F(StreamTest, AWrongBatchEndsItAfterThoseBeforeAreAcknowledged) {
  const auto expect = [&](const v1::StreamDisclosuresRequest& wrong, const std::string& reason,
                          const std::string& field) {
    Writer writer(server_);
    ASSERT_TRUE(writer.Send(Batch(5, 0, 100)));
    ASSERT_TRUE(writer.Send(wrong));
    const auto acknowledgement = writer.Next();
    ASSERT_TRUE(acknowledgement.has_value()) << reason;
    EXPECT_EQ(acknowledgement->batch_number(), 5u);
    EXPECT_FALSE(writer.Next().has_value());
    const Failure failure = writer.Finish();
    EXPECT_EQ(failure.code, absl::StatusCode::kInvalidArgument) << failure.message;
    EXPECT_EQ(failure.reason, reason);
    EXPECT_THAT(failure.fields, ElementsAre(field));
  };
  expect(Batch(5, 100, 1), "BATCH_NUMBER_ORDER", "batch_number");
  expect(Batch(6, 100, 0), "EMPTY_BATCH", "entries");
  expect(Batch(6, 0, 10'001), "BATCH_TOO_LARGE", "entries");
  auto nobody = Batch(6, 100, 1);
  nobody.mutable_change()->clear_actor();
  expect(nobody, "REQUIRED", "change.actor");
  EXPECT_EQ(Head(server_), 103u);
}

// The end of the stream is seen while its last batch is still being looked at.
TEST_F(StreamTest, AWrongLastBatchIsRefusedThoughNothingFollowsIt) {
  const auto too_large = Batch(2, 0, 10'001);
  for (int run = 0; run < 10; ++run) {
    Writer writer(server_);
    ASSERT_TRUE(writer.Send(Batch(1, 0, 10)));
    writer.SendLast(too_large);
    const auto acknowledgement = writer.Next();
    ASSERT_TRUE(acknowledgement.has_value());
    EXPECT_EQ(acknowledgement->batch_number(), 1u);
    EXPECT_FALSE(writer.Next().has_value());
    ASSERT_EQ(writer.Finish().reason, "BATCH_TOO_LARGE") << "run " << run;
  }
}

TEST_F(StreamTest, NeedsANoteInTheFirstMessage) {
  Writer writer(server_);
  auto batch = Batch(1, 0, 1);
  batch.clear_change();
  ASSERT_TRUE(writer.Send(batch));
  EXPECT_FALSE(writer.Next().has_value());
  EXPECT_THAT(writer.Finish().fields, ElementsAre("change.actor"));
}

TEST_F(StreamTest, AnEmptyStreamEndsWell) {
  Writer writer(server_);
  writer.Done();
  EXPECT_FALSE(writer.Next().has_value());
  EXPECT_EQ(writer.Finish().code, absl::StatusCode::kOk);
}

TEST_F(StreamTest, ACallerThatReadsNoAcknowledgementsLosesNone) {
  constexpr int kBatches = 300;
  Writer writer(server_);
  std::thread sender([&writer] {
    for (int i = 0; i < kBatches; ++i) {
      if (!writer.Send(Batch(i + 1, i * 3, 3))) return;
    }
    writer.Done();
  });
  sender.join();
  for (uint64_t number = 1; number <= kBatches; ++number) {
    const auto acknowledgement = writer.Next();
    ASSERT_TRUE(acknowledgement.has_value());
    EXPECT_EQ(acknowledgement->batch_number(), number);
  }
  EXPECT_EQ(writer.Finish().code, absl::StatusCode::kOk);
}

TEST_F(StreamTest, StreamsThatSendTheSameRecordsStoreThemOnce) {
  std::vector<std::thread> threads;
  std::atomic<uint32_t> recorded_count{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      Writer writer(server_);
      for (int i = 0; i < 10; ++i) writer.Send(Batch(i + 1, i * 20, 20));
      writer.Done();
      while (const auto acknowledgement = writer.Next()) {
        recorded_count += acknowledgement->recorded_count();
        EXPECT_EQ(acknowledgement->recorded_count() + acknowledgement->replayed_count(), 20u);
      }
      EXPECT_EQ(writer.Finish().code, absl::StatusCode::kOk);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(recorded_count, 200u);
  EXPECT_EQ(StoredQuotes().size(), 200u);
}

TEST_F(StreamTest, AServerThatStopsSaysWhatItHasAcknowledged) {
  Writer writer(server_);
  ASSERT_TRUE(writer.Send(Batch(3, 0, 100)));
  EXPECT_EQ(writer.Next()->batch_number(), 3u);
  std::thread stopper([this] { server_.Stop(); });
  EXPECT_FALSE(writer.Next().has_value());
  const Failure failure = writer.Finish();
  stopper.join();
  EXPECT_EQ(failure.code, absl::StatusCode::kUnavailable);
  EXPECT_EQ(failure.reason, "DRAINING");
  EXPECT_EQ(failure.metadata.at("batch_number"), "3");
  server_.Restart();
  EXPECT_EQ(StoredQuotes().size(), 100u);
}

}  // namespace
}  // namespace outlay::ingest
