// The questions that the demo asks.
#ifndef OUTLAY_GATEWAY_CLI_DEMO_QUESTIONS_H_
#define OUTLAY_GATEWAY_CLI_DEMO_QUESTIONS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/cli/render/report_document.h"
#include "outlay/gateway/v1/gateway_service.pb.h"

namespace outlay::cli {

struct DemoQuestion {
  std::string introduction;
  gateway::v1::GetReportRequest request;
  ReportDetail detail;
};

// What the two articles say, at the rate that one of them implies; the same at the ECB's; the same before that article was published.
absl::StatusOr<std::vector<DemoQuestion>> DemoQuestions(Language language);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_DEMO_QUESTIONS_H_
