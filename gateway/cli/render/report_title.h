// What a report was asked for, in words.
#ifndef OUTLAY_GATEWAY_CLI_RENDER_REPORT_TITLE_H_
#define OUTLAY_GATEWAY_CLI_RENDER_REPORT_TITLE_H_

#include <string>

#include "gateway/cli/render/language.h"
#include "outlay/gateway/v1/gateway_service.pb.h"

namespace outlay::cli {

// "big-tech-4, 2025".
std::string ReportTitle(const gateway::v1::ReportQuery& query);

// "in KRW at the rate that brunch-2025-02-10 implies; as of 2025-02-10; capital expenditure, AI investment".
std::string ReportSubtitle(const gateway::v1::GetReportRequest& request,
                           const gateway::v1::ReportQuery& query, Language language);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RENDER_REPORT_TITLE_H_
