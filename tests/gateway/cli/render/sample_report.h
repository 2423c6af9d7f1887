// The worked example of docs/semantics.md, section 8, as the gateway answers it.
#ifndef OUTLAY_TESTS_GATEWAY_CLI_RENDER_SAMPLE_REPORT_H_
#define OUTLAY_TESTS_GATEWAY_CLI_RENDER_SAMPLE_REPORT_H_

#include "outlay/gateway/v1/gateway_service.pb.h"

namespace outlay::cli {

gateway::v1::GetReportRequest SampleRequest();
gateway::v1::Report SampleReport();

}  // namespace outlay::cli

#endif  // OUTLAY_TESTS_GATEWAY_CLI_RENDER_SAMPLE_REPORT_H_
