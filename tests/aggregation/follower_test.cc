// The follower: resumes, rebuilds, and says what it knows, against an ingest that comes and goes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "services/aggregation/aggregation_service.h"
#include "services/aggregation/ingest_feed_client.h"
#include "services/common/rpc/channel.h"
#include "tests/aggregation/running_aggregation.h"

namespace outlay::aggregation {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ServingStatus = grpc::health::v1::HealthCheckResponse;

class FollowerTest : public ::testing::Test {
 protected:
  FollowerTest() {
    ingest_.Append(OrganizationUpserted("amazon", "Amazon"));
    ingest_.Append(DisclosureRecorded("d-1", "amazon", "100"));
    ingest_.Append(GroupUpserted("g", {"amazon"}));
  }

  static std::string PointOf(const absl::StatusOr<v1::AggregateResponse>& response) {
    if (!response.ok()) return GetErrorDetail(response.status()).reason;
    if (response->results(0).cells().empty()) return "absent";
    return response->results(0).cells(0).point().value();
  }

  FakeIngest ingest_;
};

TEST_F(FollowerTest, IsReadyOnceItHasCaughtUpWithTheHeadOfItsFirstSubscription) {
  ingest_.HoldCatchUp();
  RunningAggregation aggregation(ingest_.address());
  aggregation.WaitUntil([](const auto& status) { return status.applied_sequence() == 3; });
  EXPECT_FALSE(aggregation.GetStatus().ready());
  EXPECT_EQ(aggregation.Health(), ServingStatus::NOT_SERVING);
  const absl::Status status = aggregation.Aggregate(AskAbout("amazon")).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(GetErrorDetail(status).reason, "NOT_READY");
  EXPECT_TRUE(GetErrorDetail(status).retry_after_ms.has_value());

  ingest_.AllowCatchUp();
  aggregation.WaitUntilReadyAt(3);
  EXPECT_EQ(PointOf(aggregation.Aggregate(AskAbout("amazon"))), "100");
  while (aggregation.Health() != ServingStatus::SERVING) std::this_thread::yield();
}

TEST_F(FollowerTest, AnEmptyJournalIsCaughtUpWithAtOnce) {
  FakeIngest empty;
  RunningAggregation aggregation(empty.address());
  aggregation.WaitUntilReadyAt(0);
}

TEST_F(FollowerTest, TellsItsStatus) {
  RunningAggregation aggregation(ingest_.address());
  aggregation.WaitUntilReadyAt(3);
  ingest_.Heartbeat(9);
  aggregation.WaitUntil([](const auto& status) { return status.ingest_head_sequence() == 9; });
  const v1::GetStatusResponse status = aggregation.GetStatus();
  EXPECT_TRUE(status.connected());
  EXPECT_TRUE(status.has_last_heard_time());
  EXPECT_EQ(status.disclosure_count(), 1U);
  EXPECT_EQ(status.organization_count(), 1U);
  EXPECT_EQ(status.group_count(), 1U);
}

TEST_F(FollowerTest, ResumesAfterTheLastSequenceWhenIngestRestarts) {
  RunningAggregation aggregation(ingest_.address());
  aggregation.WaitUntilReadyAt(3);
  ingest_.Stop();
  ingest_.Append(DisclosureRecorded("d-2", "amazon", "105"));
  ingest_.Start();
  aggregation.WaitUntilReadyAt(4);
  EXPECT_THAT(ingest_.subscriptions(), ElementsAre(0, 3));
  EXPECT_EQ(PointOf(aggregation.Aggregate(AskAbout("amazon"))), "105");
}

TEST_F(FollowerTest, StartsWithoutIngestAndFindsItLater) {
  ingest_.Stop();
  RunningAggregation aggregation(ingest_.address());
  EXPECT_FALSE(aggregation.GetStatus().connected());
  EXPECT_EQ(PointOf(aggregation.Aggregate(AskAbout("amazon"))), "NOT_READY");
  ingest_.Start();
  aggregation.WaitUntilReadyAt(3);
}

TEST_F(FollowerTest, StaysReadyWhileIngestIsAwayAndWarnsBeyondTheBound) {
  RunningAggregation aggregation(ingest_.address(), {{"stale-after-ms", "30000"}});
  aggregation.WaitUntilReadyAt(3);
  ingest_.Stop();
  aggregation.WaitUntil([](const auto& status) { return !status.connected(); });
  aggregation.Advance(std::chrono::seconds(30));
  absl::StatusOr<v1::AggregateResponse> response = aggregation.Aggregate(AskAbout("amazon"));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_THAT(response->warnings(), IsEmpty());
  aggregation.Advance(std::chrono::seconds(1));
  response = aggregation.Aggregate(AskAbout("amazon"));
  ASSERT_TRUE(response.ok()) << response.status();
  ASSERT_EQ(response->warnings_size(), 1);
  EXPECT_EQ(response->warnings(0).code(), "PARTIAL");
  EXPECT_EQ(response->warnings(0).message(),
            "Ingest has not been heard for 31 s: the answer reflects sequence 3 and may lack what "
            "was recorded since.");
  EXPECT_EQ(aggregation.Health(), ServingStatus::SERVING);
}

TEST_F(FollowerTest, HeartbeatsAreNews) {
  RunningAggregation aggregation(ingest_.address());
  aggregation.WaitUntilReadyAt(3);
  aggregation.Advance(std::chrono::minutes(5));
  ingest_.Heartbeat(3);
  aggregation.WaitUntil(
      [](const auto& status) { return status.last_heard_time().seconds() == 300; });
  EXPECT_THAT(aggregation.Aggregate(AskAbout("amazon"))->warnings(), IsEmpty());
}

TEST_F(FollowerTest, RebuildsFromAShorterJournal) {
  RunningAggregation aggregation(ingest_.address());
  aggregation.WaitUntilReadyAt(3);
  ingest_.Stop();
  ingest_.ReplaceJournal();
  ingest_.Append(OrganizationUpserted("meta", "Meta"));
  ingest_.Append(DisclosureRecorded("d-9", "meta", "65"));
  ingest_.Start();
  aggregation.WaitUntilReadyAt(2);
  EXPECT_EQ(PointOf(aggregation.Aggregate(AskAbout("meta"))), "65");
  EXPECT_EQ(PointOf(aggregation.Aggregate(AskAbout("amazon"))), "UNKNOWN_ORGANIZATION");
  EXPECT_THAT(ingest_.subscriptions(), ElementsAre(0, 3, 0));
}

TEST_F(FollowerTest, RebuildsFromAnotherJournalThatIsNoShorter) {
  RunningAggregation aggregation(ingest_.address());
  aggregation.WaitUntilReadyAt(3);
  ingest_.Stop();
  ingest_.ReplaceJournal();
  ingest_.Append(OrganizationUpserted("meta", "Meta"));
  for (const char* const amount : {"62", "63", "64", "65"}) {
    ingest_.Append(DisclosureRecorded(std::string("d-") + amount, "meta", amount));
  }
  ingest_.Start();
  aggregation.WaitUntilReadyAt(5);
  EXPECT_EQ(PointOf(aggregation.Aggregate(AskAbout("amazon"))), "UNKNOWN_ORGANIZATION");
  EXPECT_THAT(ingest_.subscriptions(), ElementsAre(0, 3, 0));
}

TEST_F(FollowerTest, RebuildsWhenAHeartbeatTellsOfALowerHead) {
  RunningAggregation aggregation(ingest_.address());
  aggregation.WaitUntilReadyAt(3);
  ingest_.Heartbeat(2);
  ingest_.WaitForSubscriptions(2);
  aggregation.WaitUntilReadyAt(3);
  EXPECT_THAT(ingest_.subscriptions(), ElementsAre(0, 0));
}

TEST_F(FollowerTest, RebuildsWhenTheFeedLeavesAGap) {
  RunningAggregation aggregation(ingest_.address());
  aggregation.WaitUntilReadyAt(3);
  ingest_.AppendAs(7, DisclosureRecorded("d-7", "amazon", "7"));
  ingest_.WaitForSubscriptions(2);
  aggregation.WaitUntil([](const auto& status) { return !status.ready(); });
  EXPECT_EQ(PointOf(aggregation.Aggregate(AskAbout("amazon"))), "NOT_READY");
  ingest_.Stop();
  ingest_.ReplaceJournal();
  ingest_.Append(OrganizationUpserted("amazon", "Amazon"));
  ingest_.Start();
  aggregation.WaitUntilReadyAt(1);
  EXPECT_EQ(PointOf(aggregation.Aggregate(AskAbout("amazon"))), "absent");
}

TEST_F(FollowerTest, LeavesOutWhatItCannotReadAndSaysSo) {
  ingest::v1::Change bad = DisclosureRecorded("d-2", "amazon", "many");
  ingest_.Append(bad);
  ingest_.Append(ingest::v1::Change());  // of a later version
  RunningAggregation aggregation(ingest_.address());
  aggregation.WaitUntilReadyAt(5);
  const absl::StatusOr<v1::AggregateResponse> response = aggregation.Aggregate(AskAbout("amazon"));
  EXPECT_EQ(PointOf(response), "100");
  ASSERT_EQ(response->warnings_size(), 1);
  EXPECT_EQ(response->warnings(0).code(), "PARTIAL");
  EXPECT_THAT(response->warnings(0).message(), HasSubstr("1 of ingest's changes"));
}

TEST_F(FollowerTest, ACallWaitsForItsMinimumSequence) {
  RunningAggregation aggregation(ingest_.address());
  aggregation.WaitUntilReadyAt(3);
  v1::AggregateRequest request = AskAbout("amazon");
  request.set_minimum_sequence(4);
  auto answer = std::async(std::launch::async, [&] { return aggregation.Aggregate(request); });
  ingest_.Append(DisclosureRecorded("d-2", "amazon", "105"));
  const absl::StatusOr<v1::AggregateResponse> response = answer.get();
  EXPECT_EQ(PointOf(response), "105");
  EXPECT_EQ(response->stamp().ingest_sequence(), 4U);
}

TEST_F(FollowerTest, AMinimumThatIsNotReachedInTimeIsUnavailable) {
  RunningAggregation aggregation(ingest_.address());
  aggregation.WaitUntilReadyAt(3);
  v1::AggregateRequest request = AskAbout("amazon");
  request.set_minimum_sequence(4);
  const absl::Status status = aggregation.Aggregate(request, 1'000).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << status;
  const ErrorDetail detail = GetErrorDetail(status);
  EXPECT_EQ(detail.reason, "BEHIND_MINIMUM");
  EXPECT_EQ(detail.metadata.at("applied_sequence"), "3");
  EXPECT_EQ(detail.metadata.at("minimum_sequence"), "4");
  EXPECT_TRUE(detail.retry_after_ms.has_value());
}

// A channel that tries again by itself, as the gateway's does.
TEST_F(FollowerTest, ABehindMinimumOutlivesTheClientsOwnRetries) {
  RunningAggregation aggregation(ingest_.address());
  aggregation.WaitUntilReadyAt(3);
  const auto channel =
      rpc::MakeChannel({.target = aggregation.address(),
                        .idempotent_methods = {std::string(kServiceName) + "/Aggregate"}});
  ASSERT_TRUE(channel.ok());
  const auto stub = v1::AggregationService::NewStub(*channel);
  v1::AggregateRequest request = AskAbout("amazon");
  request.set_minimum_sequence(4);
  for (int i = 0; i < 3; ++i) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(1'000));
    v1::AggregateResponse response;
    const absl::Status status = rpc::FromGrpcStatus(stub->Aggregate(&context, request, &response));
    EXPECT_EQ(GetErrorDetail(status).reason, "BEHIND_MINIMUM") << status;
    EXPECT_THAT(FieldsOf(status), ElementsAre("minimum_sequence"));
  }
}

TEST_F(FollowerTest, ARecordedSequenceBeyondTheJournalsEndIsOutOfRange) {
  RunningAggregation aggregation(ingest_.address());
  aggregation.WaitUntilReadyAt(3);
  v1::AggregateRequest request = AskAbout("amazon");
  request.mutable_as_of()->set_recorded_sequence(4);
  const absl::Status status = aggregation.Aggregate(request).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange) << status;
  EXPECT_EQ(GetErrorDetail(status).reason, "SEQUENCE_AHEAD");
  EXPECT_EQ(GetErrorDetail(status).metadata.at("head"), "3");
  EXPECT_THAT(FieldsOf(status), ElementsAre("as_of.recorded_sequence"));
}

TEST_F(FollowerTest, ARecordedSequenceThatIsAlsoTheMinimumIsWaitedFor) {
  RunningAggregation aggregation(ingest_.address());
  aggregation.WaitUntilReadyAt(3);
  v1::AggregateRequest request = AskAbout("amazon");
  request.mutable_as_of()->set_recorded_sequence(4);
  request.set_minimum_sequence(4);
  auto answer = std::async(std::launch::async, [&] { return aggregation.Aggregate(request); });
  ingest_.Append(DisclosureRecorded("d-2", "amazon", "105"));
  EXPECT_EQ(PointOf(answer.get()), "105");
}

TEST_F(FollowerTest, WithoutIngestASequenceToComeIsWaitedFor) {
  RunningAggregation aggregation(ingest_.address());
  aggregation.WaitUntilReadyAt(3);
  ingest_.Stop();
  aggregation.WaitUntil([](const v1::GetStatusResponse& status) { return !status.connected(); });
  v1::AggregateRequest request = AskAbout("amazon");
  request.mutable_as_of()->set_recorded_sequence(4);
  const absl::Status status = aggregation.Aggregate(request, 200).status();
  EXPECT_EQ(GetErrorDetail(status).reason, "BEHIND_MINIMUM") << status;
  EXPECT_THAT(FieldsOf(status), ElementsAre("as_of.recorded_sequence"));
}

TEST_F(FollowerTest, ADrainEndsCallsThatWait) {
  RunningAggregation aggregation(ingest_.address());
  aggregation.WaitUntilReadyAt(3);
  v1::AggregateRequest request = AskAbout("amazon");
  request.set_minimum_sequence(4);
  auto answer = std::async(std::launch::async, [&] { return aggregation.Aggregate(request); });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_TRUE(aggregation.Stop().ok());
  EXPECT_EQ(answer.get().status().code(), absl::StatusCode::kUnavailable);
}

// What Cancel reaches must not be the context of a call that is over: an address sanitizer would tell.
TEST_F(FollowerTest, AFeedMayBeCancelledBeforeAndAfterItIsFollowed) {
  const auto channel = grpc::CreateChannel(ingest_.address(), grpc::InsecureChannelCredentials());
  const auto take = [](const FeedEvent&) { return false; };
  IngestFeedClient feed(channel, telemetry::Logger());
  EXPECT_TRUE(feed.Follow(0, 0, take).ok());
  feed.Cancel();
  EXPECT_EQ(feed.Follow(0, 0, take).code(), absl::StatusCode::kCancelled);
  feed.Cancel();
}

TEST_F(FollowerTest, StopsCleanlyWhateverIngestDoes) {
  for (int i = 0; i < 3; ++i) {
    RunningAggregation aggregation(ingest_.address());
    if (i == 1) aggregation.WaitUntilReadyAt(3);
    if (i == 2) ingest_.Stop();
    EXPECT_TRUE(aggregation.Stop().ok());
  }
}

}  // namespace
}  // namespace outlay::aggregation
