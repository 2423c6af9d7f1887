// The flags of `outlay report` as the request that they mean.
#ifndef OUTLAY_GATEWAY_CLI_REPORT_REQUEST_H_
#define OUTLAY_GATEWAY_CLI_REPORT_REQUEST_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/cli/options.h"
#include "outlay/gateway/v1/gateway_service.pb.h"

namespace outlay::cli {

// As they were written; empty: not given.
struct ReportFlags {
  std::vector<std::string> groups;
  std::vector<std::string> organizations;
  std::string year;
  std::string quarter;
  std::string period;
  std::vector<std::string> measures;
  std::vector<std::string> definitions;
  std::vector<std::string> bases;
  std::vector<std::string> source_classes;
  std::string currency;
  std::string rate;
  std::string on_date;
  std::string provider;
  AsOfOptions as_of;
  std::string fx_recorded_sequence;
  std::string share_of;  // ORGANIZATION/MEASURE/PERIOD
  std::string point = "default";
  bool without_growth = false;
};

// Usage errors name the flag and say what would be right. What only a service knows (ids, measures, rates) is left to it.
absl::StatusOr<gateway::v1::GetReportRequest> MakeReportRequest(const ReportFlags& flags);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_REPORT_REQUEST_H_
