// ListRates, GetCoverage, ListCurrencies and ListProviders.
#ifndef OUTLAY_SERVICES_FX_LISTINGS_PROTO_H_
#define OUTLAY_SERVICES_FX_LISTINGS_PROTO_H_

#include "absl/status/status.h"
#include "outlay/fx/v1/fx_service.pb.h"
#include "services/fx/rate_reader.h"

namespace outlay::fx {

inline constexpr int kRatesPageDefault = 1'000;
inline constexpr int kRatesPageMax = 10'000;

absl::Status ListRates(const RateReader& reader, const v1::ListRatesRequest& request,
                       v1::ListRatesResponse& response);
absl::Status GetCoverage(const RateReader& reader, const v1::GetCoverageRequest& request,
                         v1::GetCoverageResponse& response);
absl::Status ListCurrencies(v1::ListCurrenciesResponse& response);
absl::Status ListProviders(const RateReader& reader, v1::ListProvidersResponse& response);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_LISTINGS_PROTO_H_
