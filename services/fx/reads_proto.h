// GetRate and BatchGetRates.
#ifndef OUTLAY_SERVICES_FX_READS_PROTO_H_
#define OUTLAY_SERVICES_FX_READS_PROTO_H_

#include <functional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "outlay/fx/v1/fx_service.pb.h"
#include "services/fx/rate_answer.h"
#include "services/fx/rate_query.h"
#include "services/fx/rate_reader.h"

namespace outlay::fx {

inline constexpr int kBatchQueriesMax = 10'000;

// Not OK once nobody waits for the answer any more.
using CheckLive = std::function<absl::Status()>;

// Whether an answer takes microseconds and no disk.
bool IsQuick(const v1::RateSpec& spec, const journal::v1::AsOf& as_of);

absl::Status GetRate(const RateReader& reader, const v1::GetRateRequest& request,
                     v1::GetRateResponse& response);
absl::Status BatchGetRates(const RateReader& reader, const CheckLive& check_live,
                           const v1::BatchGetRatesRequest& request,
                           v1::BatchGetRatesResponse& response);

// ResolveRate with the fields of its errors below `spec_path`: "query.spec".
absl::StatusOr<RateAnswer> ResolveAt(const Snapshot& snapshot, const RateQuery& query,
                                     std::string_view spec_path);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_READS_PROTO_H_
