// The services behind the gateway, faked on real sockets: each method has a canned answer, counts its calls and keeps the last request.
#ifndef OUTLAY_TESTS_GATEWAY_FAKE_BACKENDS_H_
#define OUTLAY_TESTS_GATEWAY_FAKE_BACKENDS_H_

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "grpcpp/server.h"
#include "grpcpp/server_context.h"
#include "outlay/aggregation/v1/aggregation_service.grpc.pb.h"
#include "outlay/fx/v1/fx_service.grpc.pb.h"
#include "outlay/ingest/v1/ingest_service.grpc.pb.h"
#include "services/common/rpc/error_mapping.h"

namespace outlay::gateway::testing {

// Blocks until the caller has cancelled or its deadline has passed.
void WaitUntilGivenUp(const grpc::ServerContext& context);

// One unary method. Answers with an empty message until told otherwise. Safe for concurrent use.
template <class Request, class Response>
class FakeMethod {
 public:
  using Handler = std::function<absl::StatusOr<Response>(const Request&)>;

  void Answer(const Response& response) {
    AnswerBy([response](const Request&) { return response; });
  }
  void Fail(const absl::Status& error) {
    AnswerBy([error](const Request&) { return error; });
  }
  void AnswerBy(Handler handler) {
    const std::lock_guard<std::mutex> lock(mutex_);
    handler_ = std::move(handler);
  }
  // Never answers.
  void Hang() {
    const std::lock_guard<std::mutex> lock(mutex_);
    hangs_ = true;
  }

  int calls() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return calls_;
  }
  // Calls that hung until their caller let go of them.
  int given_up() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return given_up_;
  }
  Request last() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return last_;
  }

  grpc::Status Handle(const grpc::ServerContext& context, const Request& request,
                      Response& response) {
    Handler handler;
    bool hangs = false;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      ++calls_;
      last_ = request;
      handler = handler_;
      hangs = hangs_;
    }
    if (hangs) {
      WaitUntilGivenUp(context);
      const std::lock_guard<std::mutex> lock(mutex_);
      ++given_up_;
    }
    if (!handler) return grpc::Status::OK;
    absl::StatusOr<Response> answer = handler(request);
    if (!answer.ok()) return rpc::ToGrpcStatus(answer.status());
    response = *std::move(answer);
    return grpc::Status::OK;
  }

 private:
  mutable std::mutex mutex_;
  Handler handler_;
  bool hangs_ = false;
  int calls_ = 0;
  int given_up_ = 0;
  Request last_;
};

class FakeIngest final : public ingest::v1::IngestService::Service {
 public:
  FakeMethod<ingest::v1::BatchGetDisclosuresRequest, ingest::v1::BatchGetDisclosuresResponse>
      batch_get_disclosures;
  FakeMethod<ingest::v1::GetOrganizationRequest, ingest::v1::GetOrganizationResponse>
      get_organization;
  // What SubscribeChanges sends before it ends with `feed_end`. Set before the first call.
  std::vector<ingest::v1::SubscribeChangesResponse> feed;
  absl::Status feed_end;
  FakeMethod<ingest::v1::SubscribeChangesRequest, ingest::v1::SubscribeChangesResponse>
      subscribe_changes;  // counts the calls

  grpc::Status BatchGetDisclosures(grpc::ServerContext* context,
                                   const ingest::v1::BatchGetDisclosuresRequest* request,
                                   ingest::v1::BatchGetDisclosuresResponse* response) override;
  grpc::Status GetOrganization(grpc::ServerContext* context,
                               const ingest::v1::GetOrganizationRequest* request,
                               ingest::v1::GetOrganizationResponse* response) override;
  grpc::Status SubscribeChanges(
      grpc::ServerContext* context, const ingest::v1::SubscribeChangesRequest* request,
      grpc::ServerWriter<ingest::v1::SubscribeChangesResponse>* writer) override;
};

class FakeFx final : public fx::v1::FxService::Service {
 public:
  FakeMethod<fx::v1::BatchGetRatesRequest, fx::v1::BatchGetRatesResponse> batch_get_rates;
  FakeMethod<fx::v1::ConvertMoneyRequest, fx::v1::ConvertMoneyResponse> convert_money;
  FakeMethod<fx::v1::GetRateRequest, fx::v1::GetRateResponse> get_rate;

  grpc::Status BatchGetRates(grpc::ServerContext* context,
                             const fx::v1::BatchGetRatesRequest* request,
                             fx::v1::BatchGetRatesResponse* response) override;
  grpc::Status ConvertMoney(grpc::ServerContext* context,
                            const fx::v1::ConvertMoneyRequest* request,
                            fx::v1::ConvertMoneyResponse* response) override;
  grpc::Status GetRate(grpc::ServerContext* context, const fx::v1::GetRateRequest* request,
                       fx::v1::GetRateResponse* response) override;
};

class FakeAggregation final : public aggregation::v1::AggregationService::Service {
 public:
  FakeMethod<aggregation::v1::AggregateRequest, aggregation::v1::AggregateResponse> aggregate;
  FakeMethod<aggregation::v1::GetStatusRequest, aggregation::v1::GetStatusResponse> get_status;

  grpc::Status Aggregate(grpc::ServerContext* context,
                         const aggregation::v1::AggregateRequest* request,
                         aggregation::v1::AggregateResponse* response) override;
  grpc::Status GetStatus(grpc::ServerContext* context,
                         const aggregation::v1::GetStatusRequest* request,
                         aggregation::v1::GetStatusResponse* response) override;
};

// A service listening on a port that the system chose. Aborts where it cannot listen.
class FakeServer {
 public:
  explicit FakeServer(grpc::Service& service);
  ~FakeServer() { Stop(); }

  const std::string& address() const { return address_; }
  // From now on calls find nobody at the address. Idempotent.
  void Stop();

 private:
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace outlay::gateway::testing

#endif  // OUTLAY_TESTS_GATEWAY_FAKE_BACKENDS_H_
