// The gRPC shell of fx: parse, call the domain, answer.
#ifndef OUTLAY_SERVICES_FX_FX_SERVICE_H_
#define OUTLAY_SERVICES_FX_FX_SERVICE_H_

#include <string_view>
#include <utility>

#include "outlay/fx/v1/fx_service.grpc.pb.h"
#include "services/common/rpc/runtime.h"
#include "services/common/telemetry/logger.h"
#include "services/fx/rate_reader.h"
#include "services/fx/rate_recorder.h"
#include "services/fx/rate_releaser.h"

namespace outlay::fx {

inline constexpr std::string_view kServiceName = "outlay.fx.v1.FxService";

// Reads that take microseconds are answered on gRPC's own threads, the others on the executor.
class FxService final : public v1::FxService::CallbackService {
 public:
  // All outlive it.
  FxService(rpc::Runtime& runtime, const RateReader& reader, RateRecorder& recorder,
            RateReleaser& releaser, telemetry::Logger logger)
      : runtime_(runtime),
        reader_(reader),
        recorder_(recorder),
        releaser_(releaser),
        logger_(std::move(logger)) {}

  grpc::ServerUnaryReactor* RecordRates(grpc::CallbackServerContext* context,
                                        const v1::RecordRatesRequest* request,
                                        v1::RecordRatesResponse* response) override;
  grpc::ServerUnaryReactor* ConvertMoney(grpc::CallbackServerContext* context,
                                         const v1::ConvertMoneyRequest* request,
                                         v1::ConvertMoneyResponse* response) override;
  grpc::ServerUnaryReactor* BatchConvert(grpc::CallbackServerContext* context,
                                         const v1::BatchConvertRequest* request,
                                         v1::BatchConvertResponse* response) override;
  grpc::ServerUnaryReactor* GetRate(grpc::CallbackServerContext* context,
                                    const v1::GetRateRequest* request,
                                    v1::GetRateResponse* response) override;
  grpc::ServerUnaryReactor* BatchGetRates(grpc::CallbackServerContext* context,
                                          const v1::BatchGetRatesRequest* request,
                                          v1::BatchGetRatesResponse* response) override;
  grpc::ServerUnaryReactor* ListRates(grpc::CallbackServerContext* context,
                                      const v1::ListRatesRequest* request,
                                      v1::ListRatesResponse* response) override;
  grpc::ServerUnaryReactor* GetCoverage(grpc::CallbackServerContext* context,
                                        const v1::GetCoverageRequest* request,
                                        v1::GetCoverageResponse* response) override;
  grpc::ServerUnaryReactor* ListCurrencies(grpc::CallbackServerContext* context,
                                           const v1::ListCurrenciesRequest* request,
                                           v1::ListCurrenciesResponse* response) override;
  grpc::ServerUnaryReactor* ListProviders(grpc::CallbackServerContext* context,
                                          const v1::ListProvidersRequest* request,
                                          v1::ListProvidersResponse* response) override;

  grpc::ServerUnaryReactor* ListFlaggedRates(grpc::CallbackServerContext* context,
                                             const v1::ListFlaggedRatesRequest* request,
                                             v1::ListFlaggedRatesResponse* response) override;
  grpc::ServerUnaryReactor* ReleaseRate(grpc::CallbackServerContext* context,
                                        const v1::ReleaseRateRequest* request,
                                        v1::ReleaseRateResponse* response) override;

  // UNIMPLEMENTED, NOT_BUILT_YET.
  grpc::ServerBidiReactor<v1::StreamRatesRequest, v1::StreamRatesResponse>* StreamRates(
      grpc::CallbackServerContext* context) override;
  grpc::ServerBidiReactor<v1::StreamConvertRequest, v1::StreamConvertResponse>* StreamConvert(
      grpc::CallbackServerContext* context) override;
  grpc::ServerWriteReactor<v1::SubscribeRatesResponse>* SubscribeRates(
      grpc::CallbackServerContext* context, const v1::SubscribeRatesRequest* request) override;

 private:
  rpc::Runtime& runtime_;
  const RateReader& reader_;
  RateRecorder& recorder_;
  RateReleaser& releaser_;
  const telemetry::Logger logger_;
};

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_FX_SERVICE_H_
