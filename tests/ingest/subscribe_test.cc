#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "tests/ingest/service_support.h"

namespace outlay::ingest {
namespace {

using ::testing::ElementsAre;

// A subscription that a test reads message by message.
class Subscriber {
 public:
  Subscriber(IngestServer& server, uint64_t after_sequence, uint64_t after_checksum = 0)
      : Subscriber(server.stub(), after_sequence, after_checksum) {}
  Subscriber(v1::IngestService::Stub& stub, uint64_t after_sequence, uint64_t after_checksum = 0) {
    request_.set_after_sequence(after_sequence);
    request_.set_after_checksum(after_checksum);
    stream_ = stub.SubscribeChanges(&context_, request_);
  }

  ~Subscriber() { context_.TryCancel(); }

  // nullopt at the stream's end.
  std::optional<v1::SubscribeChangesResponse> Next() {
    v1::SubscribeChangesResponse response;
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
      for (const v1::SequencedChange& change : response->batch().changes()) {
        sequences.push_back(change.sequence());
      }
    }
    ADD_FAILURE() << "the stream ended";
    return sequences;
  }

  Failure Finish() { return FailureOf(stream_->Finish()); }

 private:
  grpc::ClientContext context_;
  v1::SubscribeChangesRequest request_;
  std::unique_ptr<grpc::ClientReader<v1::SubscribeChangesResponse>> stream_;
};

// A connection on which little is under way to a client that does not read: otherwise gRPC lets it
// be megabytes, the more the slower the machine.
std::unique_ptr<v1::IngestService::Stub> ConnectNarrowly(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 64 << 10);
  return v1::IngestService::NewStub(
      grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
}

std::string RecordQuoted(IngestServer& server, int number) {
  v1::Disclosure disclosure = AmazonGuidance();
  disclosure.set_quote(std::to_string(number));
  return Record(server, disclosure);
}

// 7.6 MB of quotes.
void RecordFourThousandLarge(IngestServer& server) {
  v1::Disclosure large = AmazonGuidance();
  for (int batch = 0; batch < 8; ++batch) {
    std::vector<v1::Disclosure> many;
    for (int i = 0; i < 500; ++i) {
      large.set_quote(std::string(1'900, 'q') + std::to_string(batch * 500 + i));
      many.push_back(large);
    }
    Ask(server, &Stub::RecordDisclosures, RecordRequest(many));
  }
}

class SubscribeTest : public ::testing::Test {
 protected:
  explicit SubscribeTest(std::map<std::string, std::string> settings = {})
      : server_(std::move(settings)) {
    AddCompanies(server_);
  }

  IngestServer server_;
};

TEST_F(SubscribeTest, FeedsEveryKindOfChangeWithItsPlaceAndNote) {
  const std::string id = RecordQuoted(server_, 1);
  v1::CorrectDisclosureRequest correct;
  correct.mutable_change()->set_actor("editor");
  correct.mutable_change()->set_reason("typo");
  correct.set_disclosure_id(id);
  correct.set_expected_revision(1);
  *correct.mutable_disclosure() = AmazonGuidance();
  Ask(server_, &Stub::CorrectDisclosure, correct);
  v1::VoidDisclosureRequest voided;
  *voided.mutable_change() = correct.change();
  voided.set_disclosure_id(id);
  voided.set_expected_revision(2);
  Ask(server_, &Stub::VoidDisclosure, voided);

  Subscriber subscriber(server_, 2);
  const auto response = subscriber.Next();
  ASSERT_TRUE(response.has_value());
  ASSERT_EQ(response->batch().changes_size(), 4);
  const v1::SequencedChange& upserted = response->batch().changes(0);
  EXPECT_EQ(upserted.sequence(), 3u);
  EXPECT_EQ(upserted.change().organization_upserted().organization_id(), "microsoft");
  const v1::SequencedChange& recorded = response->batch().changes(1);
  EXPECT_EQ(recorded.sequence(), 4u);
  EXPECT_EQ(recorded.recorded_time().seconds(), 1742040000);
  EXPECT_EQ(recorded.change().disclosure_recorded().disclosure_id(), id);
  EXPECT_EQ(recorded.change().disclosure_recorded().quote(), "1");
  EXPECT_EQ(recorded.change().disclosure_recorded().amount().low().value(), "100000000000");
  EXPECT_EQ(recorded.change().note().actor(), "analyst@example.org");
  const v1::SequencedChange& corrected = response->batch().changes(2);
  EXPECT_EQ(corrected.change().disclosure_corrected().disclosure_id(), id);
  EXPECT_EQ(corrected.change().disclosure_corrected().revision(), 2u);
  EXPECT_EQ(corrected.change().note().reason(), "typo");
  EXPECT_EQ(response->batch().changes(3).change().disclosure_voided().revision(), 3u);
  EXPECT_EQ(subscriber.Next()->caught_up_sequence(), 6u);
}

TEST_F(SubscribeTest, SaysThatItHasCaughtUpAfterEveryTimeItWasBehind) {
  Subscriber subscriber(server_, 0);
  EXPECT_THAT(subscriber.UntilCaughtUp(), ElementsAre(1, 2, 3));
  RecordQuoted(server_, 1);
  EXPECT_THAT(subscriber.UntilCaughtUp(), ElementsAre(4));
  RecordQuoted(server_, 2);
  EXPECT_THAT(subscriber.UntilCaughtUp(), ElementsAre(5));
}

TEST_F(SubscribeTest, GoesOnOnlyInTheJournalThatWasFollowed) {
  Subscriber first(server_, 0);
  const uint64_t checksum = first.Next()->batch().last_checksum();
  EXPECT_NE(checksum, 0u);
  RecordQuoted(server_, 1);
  Subscriber same(server_, 3, checksum);
  EXPECT_THAT(same.UntilCaughtUp(), ElementsAre(4));
  for (const uint64_t sequence : {uint64_t{2}, uint64_t{4}}) {
    Subscriber other(server_, sequence, checksum);
    EXPECT_FALSE(other.Next().has_value());
    const Failure failure = other.Finish();
    EXPECT_EQ(failure.code, absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(failure.reason, "JOURNAL_DIFFERS");
  }
}

TEST_F(SubscribeTest, GoesOnAfterTheLastSequenceReceived) {
  RecordQuoted(server_, 1);
  Subscriber subscriber(server_, 3);
  EXPECT_THAT(subscriber.UntilCaughtUp(), ElementsAre(4));
  Subscriber at_head(server_, 4);
  EXPECT_EQ(at_head.Next()->caught_up_sequence(), 4u);
}

TEST_F(SubscribeTest, APositionBeyondTheJournalIsRefused) {
  Subscriber subscriber(server_, 4);
  EXPECT_EQ(subscriber.Next(), std::nullopt);
  const Failure failure = subscriber.Finish();
  EXPECT_EQ(failure.code, absl::StatusCode::kOutOfRange);
  EXPECT_EQ(failure.reason, "SEQUENCE_AHEAD");
  EXPECT_EQ(failure.metadata.at("head_sequence"), "3");
}

TEST_F(SubscribeTest, ManySubscribersEachGetEverythingOnceInOrder) {
  constexpr int kSubscribers = 20;
  constexpr uint64_t kRecords = 50;
  std::vector<std::thread> readers;
  std::vector<std::vector<uint64_t>> received(kSubscribers);
  for (int i = 0; i < kSubscribers; ++i) {
    readers.emplace_back([&, i] {
      Subscriber subscriber(server_, i % 4);
      while (received[i].empty() || received[i].back() < 3 + kRecords) {
        const auto response = subscriber.Next();
        ASSERT_TRUE(response.has_value());
        for (const auto& change : response->batch().changes()) {
          received[i].push_back(change.sequence());
        }
      }
    });
  }
  for (uint64_t i = 0; i < kRecords; ++i) RecordQuoted(server_, static_cast<int>(i));
  for (std::thread& reader : readers) reader.join();
  for (int i = 0; i < kSubscribers; ++i) {
    ASSERT_EQ(received[i].size(), 3 + kRecords - i % 4);
    for (size_t k = 0; k < received[i].size(); ++k) EXPECT_EQ(received[i][k], i % 4 + k + 1);
  }
}

TEST_F(SubscribeTest, ASubscriberThatDoesNotReadSlowsNobody) {
  Subscriber idle(server_, 0);
  Subscriber reader(server_, 0);
  reader.UntilCaughtUp();
  RecordFourThousandLarge(server_);
  size_t received = 0;
  while (received < 4'000) received += reader.UntilCaughtUp().size();
  EXPECT_EQ(received, 4'000u);
  size_t late = 0;
  while (late < 4'003) late += idle.UntilCaughtUp().size();
  EXPECT_EQ(late, 4'003u);
}

// A subscription that costs no thread: many at once.
class Watcher final : public grpc::ClientReadReactor<v1::SubscribeChangesResponse> {
 public:
  Watcher(IngestServer& server, uint64_t after_sequence) : last_(after_sequence) {
    request_.set_after_sequence(after_sequence);
    server.stub().async()->SubscribeChanges(&context_, &request_, this);
    StartRead(&response_);
    StartCall();
  }

  ~Watcher() override {
    context_.TryCancel();
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return done_; });
  }

  // Waits until everything up to the sequence has come, once and in order; false where the stream ends before.
  bool WaitFor(uint64_t sequence) {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return last_ >= sequence || done_; });
    return last_ == sequence && in_order_;
  }

 private:
  void OnReadDone(bool ok) override {
    if (!ok) return;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      for (const v1::SequencedChange& change : response_.batch().changes()) {
        in_order_ = in_order_ && change.sequence() == last_ + 1;
        last_ = change.sequence();
      }
      changed_.notify_all();
    }
    StartRead(&response_);
  }

  void OnDone(const grpc::Status&) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    done_ = true;
    changed_.notify_all();
  }

  grpc::ClientContext context_;
  v1::SubscribeChangesRequest request_;
  v1::SubscribeChangesResponse response_;
  std::mutex mutex_;
  std::condition_variable changed_;
  uint64_t last_;
  bool in_order_ = true;
  bool done_ = false;
};

TEST_F(SubscribeTest, AThousandIdleSubscribersAndOneThatNeverReadsHarmNobody) {
  RecordFourThousandLarge(server_);
  const uint64_t behind = Head(server_);
  const auto narrow = ConnectNarrowly(server_.address());
  Subscriber slow(*narrow, 0);  // has far more to take than fits on the way, and takes nothing
  std::vector<std::unique_ptr<Watcher>> idle;
  for (int i = 0; i < 1'000; ++i) idle.push_back(std::make_unique<Watcher>(server_, behind));

  Watcher fast(server_, 0);
  for (int i = 0; i < 10; ++i) RecordQuoted(server_, i);
  EXPECT_TRUE(fast.WaitFor(behind + 10));
  for (const std::unique_ptr<Watcher>& watcher : idle) EXPECT_TRUE(watcher->WaitFor(behind + 10));

  // What waits for the slow one is bounded: the server has read only a part of the journal for it.
  std::thread stopper([this] { server_.Stop(); });
  // A subscriber is refused once every open stream has been told to end.
  while (Subscriber(server_, behind + 10).Next()) {
  }
  while (slow.Next()) {
  }
  const Failure failure = slow.Finish();
  stopper.join();
  ASSERT_EQ(failure.reason, "DRAINING") << failure.message;
  EXPECT_LT(std::stoull(failure.metadata.at("sequence")), behind);
}

TEST_F(SubscribeTest, ADrainTellsTheLastSequenceSent) {
  Subscriber subscriber(server_, 0);
  subscriber.UntilCaughtUp();
  server_.Stop();
  EXPECT_EQ(subscriber.Next(), std::nullopt);
  const Failure failure = subscriber.Finish();
  EXPECT_EQ(failure.code, absl::StatusCode::kUnavailable);
  EXPECT_EQ(failure.reason, "DRAINING");
  EXPECT_EQ(failure.metadata.at("sequence"), "3");
}

TEST_F(SubscribeTest, ResumesOnTheRestartedServer) {
  {
    Subscriber subscriber(server_, 0);
    EXPECT_THAT(subscriber.UntilCaughtUp(), ElementsAre(1, 2, 3));
  }
  server_.Restart();
  RecordQuoted(server_, 1);
  Subscriber again(server_, 3);
  EXPECT_THAT(again.UntilCaughtUp(), ElementsAre(4));
}

class SmallBatchTest : public SubscribeTest {
 protected:
  SmallBatchTest() : SubscribeTest({{"feed-batch-records", "2"}}) {}
};

TEST_F(SmallBatchTest, BatchesAreBounded) {
  Subscriber subscriber(server_, 0);
  EXPECT_EQ(subscriber.Next()->batch().changes_size(), 2);
  EXPECT_EQ(subscriber.Next()->batch().changes_size(), 1);
  EXPECT_EQ(subscriber.Next()->caught_up_sequence(), 3u);
}

class HeartbeatTest : public SubscribeTest {
 protected:
  HeartbeatTest() : SubscribeTest({{"heartbeat-ms", "10"}}) {}
};

TEST_F(HeartbeatTest, MarksAndHeartbeatsNeverRunAheadOfTheChanges) {
  constexpr uint64_t kLast = 400;
  std::thread writer([this] {
    for (uint64_t sequence = 4; sequence <= kLast; ++sequence) {
      RecordQuoted(server_, static_cast<int>(sequence));
    }
  });
  Subscriber subscriber(server_, 0);
  uint64_t last = 0;
  while (last < kLast) {
    const auto response = subscriber.Next();
    if (!response) break;
    if (response->has_caught_up_sequence()) {
      EXPECT_EQ(response->caught_up_sequence(), last);
    } else if (response->has_heartbeat_sequence()) {
      EXPECT_EQ(response->heartbeat_sequence(), last);
    }
    for (const v1::SequencedChange& change : response->batch().changes()) {
      EXPECT_EQ(change.sequence(), ++last);
    }
  }
  writer.join();
  EXPECT_EQ(last, kLast);
}

TEST_F(HeartbeatTest, AQuietFeedSaysThatItIsAlive) {
  Subscriber subscriber(server_, 0);
  subscriber.UntilCaughtUp();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(subscriber.Next()->heartbeat_sequence(), 3u);
  RecordQuoted(server_, 1);
  auto response = subscriber.Next();
  while (response->has_heartbeat_sequence()) response = subscriber.Next();
  EXPECT_EQ(response->batch().changes(0).sequence(), 4u);
}

}  // namespace
}  // namespace outlay::ingest
