// The gRPC shell of fx: parse, call the domain, answer.
#ifndef OUTLAY_SERVICES_FX_FX_SERVICE_H_
#define OUTLAY_SERVICES_FX_FX_SERVICE_H_

#include <string_view>
#include <utility>

#include "grpcpp/support/byte_buffer.h"
#include "outlay/fx/v1/fx_service.grpc.pb.h"
#include "services/common/feed/options.h"
#include "services/common/journal/journal.h"
#include "services/common/rpc/runtime.h"
#include "services/common/telemetry/logger.h"
#include "services/fx/rate_feed_proto.h"
#include "services/fx/rate_reader.h"
#include "services/fx/rate_recorder.h"
#include "services/fx/rate_releaser.h"

namespace outlay::fx {

inline constexpr std::string_view kServiceName = "outlay.fx.v1.FxService";

// The methods whose messages gRPC parses and writes.
template <typename Base>
using WithTypedReads = v1::FxService::WithCallbackMethod_ConvertMoney<
    v1::FxService::WithCallbackMethod_BatchConvert<v1::FxService::WithCallbackMethod_GetRate<
        v1::FxService::WithCallbackMethod_BatchGetRates<v1::FxService::WithCallbackMethod_ListRates<
            v1::FxService::WithCallbackMethod_GetCoverage<
                v1::FxService::WithCallbackMethod_ListCurrencies<
                    v1::FxService::WithCallbackMethod_ListProviders<
                        v1::FxService::WithCallbackMethod_ListFlaggedRates<Base>>>>>>>>>;
template <typename Base>
using WithTypedWrites = v1::FxService::WithCallbackMethod_RecordRates<
    v1::FxService::WithCallbackMethod_ReleaseRate<Base>>;
// The streams are raw: the journal's bytes go out without being decoded, and batches are parsed on the executor.
template <typename Base>
using WithRawStreams = v1::FxService::WithRawCallbackMethod_StreamRates<
    v1::FxService::WithRawCallbackMethod_StreamConvert<
        v1::FxService::WithRawCallbackMethod_SubscribeRates<Base>>>;

// Reads that take microseconds are answered on gRPC's own threads, the others on the executor.
class FxService final
    : public WithTypedReads<WithTypedWrites<WithRawStreams<v1::FxService::Service>>> {
 public:
  // All outlive it.
  FxService(rpc::Runtime& runtime, journal::Journal& journal, const RateReader& reader,
            RateRecorder& recorder, RateReleaser& releaser, const feed::Options& feed_options,
            telemetry::Logger logger)
      : runtime_(runtime),
        journal_(journal),
        reader_(reader),
        recorder_(recorder),
        releaser_(releaser),
        feed_options_(feed_options),
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

  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* StreamConvert(
      grpc::CallbackServerContext* context) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* SubscribeRates(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request) override;
  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* StreamRates(
      grpc::CallbackServerContext* context) override;

  grpc::ServerUnaryReactor* ListFlaggedRates(grpc::CallbackServerContext* context,
                                             const v1::ListFlaggedRatesRequest* request,
                                             v1::ListFlaggedRatesResponse* response) override;
  grpc::ServerUnaryReactor* ReleaseRate(grpc::CallbackServerContext* context,
                                        const v1::ReleaseRateRequest* request,
                                        v1::ReleaseRateResponse* response) override;

 private:
  rpc::Runtime& runtime_;
  journal::Journal& journal_;
  const RateReader& reader_;
  RateRecorder& recorder_;
  RateReleaser& releaser_;
  const feed::Options feed_options_;
  const feed::Encoder feed_encoder_ = RateFeedEncoder();
  const telemetry::Logger logger_;
};

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_FX_SERVICE_H_
