// The table of a report: a row an organization, and the total.
#ifndef OUTLAY_GATEWAY_CLI_RENDER_REPORT_ROWS_H_
#define OUTLAY_GATEWAY_CLI_RENDER_REPORT_ROWS_H_

#include "gateway/cli/render/document.h"
#include "gateway/cli/render/language.h"
#include "outlay/gateway/v1/report.pb.h"

namespace outlay::cli {

Table ReportTable(const gateway::v1::Report& report, Language language);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RENDER_REPORT_ROWS_H_
