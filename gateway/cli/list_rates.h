// The arguments of `outlay rates` as the request that they mean, and all its pages.
#ifndef OUTLAY_GATEWAY_CLI_LIST_RATES_H_
#define OUTLAY_GATEWAY_CLI_LIST_RATES_H_

#include <string>

#include "absl/status/statusor.h"
#include "gateway/cli/client.h"
#include "gateway/cli/options.h"
#include "outlay/fx/v1/fx_service.pb.h"

namespace outlay::cli {

// As they were written; empty: not given.
struct RatesFlags {
  std::string pair;  // "USD/KRW"
  std::string first_day;
  std::string last_day;  // inclusive, unlike the request's end_date
  std::string provider;
  int digits = 12;
  AsOfOptions as_of{.journal = "fx"};
};

// Usage errors name the flag and say what would be right.
absl::StatusOr<fx::v1::ListRatesRequest> MakeListRatesRequest(const RatesFlags& flags);

// All pages as one answer, with the stamp of the first.
absl::StatusOr<fx::v1::ListRatesResponse> ListAllRates(const Client& client,
                                                       fx::v1::ListRatesRequest request);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_LIST_RATES_H_
