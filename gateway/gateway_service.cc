#include "gateway/gateway_service.h"

#include <memory>
#include <utility>

#include "gateway/report_calls_client.h"
#include "gateway/report_proto.h"
#include "gateway/report_request_proto.h"
#include "services/common/rpc/client_call.h"
#include "services/common/rpc/error_mapping.h"
#include "services/common/rpc/not_built.h"
#include "services/common/rpc/unary.h"
#include "services/common/status/error.h"

namespace outlay::gateway {
namespace {

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
  return rpc::HandleOnWorker(
      runtime_, kGetReport, *context,
      [=, this](const rpc::CallContext& call) { return Report(call, *request, *response); });
}

grpc::ServerUnaryReactor* GatewayService::ConvertMoney(grpc::CallbackServerContext* context,
                                                       const v1::ConvertMoneyRequest* request,
                                                       v1::ConvertMoneyResponse* response) {
  return rpc::HandleOnWorker(
      runtime_, kConvertMoney, *context,
      [=, this](const rpc::CallContext& call) { return Convert(call, *request, *response); });
}

absl::Status GatewayService::Report(const rpc::CallContext& call,
                                    const v1::GetReportRequest& request,
                                    v1::GetReportResponse& response) {
  ASSIGN_OR_RETURN(const ReportRequest parsed,
                   ParseReportRequest(request, time::DateOf(clock_.Now())));
  ASSIGN_OR_RETURN(const ReportAnswers answers,
                   CallServices(call, backends_, parsed, part_timeout_ms_));
  ASSIGN_OR_RETURN(response, MakeReport(parsed, answers));
  return absl::OkStatus();
}

absl::Status GatewayService::Convert(const rpc::CallContext& call,
                                     const v1::ConvertMoneyRequest& request,
                                     v1::ConvertMoneyResponse& response) {
  fx::v1::ConvertMoneyRequest forwarded;
  if (request.has_amount()) *forwarded.mutable_amount() = request.amount();
  forwarded.set_to_currency(request.to_currency());
  if (request.has_spec()) *forwarded.mutable_spec() = request.spec();
  if (request.has_rounding()) *forwarded.mutable_rounding() = request.rounding();
  if (request.has_as_of()) *forwarded.mutable_as_of() = request.as_of();
  fx::v1::ConvertMoneyResponse answer;
  const std::shared_ptr<grpc::ClientContext> context = rpc::MakeClientContext(call);
  const grpc::Status status = backends_.fx->ConvertMoney(context.get(), forwarded, &answer);
  if (!status.ok()) return rpc::FromGrpcStatus(status, "fx");
  *response.mutable_converted() = std::move(*answer.mutable_converted());
  *response.mutable_rate() = std::move(*answer.mutable_rate());
  *response.mutable_stamp() = std::move(*answer.mutable_stamp());
  return absl::OkStatus();
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
