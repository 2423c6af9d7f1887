// A report as a document for people.
#ifndef OUTLAY_GATEWAY_CLI_RENDER_REPORT_DOCUMENT_H_
#define OUTLAY_GATEWAY_CLI_RENDER_REPORT_DOCUMENT_H_

#include "gateway/cli/render/document.h"
#include "gateway/cli/render/language.h"
#include "outlay/gateway/v1/gateway_service.pb.h"

namespace outlay::cli {

enum class ReportDetail {
  kFull,
  kFigures,  // the rows and the total; warnings by code alone; no sources
  kTotals,   // the total and its share alone
};

// What is missing comes first, then the figures, the total, the reference, the warnings, rates, sources, claims and the stamp.
Document ReportDocument(const gateway::v1::GetReportRequest& request,
                        const gateway::v1::Report& report, Language language,
                        ReportDetail detail = ReportDetail::kFull);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RENDER_REPORT_DOCUMENT_H_
