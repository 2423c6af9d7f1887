// ConvertMoney and BatchConvert.
#ifndef OUTLAY_SERVICES_FX_CONVERSIONS_PROTO_H_
#define OUTLAY_SERVICES_FX_CONVERSIONS_PROTO_H_

#include "absl/status/status.h"
#include "outlay/fx/v1/fx_service.pb.h"
#include "services/fx/rate_reader.h"
#include "services/fx/reads_proto.h"

namespace outlay::fx {

inline constexpr int kBatchSpecsMax = 1'000;
inline constexpr int kBatchConversionsMax = 10'000;

absl::Status ConvertMoney(const RateReader& reader, const v1::ConvertMoneyRequest& request,
                          v1::ConvertMoneyResponse& response);

// A malformed spec fails the call; whatever else is wrong with a conversion is said in its place.
absl::Status BatchConvert(const RateReader& reader, const CheckLive& check_live,
                          const v1::BatchConvertRequest& request,
                          v1::BatchConvertResponse& response);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_CONVERSIONS_PROTO_H_
