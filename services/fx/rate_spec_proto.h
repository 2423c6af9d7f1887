#ifndef OUTLAY_SERVICES_FX_RATE_SPEC_PROTO_H_
#define OUTLAY_SERVICES_FX_RATE_SPEC_PROTO_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "outlay/fx/v1/fx_service.pb.h"
#include "outlay/fx/v1/rate.pb.h"
#include "services/fx/rate_query.h"

namespace outlay::fx {

// INVALID_ARGUMENT with fields relative to the spec. An empty provider becomes the default one
// where the method has a provider.
absl::StatusOr<RateSpec> ParseRateSpec(const v1::RateSpec& message,
                                       const std::string& default_provider);

// INVALID_ARGUMENT with fields relative to the query.
absl::StatusOr<RateQuery> ParseRateQuery(const v1::RateQuery& message,
                                         const std::string& default_provider);

// The field of the spec that holds the method: "on_date". Errors of ResolveRate belong under it.
std::string_view MethodField(const RateSpec& spec);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_RATE_SPEC_PROTO_H_
