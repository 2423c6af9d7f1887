#include "tests/gateway/fake_backends.h"

#include <chrono>
#include <cstdlib>
#include <thread>

#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"

namespace outlay::gateway::testing {

void WaitUntilGivenUp(const grpc::ServerContext& context) {
  while (!context.IsCancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
}

grpc::Status FakeIngest::BatchGetDisclosures(grpc::ServerContext* context,
                                             const ingest::v1::BatchGetDisclosuresRequest* request,
                                             ingest::v1::BatchGetDisclosuresResponse* response) {
  return batch_get_disclosures.Handle(*context, *request, *response);
}

grpc::Status FakeIngest::GetOrganization(grpc::ServerContext* context,
                                         const ingest::v1::GetOrganizationRequest* request,
                                         ingest::v1::GetOrganizationResponse* response) {
  return get_organization.Handle(*context, *request, *response);
}

grpc::Status FakeIngest::SubscribeChanges(
    grpc::ServerContext* context, const ingest::v1::SubscribeChangesRequest* request,
    grpc::ServerWriter<ingest::v1::SubscribeChangesResponse>* writer) {
  ingest::v1::SubscribeChangesResponse unused;
  (void)subscribe_changes.Handle(*context, *request, unused);
  for (const ingest::v1::SubscribeChangesResponse& message : feed) writer->Write(message);
  return rpc::ToGrpcStatus(feed_end);
}

grpc::Status FakeFx::BatchGetRates(grpc::ServerContext* context,
                                   const fx::v1::BatchGetRatesRequest* request,
                                   fx::v1::BatchGetRatesResponse* response) {
  return batch_get_rates.Handle(*context, *request, *response);
}

grpc::Status FakeFx::ConvertMoney(grpc::ServerContext* context,
                                  const fx::v1::ConvertMoneyRequest* request,
                                  fx::v1::ConvertMoneyResponse* response) {
  return convert_money.Handle(*context, *request, *response);
}

grpc::Status FakeFx::GetRate(grpc::ServerContext* context, const fx::v1::GetRateRequest* request,
                             fx::v1::GetRateResponse* response) {
  return get_rate.Handle(*context, *request, *response);
}

grpc::Status FakeAggregation::Aggregate(grpc::ServerContext* context,
                                        const aggregation::v1::AggregateRequest* request,
                                        aggregation::v1::AggregateResponse* response) {
  return aggregate.Handle(*context, *request, *response);
}

grpc::Status FakeAggregation::GetStatus(grpc::ServerContext* context,
                                        const aggregation::v1::GetStatusRequest* request,
                                        aggregation::v1::GetStatusResponse* response) {
  return get_status.Handle(*context, *request, *response);
}

FakeServer::FakeServer(grpc::Service& service) {
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  server_ = builder.BuildAndStart();
  if (server_ == nullptr || port == 0) std::abort();
  address_ = "127.0.0.1:" + std::to_string(port);
}

void FakeServer::Stop() {
  if (server_ == nullptr) return;
  server_->Shutdown(std::chrono::system_clock::now());
  server_->Wait();
  server_.reset();
}

}  // namespace outlay::gateway::testing
