// What the gateway passes on: conversions, the services' own methods, and what it does not know or not yet build.
#include <chrono>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "grpcpp/impl/codegen/client_unary_call.h"
#include "tests/gateway/canned_answers.h"
#include "tests/gateway/gateway_fixture.h"

namespace outlay::gateway::testing {
namespace {

using ::testing::ElementsAre;

class PassingThroughTest : public GatewayTest {
 protected:
  // A context of a call that ends, whatever happens.
  std::unique_ptr<grpc::ClientContext> Context() {
    auto context = std::make_unique<grpc::ClientContext>();
    context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    return context;
  }

  static void ExpectNotBuilt(const grpc::Status& status, const std::string& method) {
    const Failure failure = FailureOf(status);
    EXPECT_EQ(failure.code, absl::StatusCode::kUnimplemented) << method;
    EXPECT_EQ(failure.detail.reason, "NOT_BUILT_YET") << method;
    EXPECT_EQ(failure.detail.metadata.at("method"), "outlay.gateway.v1.GatewayService/" + method);
  }
};

v1::ConvertMoneyRequest HundredBillionDollarsInWon() {
  v1::ConvertMoneyRequest request;
  request.mutable_amount()->set_currency_code("USD");
  request.mutable_amount()->set_units(100'000'000'000);
  request.set_to_currency("KRW");
  request.mutable_spec()->mutable_on_date()->set_date("2025-02-07");
  request.mutable_rounding()->set_scale(0);
  request.mutable_as_of()->set_published("2025-02-10");
  return request;
}

TEST_F(PassingThroughTest, ConvertMoneyIsFxs) {
  fx::v1::ConvertMoneyResponse answer;
  answer.mutable_converted()->set_currency_code("KRW");
  answer.mutable_converted()->set_units(144'709'453'599'306);
  *answer.mutable_rate() = Rate("USD", "KRW", "1668500", "1153");
  answer.mutable_stamp()->set_fx_sequence(kFxSequence);
  fx_.convert_money.Answer(answer);
  const v1::ConvertMoneyRequest request = HundredBillionDollarsInWon();
  v1::ConvertMoneyResponse response;
  ASSERT_TRUE(gateway().ConvertMoney(Context().get(), request, &response).ok());
  EXPECT_EQ(response.converted().units(), 144'709'453'599'306);
  EXPECT_EQ(response.rate().denominator().value(), "1153");
  EXPECT_EQ(response.stamp().fx_sequence(), kFxSequence);
  const fx::v1::ConvertMoneyRequest asked = fx_.convert_money.last();
  EXPECT_EQ(asked.amount().SerializeAsString(), request.amount().SerializeAsString());
  EXPECT_EQ(asked.to_currency(), "KRW");
  EXPECT_EQ(asked.spec().SerializeAsString(), request.spec().SerializeAsString());
  EXPECT_TRUE(asked.rounding().has_scale());
  EXPECT_EQ(asked.as_of().published(), "2025-02-10");
}

TEST_F(PassingThroughTest, ConvertMoneyLeavesWhatIsAbsentToFx) {
  v1::ConvertMoneyRequest request;
  request.set_to_currency("KRW");
  v1::ConvertMoneyResponse response;
  ASSERT_TRUE(gateway().ConvertMoney(Context().get(), request, &response).ok());
  const fx::v1::ConvertMoneyRequest asked = fx_.convert_money.last();
  EXPECT_FALSE(asked.has_amount());
  EXPECT_FALSE(asked.has_spec());
  EXPECT_FALSE(asked.has_rounding());
  EXPECT_FALSE(asked.has_as_of());
}

TEST_F(PassingThroughTest, ConvertMoneysErrorIsFxs) {
  fx_.convert_money.Fail(MakeError(
      absl::StatusCode::kOutOfRange, "spec.on_date.date: 2025-02-11 is to come",
      {.reason = "DATE_TO_COME", .violations = {{"spec.on_date.date", "2025-02-11 is to come"}}}));
  v1::ConvertMoneyResponse response;
  const Failure failure =
      FailureOf(gateway().ConvertMoney(Context().get(), HundredBillionDollarsInWon(), &response));
  EXPECT_EQ(failure.code, absl::StatusCode::kOutOfRange);
  EXPECT_EQ(failure.detail.reason, "DATE_TO_COME");
  EXPECT_THAT(failure.fields(), ElementsAre("spec.on_date.date"));
}

TEST_F(PassingThroughTest, ConvertMoneyWithoutFxIsUnavailable) {
  fx_server_.Stop();
  v1::ConvertMoneyResponse response;
  const Failure failure =
      FailureOf(gateway().ConvertMoney(Context().get(), HundredBillionDollarsInWon(), &response));
  EXPECT_EQ(failure.code, absl::StatusCode::kUnavailable);
  EXPECT_EQ(failure.detail.reason, "BACKEND_UNAVAILABLE");
  EXPECT_EQ(failure.detail.metadata.at("service"), "fx");
}

TEST_F(PassingThroughTest, MethodsToComeSaySo) {
  v1::ExplainFigureResponse explained;
  ExpectNotBuilt(gateway().ExplainFigure(Context().get(), {}, &explained), "ExplainFigure");
  v1::ExtractDisclosuresResponse extracted;
  ExpectNotBuilt(gateway().ExtractDisclosures(Context().get(), {}, &extracted),
                 "ExtractDisclosures");
  v1::CheckArticleResponse checked;
  ExpectNotBuilt(gateway().CheckArticle(Context().get(), {}, &checked), "CheckArticle");
  const std::unique_ptr<grpc::ClientContext> context = Context();
  const auto watch = gateway().WatchReport(context.get(), {});
  v1::WatchReportResponse report;
  EXPECT_FALSE(watch->Read(&report));
  ExpectNotBuilt(watch->Finish(), "WatchReport");
}

TEST_F(PassingThroughTest, IngestsMethodsAreReachedThroughTheGateway) {
  ingest::v1::GetOrganizationResponse answer;
  answer.mutable_organization()->set_organization_id("alphabet");
  ingest_.get_organization.Answer(answer);
  const auto stub = ingest::v1::IngestService::NewStub(channel());
  ingest::v1::GetOrganizationRequest request;
  request.set_organization_id("alphabet");
  ingest::v1::GetOrganizationResponse response;
  ASSERT_TRUE(stub->GetOrganization(Context().get(), request, &response).ok());
  EXPECT_EQ(response.organization().organization_id(), "alphabet");
  EXPECT_EQ(ingest_.get_organization.last().organization_id(), "alphabet");
}

TEST_F(PassingThroughTest, FxsMethodsAreReachedThroughTheGateway) {
  fx::v1::GetRateResponse answer;
  *answer.mutable_rate() = Rate("USD", "KRW", "1668500", "1153");
  fx_.get_rate.Answer(answer);
  const auto stub = fx::v1::FxService::NewStub(channel());
  fx::v1::GetRateRequest request;
  request.set_significant_digits(6);
  fx::v1::GetRateResponse response;
  ASSERT_TRUE(stub->GetRate(Context().get(), request, &response).ok());
  EXPECT_EQ(response.rate().numerator().value(), "1668500");
  EXPECT_EQ(fx_.get_rate.last().significant_digits(), 6);
}

TEST_F(PassingThroughTest, AggregationsMethodsAreReachedThroughTheGateway) {
  aggregation::v1::GetStatusResponse answer;
  answer.set_ready(true);
  answer.set_applied_sequence(kIngestSequence);
  aggregation_.get_status.Answer(answer);
  const auto stub = aggregation::v1::AggregationService::NewStub(channel());
  aggregation::v1::GetStatusResponse response;
  ASSERT_TRUE(stub->GetStatus(Context().get(), {}, &response).ok());
  EXPECT_TRUE(response.ready());
  EXPECT_EQ(response.applied_sequence(), kIngestSequence);
}

TEST_F(PassingThroughTest, AnErrorBehindComesThroughWithItsDetails) {
  ingest_.get_organization.Fail(MakeError(
      absl::StatusCode::kNotFound, "there is no organization \"alphabt\"",
      {.reason = "UNKNOWN_ORGANIZATION", .violations = {{"organization_id", "is unknown"}}}));
  const auto stub = ingest::v1::IngestService::NewStub(channel());
  ingest::v1::GetOrganizationResponse response;
  const Failure failure = FailureOf(stub->GetOrganization(Context().get(), {}, &response));
  EXPECT_EQ(failure.code, absl::StatusCode::kNotFound);
  EXPECT_EQ(failure.detail.reason, "UNKNOWN_ORGANIZATION");
  EXPECT_THAT(failure.fields(), ElementsAre("organization_id"));
}

TEST_F(PassingThroughTest, AStreamOfTheServerComesThroughToItsEnd) {
  for (uint64_t sequence : {11, 12, 13}) {
    ingest::v1::SubscribeChangesResponse message;
    message.mutable_batch()->add_changes()->set_sequence(sequence);
    ingest_.feed.push_back(message);
  }
  ingest_.feed.emplace_back().set_caught_up_sequence(13);
  ingest_.feed_end = MakeError(absl::StatusCode::kUnavailable, "the server is shutting down",
                               {.reason = "DRAINING", .metadata = {{"sequence", "13"}}});
  const auto stub = ingest::v1::IngestService::NewStub(channel());
  ingest::v1::SubscribeChangesRequest request;
  request.set_after_sequence(10);
  const std::unique_ptr<grpc::ClientContext> context = Context();
  const auto stream = stub->SubscribeChanges(context.get(), request);
  std::vector<std::string> received;
  ingest::v1::SubscribeChangesResponse message;
  while (stream->Read(&message)) received.push_back(message.SerializeAsString());
  std::vector<std::string> sent;
  for (const ingest::v1::SubscribeChangesResponse& expected : ingest_.feed)
    sent.push_back(expected.SerializeAsString());
  EXPECT_EQ(received, sent);
  const Failure failure = FailureOf(stream->Finish());
  EXPECT_EQ(failure.code, absl::StatusCode::kUnavailable);
  EXPECT_EQ(failure.detail.reason, "DRAINING");
  EXPECT_EQ(failure.detail.metadata.at("sequence"), "13");
  EXPECT_EQ(ingest_.subscribe_changes.calls(), 1);
  EXPECT_EQ(ingest_.subscribe_changes.last().after_sequence(), 10u);
}

TEST_F(PassingThroughTest, AMethodThatIsNotListedIsUnimplemented) {
  for (const char* name :
       {"/outlay.ingest.v1.IngestService/DropEverything", "/outlay.other.v1.OtherService/Get"}) {
    const grpc::internal::RpcMethod method(name, grpc::internal::RpcMethod::NORMAL_RPC, channel());
    const std::unique_ptr<grpc::ClientContext> context = Context();
    aggregation::v1::GetStatusRequest request;
    aggregation::v1::GetStatusResponse response;
    const Failure failure = FailureOf(grpc::internal::BlockingUnaryCall(
        channel().get(), method, context.get(), request, &response));
    EXPECT_EQ(failure.code, absl::StatusCode::kUnimplemented) << name;
    EXPECT_EQ(failure.detail.reason, "UNKNOWN_METHOD") << name;
  }
}

}  // namespace
}  // namespace outlay::gateway::testing
