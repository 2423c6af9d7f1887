#include "services/fx/fx_service.h"

#include <memory>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "services/common/feed/feed_stream_service.h"
#include "services/common/rpc/not_built.h"
#include "services/common/rpc/unary.h"
#include "services/fx/conversions_proto.h"
#include "services/fx/convert_stream_service.h"
#include "services/fx/errors.h"
#include "services/fx/flagged_rates_proto.h"
#include "services/fx/listings_proto.h"
#include "services/fx/rate_stream_service.h"
#include "services/fx/reads_proto.h"
#include "services/fx/recording_proto.h"

namespace outlay::fx {
namespace {

std::string FullName(std::string_view method) { return fmt::format("{}/{}", kServiceName, method); }

grpc::ServerUnaryReactor* Handle(bool quick, rpc::Runtime& runtime, std::string_view method,
                                 grpc::CallbackServerContext& context, rpc::UnaryHandler handler) {
  return quick ? rpc::HandleInline(runtime, FullName(method), context, std::move(handler))
               : rpc::HandleOnWorker(runtime, FullName(method), context, std::move(handler));
}

}  // namespace

grpc::ServerUnaryReactor* FxService::RecordRates(grpc::CallbackServerContext* context,
                                                 const v1::RecordRatesRequest* request,
                                                 v1::RecordRatesResponse* response) {
  return Handle(false, runtime_, "RecordRates", *context, [=, this](const rpc::CallContext&) {
    return fx::RecordRates(recorder_, reader_.Now(), *request, *response);
  });
}

grpc::ServerUnaryReactor* FxService::ConvertMoney(grpc::CallbackServerContext* context,
                                                  const v1::ConvertMoneyRequest* request,
                                                  v1::ConvertMoneyResponse* response) {
  return Handle(IsQuick(request->spec(), request->as_of()), runtime_, "ConvertMoney", *context,
                [=, this](const rpc::CallContext&) {
                  return fx::ConvertMoney(reader_, *request, *response);
                });
}

grpc::ServerUnaryReactor* FxService::BatchConvert(grpc::CallbackServerContext* context,
                                                  const v1::BatchConvertRequest* request,
                                                  v1::BatchConvertResponse* response) {
  return Handle(false, runtime_, "BatchConvert", *context, [=, this](const rpc::CallContext& call) {
    return fx::BatchConvert(
        reader_, [&call] { return call.CheckLive(); }, *request, *response);
  });
}

grpc::ServerUnaryReactor* FxService::GetRate(grpc::CallbackServerContext* context,
                                             const v1::GetRateRequest* request,
                                             v1::GetRateResponse* response) {
  return Handle(
      IsQuick(request->query().spec(), request->as_of()), runtime_, "GetRate", *context,
      [=, this](const rpc::CallContext&) { return fx::GetRate(reader_, *request, *response); });
}

grpc::ServerUnaryReactor* FxService::BatchGetRates(grpc::CallbackServerContext* context,
                                                   const v1::BatchGetRatesRequest* request,
                                                   v1::BatchGetRatesResponse* response) {
  return Handle(false, runtime_, "BatchGetRates", *context,
                [=, this](const rpc::CallContext& call) {
                  return fx::BatchGetRates(
                      reader_, [&call] { return call.CheckLive(); }, *request, *response);
                });
}

grpc::ServerUnaryReactor* FxService::ListRates(grpc::CallbackServerContext* context,
                                               const v1::ListRatesRequest* request,
                                               v1::ListRatesResponse* response) {
  return Handle(false, runtime_, "ListRates", *context, [=, this](const rpc::CallContext&) {
    return fx::ListRates(reader_, *request, *response);
  });
}

grpc::ServerUnaryReactor* FxService::GetCoverage(grpc::CallbackServerContext* context,
                                                 const v1::GetCoverageRequest* request,
                                                 v1::GetCoverageResponse* response) {
  return Handle(false, runtime_, "GetCoverage", *context, [=, this](const rpc::CallContext&) {
    return fx::GetCoverage(reader_, *request, *response);
  });
}

grpc::ServerUnaryReactor* FxService::ListCurrencies(grpc::CallbackServerContext* context,
                                                    const v1::ListCurrenciesRequest*,
                                                    v1::ListCurrenciesResponse* response) {
  return Handle(true, runtime_, "ListCurrencies", *context,
                [=](const rpc::CallContext&) { return fx::ListCurrencies(*response); });
}

grpc::ServerUnaryReactor* FxService::ListProviders(grpc::CallbackServerContext* context,
                                                   const v1::ListProvidersRequest*,
                                                   v1::ListProvidersResponse* response) {
  return Handle(true, runtime_, "ListProviders", *context, [=, this](const rpc::CallContext&) {
    return fx::ListProviders(reader_, *response);
  });
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* FxService::StreamRates(
    grpc::CallbackServerContext* context) {
  return RateStream::Run(std::make_shared<RateStream>(runtime_, FullName("StreamRates"), *context,
                                                      recorder_, reader_));
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* FxService::StreamConvert(
    grpc::CallbackServerContext* context) {
  return ConvertStream::Run(
      std::make_shared<ConvertStream>(runtime_, FullName("StreamConvert"), *context, reader_));
}

grpc::ServerUnaryReactor* FxService::ListFlaggedRates(grpc::CallbackServerContext* context,
                                                      const v1::ListFlaggedRatesRequest* request,
                                                      v1::ListFlaggedRatesResponse* response) {
  return Handle(false, runtime_, "ListFlaggedRates", *context, [=, this](const rpc::CallContext&) {
    return fx::ListFlaggedRates(reader_, *request, *response);
  });
}

grpc::ServerUnaryReactor* FxService::ReleaseRate(grpc::CallbackServerContext* context,
                                                 const v1::ReleaseRateRequest* request,
                                                 v1::ReleaseRateResponse* response) {
  return Handle(false, runtime_, "ReleaseRate", *context, [=, this](const rpc::CallContext&) {
    return fx::ReleaseRate(releaser_, reader_.Now(), logger_, *request, *response);
  });
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* FxService::SubscribeRates(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request) {
  return feed::Subscribe<v1::SubscribeRatesRequest>(
      runtime_, FullName("SubscribeRates"), *context,
      {.journal = journal_, .encoder = feed_encoder_, .options = feed_options_}, *request);
}

}  // namespace outlay::fx
