#include "gateway/gateway_service.h"

#include <memory>
#include <utility>

#include "gateway/report_calls_client.h"
#include "gateway/report_request_proto.h"
#include "services/common/rpc/client_call.h"
#include "services/common/rpc/not_built.h"
#include "services/common/rpc/unary.h"

namespace outlay::gateway {
namespace {

using AsyncFx = fx::v1::FxService::StubInterface::async_interface;

constexpr char kGetReport[] = "outlay.gateway.v1.GatewayService/GetReport";
constexpr char kWatchReport[] = "outlay.gateway.v1.GatewayService/WatchReport";
constexpr char kExplainFigure[] = "outlay.gateway.v1.GatewayService/ExplainFigure";
constexpr char kConvertMoney[] = "outlay.gateway.v1.GatewayService/ConvertMoney";
constexpr char kExtractDisclosures[] = "outlay.gateway.v1.GatewayService/ExtractDisclosures";
constexpr char kCheckArticle[] = "outlay.gateway.v1.GatewayService/CheckArticle";

}  // namespace

GatewayService::GatewayService(rpc::Runtime& runtime, const Backends& backends,
                               const time::Clock& clock, int64_t part_timeout_ms)
    : runtime_(runtime), backends_(backends), clock_(clock), part_timeout_ms_(part_timeout_ms) {}

grpc::ServerUnaryReactor* GatewayService::GetReport(grpc::CallbackServerContext* context,
                                                    const v1::GetReportRequest* request,
                                                    v1::GetReportResponse* response) {
  return rpc::HandleAsync(
      runtime_, kGetReport, *context,
      [this, request, response](const rpc::CallContext& call, rpc::FinishCall finish) {
        absl::StatusOr<ReportRequest> parsed = ParseReportRequest(*request, clock_.Now());
        if (!parsed.ok()) return finish(parsed.status());
        ReportCall::Start({runtime_, backends_, part_timeout_ms_}, call, std::move(finish),
                          *std::move(parsed), *response);
      });
}

grpc::ServerUnaryReactor* GatewayService::ConvertMoney(grpc::CallbackServerContext* context,
                                                       const v1::ConvertMoneyRequest* request,
                                                       v1::ConvertMoneyResponse* response) {
  return rpc::HandleAsync(
      runtime_, kConvertMoney, *context,
      [this, request, response](const rpc::CallContext& call, rpc::FinishCall finish) {
        Convert(call, *request, *response, std::move(finish));
      });
}

void GatewayService::Convert(const rpc::CallContext& call, const v1::ConvertMoneyRequest& request,
                             v1::ConvertMoneyResponse& response, rpc::FinishCall finish) {
  struct Exchange {
    fx::v1::ConvertMoneyRequest request;
    fx::v1::ConvertMoneyResponse response;
  };
  const auto exchange = std::make_shared<Exchange>();
  fx::v1::ConvertMoneyRequest& forwarded = exchange->request;
  if (request.has_amount()) *forwarded.mutable_amount() = request.amount();
  forwarded.set_to_currency(request.to_currency());
  if (request.has_spec()) *forwarded.mutable_spec() = request.spec();
  if (request.has_rounding()) *forwarded.mutable_rounding() = request.rounding();
  if (request.has_as_of()) *forwarded.mutable_as_of() = request.as_of();
  rpc::CallAsync(rpc::MakeClientContext(call, part_timeout_ms_), "fx",
                 static_cast<AsyncFx&>(*backends_.fx->async()), &AsyncFx::ConvertMoney, forwarded,
                 exchange->response,
                 [exchange, &response, finish = std::move(finish)](const absl::Status& status) {
                   if (!status.ok()) return finish(status);
                   *response.mutable_converted() =
                       std::move(*exchange->response.mutable_converted());
                   *response.mutable_rate() = std::move(*exchange->response.mutable_rate());
                   *response.mutable_stamp() = std::move(*exchange->response.mutable_stamp());
                   finish(absl::OkStatus());
                 });
}

grpc::ServerWriteReactor<v1::WatchReportResponse>* GatewayService::WatchReport(
    grpc::CallbackServerContext* context, const v1::WatchReportRequest*) {
  return rpc::NotBuiltServerStream<v1::WatchReportResponse>(runtime_, kWatchReport, *context);
}

grpc::ServerUnaryReactor* GatewayService::ExplainFigure(grpc::CallbackServerContext* context,
                                                        const v1::ExplainFigureRequest*,
                                                        v1::ExplainFigureResponse*) {
  return rpc::NotBuiltUnary(runtime_, kExplainFigure, *context);
}

grpc::ServerUnaryReactor* GatewayService::ExtractDisclosures(grpc::CallbackServerContext* context,
                                                             const v1::ExtractDisclosuresRequest*,
                                                             v1::ExtractDisclosuresResponse*) {
  return rpc::NotBuiltUnary(runtime_, kExtractDisclosures, *context);
}

grpc::ServerUnaryReactor* GatewayService::CheckArticle(grpc::CallbackServerContext* context,
                                                       const v1::CheckArticleRequest*,
                                                       v1::CheckArticleResponse*) {
  return rpc::NotBuiltUnary(runtime_, kCheckArticle, *context);
}

}  // namespace outlay::gateway
