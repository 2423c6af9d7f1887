// A report as comma-separated values, for spreadsheets and scripts.
#ifndef OUTLAY_GATEWAY_CLI_RENDER_REPORT_CSV_H_
#define OUTLAY_GATEWAY_CLI_RENDER_REPORT_CSV_H_

#include <string>

#include "gateway/cli/render/language.h"
#include "outlay/gateway/v1/report.pb.h"

namespace outlay::cli {

// A header, then one record a row, the total and the reference's figures, told apart by the first column. Numbers are those of the
// report, without grouping; an open end is empty; names are in `language`.
std::string ReportCsv(const gateway::v1::Report& report, Language language);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RENDER_REPORT_CSV_H_
