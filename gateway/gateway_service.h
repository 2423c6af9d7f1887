// The gateway's gRPC shell.
#ifndef OUTLAY_GATEWAY_GATEWAY_SERVICE_H_
#define OUTLAY_GATEWAY_GATEWAY_SERVICE_H_

#include <cstdint>

#include "gateway/backends_client.h"
#include "outlay/gateway/v1/gateway_service.grpc.pb.h"
#include "services/common/rpc/call_context.h"
#include "services/common/rpc/runtime.h"
#include "services/common/rpc/unary.h"
#include "services/common/time/clock.h"

namespace outlay::gateway {

// The runtime, the backends and the clock must outlive it. No call holds a thread while it waits for a service; a conversion, as a part
// of a report, waits at most `part_timeout_ms` for fx.
class GatewayService final : public v1::GatewayService::CallbackService {
 public:
  GatewayService(rpc::Runtime& runtime, const Backends& backends, const time::Clock& clock,
                 int64_t part_timeout_ms);

  grpc::ServerUnaryReactor* GetReport(grpc::CallbackServerContext* context,
                                      const v1::GetReportRequest* request,
                                      v1::GetReportResponse* response) override;
  grpc::ServerWriteReactor<v1::WatchReportResponse>* WatchReport(
      grpc::CallbackServerContext* context, const v1::WatchReportRequest* request) override;
  grpc::ServerUnaryReactor* ExplainFigure(grpc::CallbackServerContext* context,
                                          const v1::ExplainFigureRequest* request,
                                          v1::ExplainFigureResponse* response) override;
  grpc::ServerUnaryReactor* ConvertMoney(grpc::CallbackServerContext* context,
                                         const v1::ConvertMoneyRequest* request,
                                         v1::ConvertMoneyResponse* response) override;
  grpc::ServerUnaryReactor* ExtractDisclosures(grpc::CallbackServerContext* context,
                                               const v1::ExtractDisclosuresRequest* request,
                                               v1::ExtractDisclosuresResponse* response) override;
  grpc::ServerUnaryReactor* CheckArticle(grpc::CallbackServerContext* context,
                                         const v1::CheckArticleRequest* request,
                                         v1::CheckArticleResponse* response) override;

 private:
  void Convert(const rpc::CallContext& call, const v1::ConvertMoneyRequest& request,
               v1::ConvertMoneyResponse& response, rpc::FinishCall finish);

  rpc::Runtime& runtime_;
  const Backends& backends_;
  const time::Clock& clock_;
  const int64_t part_timeout_ms_;
};

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_GATEWAY_SERVICE_H_
