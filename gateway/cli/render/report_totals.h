// The total of a report and what it is compared with, in sentences.
#ifndef OUTLAY_GATEWAY_CLI_RENDER_REPORT_TOTALS_H_
#define OUTLAY_GATEWAY_CLI_RENDER_REPORT_TOTALS_H_

#include "gateway/cli/render/document.h"
#include "gateway/cli/render/language.h"
#include "outlay/gateway/v1/report.pb.h"

namespace outlay::cli {

// The total with composition and interval, in both currencies, its growth, and its ratio to every figure of the reference.
ItemList TotalItems(const gateway::v1::Report& report, Language language);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RENDER_REPORT_TOTALS_H_
