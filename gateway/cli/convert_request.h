// The arguments of `outlay convert` as the request that they mean.
#ifndef OUTLAY_GATEWAY_CLI_CONVERT_REQUEST_H_
#define OUTLAY_GATEWAY_CLI_CONVERT_REQUEST_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/cli/options.h"
#include "outlay/gateway/v1/gateway_service.pb.h"

namespace outlay::cli {

// As they were written; empty: not given.
struct ConvertFlags {
  std::string amount;  // as people write them: written_amount.h
  std::string
      from;  // where `to` is empty, what is wanted: then the amount names its currency itself
  std::string to;
  std::string on_date;
  std::string rate;
  std::string provider;
  std::string rounding;  // "half-even"
  std::optional<int> scale;
  AsOfOptions as_of{.journal = "fx"};
};

// Usage errors name the argument and say what would be right.
absl::StatusOr<gateway::v1::ConvertMoneyRequest> MakeConvertRequest(const ConvertFlags& flags);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_CONVERT_REQUEST_H_
