// ListFlaggedRates and ReleaseRate.
#ifndef OUTLAY_SERVICES_FX_FLAGGED_RATES_PROTO_H_
#define OUTLAY_SERVICES_FX_FLAGGED_RATES_PROTO_H_

#include "absl/status/status.h"
#include "outlay/fx/v1/fx_service.pb.h"
#include "services/common/telemetry/logger.h"
#include "services/common/time/instant.h"
#include "services/fx/rate_reader.h"
#include "services/fx/rate_releaser.h"

namespace outlay::fx {

inline constexpr int kFlaggedPageDefault = 100;
inline constexpr int kFlaggedPageMax = 1'000;

absl::Status ListFlaggedRates(const RateReader& reader, const v1::ListFlaggedRatesRequest& request,
                              v1::ListFlaggedRatesResponse& response);

// Blocks until the release is on disk. Logs it, once.
absl::Status ReleaseRate(RateReleaser& releaser, time::Instant now, const telemetry::Logger& logger,
                         const v1::ReleaseRateRequest& request, v1::ReleaseRateResponse& response);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_FLAGGED_RATES_PROTO_H_
