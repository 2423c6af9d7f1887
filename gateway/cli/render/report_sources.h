// What a report rests on: warnings, rates, sources and the claims that those sources make.
#ifndef OUTLAY_GATEWAY_CLI_RENDER_REPORT_SOURCES_H_
#define OUTLAY_GATEWAY_CLI_RENDER_REPORT_SOURCES_H_

#include "gateway/cli/render/document.h"
#include "gateway/cli/render/language.h"
#include "outlay/gateway/v1/report.pb.h"

namespace outlay::cli {

// One item a code, of the whole report, its total, reference and rows; the messages stand below it, each once.
ItemList WarningItems(const gateway::v1::Report& report, Language language);

ItemList RateItems(const gateway::v1::Report& report, Language language);

// With title, publisher, date, class and the words of the amounts.
ItemList SourceItems(const gateway::v1::Report& report, Language language);

ItemList ClaimItems(const gateway::v1::Report& report, Language language);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RENDER_REPORT_SOURCES_H_
