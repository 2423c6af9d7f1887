// A whole report, page after page.
#ifndef OUTLAY_GATEWAY_CLI_REPORT_PAGES_H_
#define OUTLAY_GATEWAY_CLI_REPORT_PAGES_H_

#include "absl/status/statusor.h"
#include "gateway/cli/client.h"

namespace outlay::cli {

// Asks until there is no further page. One report with the rows of all pages, and each source, disclosure and claim once.
absl::StatusOr<gateway::v1::Report> GetWholeReport(const Client& client,
                                                   gateway::v1::GetReportRequest request);

// Whether the report as a whole says PARTIAL: a service did not answer, or is behind. One that only leaves out a figure of a row is whole.
bool IsPartial(const gateway::v1::Report& report);

// Adds the rows of `page`, and what they rest on, to `report`.
void MergePage(const gateway::v1::Report& page, gateway::v1::Report* report);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_REPORT_PAGES_H_
