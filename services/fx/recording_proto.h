// RecordRates and StreamRates.
#ifndef OUTLAY_SERVICES_FX_RECORDING_PROTO_H_
#define OUTLAY_SERVICES_FX_RECORDING_PROTO_H_

#include "absl/status/status.h"
#include "outlay/fx/v1/fx_service.pb.h"
#include "services/common/time/instant.h"
#include "services/fx/rate_recorder.h"

namespace outlay::fx {

// Blocks until the batch is on disk.
absl::Status RecordRates(RateRecorder& recorder, time::Instant now,
                         const v1::RecordRatesRequest& request, v1::RecordRatesResponse& response);

// The same of one batch of a stream, best effort: refused rates are named by index.
absl::Status RecordBatch(RateRecorder& recorder, time::Instant now, const ChangeNote& note,
                         const v1::StreamRatesRequest& request, v1::StreamRatesResponse& response);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_RECORDING_PROTO_H_
