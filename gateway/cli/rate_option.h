// The flag --rate.
#ifndef OUTLAY_GATEWAY_CLI_RATE_OPTION_H_
#define OUTLAY_GATEWAY_CLI_RATE_OPTION_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace outlay::cli {

enum class RateKind { kSpot, kAverage, kPeriodEnd, kAsStated, kFixed };

struct RateOption {
  RateKind kind = RateKind::kSpot;
  std::string value;  // what stands after "="; a number for kFixed
};

// "spot", "average", "period-end", "as-stated=SOURCE", "fixed=1456.3"; for a conversion, which has no period of its own, "average=2024"
// and "period-end=2024". Usage errors say what would be right.
absl::StatusOr<RateOption> ParseReportRate(const std::string& text);
absl::StatusOr<RateOption> ParseConversionRate(const std::string& text);

// OK for a date such as 2025-02-07.
absl::Status CheckDateFlag(std::string_view flag, const std::string& text);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RATE_OPTION_H_
