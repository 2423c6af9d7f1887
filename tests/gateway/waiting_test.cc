// A service that does not answer keeps those waiting who need it, and nobody else.
#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "tests/gateway/canned_answers.h"
#include "tests/gateway/gateway_fixture.h"

namespace outlay::gateway::testing {
namespace {

using ::testing::ElementsAre;

constexpr std::chrono::seconds kPatience{60};

// False where it does not come true within all patience.
bool Eventually(const std::function<bool()>& holds) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

class WaitingTest : public GatewayTest {
 protected:
  void SetUp() override {
    AnswerExample(ingest_, fx_, aggregation_);
    Set("worker-threads", "2");
    Set("part-timeout-ms", "300000");
  }
  void TearDown() override {
    for (const auto& call : calls_) call->context.TryCancel();
    for (const auto& call : calls_) call->thread.join();
  }

  struct Call {
    grpc::ClientContext context;
    grpc::Status status;
    std::thread thread;
  };

  // Starts a call that ends with the test, or earlier.
  Call& Start(const std::function<grpc::Status(grpc::ClientContext&)>& make) {
    gateway();
    calls_.push_back(std::make_unique<Call>());
    Call& call = *calls_.back();
    call.context.set_deadline(std::chrono::system_clock::now() + 2 * kPatience);
    call.thread = std::thread([make, &call] { call.status = make(call.context); });
    return call;
  }
  Call& StartConversion() {
    return Start([this](grpc::ClientContext& context) {
      v1::ConvertMoneyResponse response;
      return gateway().ConvertMoney(&context, {}, &response);
    });
  }
  Call& StartReport() {
    return Start([this](grpc::ClientContext& context) {
      v1::GetReportResponse response;
      return gateway().GetReport(&context, ExampleRequest(), &response);
    });
  }
  // Ends it before the test does.
  static grpc::Status Cancel(Call& call) {
    call.context.TryCancel();
    call.thread.join();
    call.thread = std::thread([] {});
    return call.status;
  }

 private:
  std::vector<std::unique_ptr<Call>> calls_;
};

TEST_F(WaitingTest, ReportsAreMadeWhileConversionsWaitForFx) {
  fx_.convert_money.Hang();
  for (int i = 0; i < 6; ++i) StartConversion();
  EXPECT_TRUE(Eventually([this] { return fx_.convert_money.calls() == 6; }));
  EXPECT_EQ(Report(ExampleRequest()).rows_size(), 4);
}

TEST_F(WaitingTest, ReportsThatNeedNoRatesAreMadeWhileOthersWaitForFx) {
  fx_.batch_get_rates.Hang();
  for (int i = 0; i < 6; ++i) StartReport();
  EXPECT_TRUE(Eventually([this] { return fx_.batch_get_rates.calls() == 6; }));
  EXPECT_EQ(Report(MinimalRequest()).rows_size(), 4);
}

TEST_F(WaitingTest, ConversionsAreMadeWhileReportsWaitForAggregation) {
  aggregation_.aggregate.Hang();
  for (int i = 0; i < 6; ++i) StartReport();
  EXPECT_TRUE(Eventually([this] { return aggregation_.aggregate.calls() == 6; }));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kPatience);
  v1::ConvertMoneyResponse response;
  EXPECT_TRUE(gateway().ConvertMoney(&context, {}, &response).ok());
}

TEST_F(WaitingTest, WhoeverGoesAwayIsWaitedForByNoService) {
  fx_.batch_get_rates.Hang();
  ingest_.batch_get_disclosures.Hang();
  Call& call = StartReport();
  EXPECT_TRUE(Eventually([this] {
    return fx_.batch_get_rates.calls() == 1 && ingest_.batch_get_disclosures.calls() == 1;
  }));
  EXPECT_EQ(Cancel(call).error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_TRUE(Eventually([this] {
    return fx_.batch_get_rates.given_up() == 1 && ingest_.batch_get_disclosures.given_up() == 1;
  }));
}

TEST_F(WaitingTest, ACancelledConversionIsCancelledAtFx) {
  fx_.convert_money.Hang();
  Call& call = StartConversion();
  EXPECT_TRUE(Eventually([this] { return fx_.convert_money.calls() == 1; }));
  EXPECT_EQ(Cancel(call).error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_TRUE(Eventually([this] { return fx_.convert_money.given_up() == 1; }));
}

TEST_F(WaitingTest, OnePartsRefusalDoesNotWaitForTheOther) {
  ingest_.batch_get_disclosures.Hang();
  fx_.batch_get_rates.AnswerBy(
      [this](const fx::v1::BatchGetRatesRequest&) -> absl::StatusOr<fx::v1::BatchGetRatesResponse> {
        Eventually([this] { return ingest_.batch_get_disclosures.calls() == 1; });
        return InvalidField("WRONG", "as_of.published", "is not as it should be");
      });
  const Failure failure = ReportFailure(ExampleRequest());
  EXPECT_EQ(failure.detail.reason, "WRONG");
  EXPECT_THAT(failure.fields(), ElementsAre("as_of.published"));
  EXPECT_TRUE(Eventually([this] { return ingest_.batch_get_disclosures.given_up() == 1; }));
}

class ImpatientTest : public GatewayTest {};

TEST_F(ImpatientTest, AConversionWaitsForFxAsLongAsAPartOfAReport) {
  Set("part-timeout-ms", "100");
  fx_.convert_money.Hang();
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kPatience);
  v1::ConvertMoneyResponse response;
  const Failure failure = FailureOf(gateway().ConvertMoney(&context, {}, &response));
  EXPECT_EQ(failure.code, absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(failure.detail.reason, "BACKEND_DEADLINE_EXCEEDED");
}

}  // namespace
}  // namespace outlay::gateway::testing
