// A conversion for people and for spreadsheets.
#ifndef OUTLAY_GATEWAY_CLI_RENDER_CONVERSION_DOCUMENT_H_
#define OUTLAY_GATEWAY_CLI_RENDER_CONVERSION_DOCUMENT_H_

#include <string>

#include "gateway/cli/render/document.h"
#include "gateway/cli/render/language.h"
#include "outlay/gateway/v1/gateway_service.pb.h"

namespace outlay::cli {

// Every digit of the amounts, the readable form beside them, and the rate with its legs, exact fraction, dates and warnings.
Document ConversionDocument(const gateway::v1::ConvertMoneyRequest& request,
                            const gateway::v1::ConvertMoneyResponse& response, Language language);

// A header and one record.
std::string ConversionCsv(const gateway::v1::ConvertMoneyRequest& request,
                          const gateway::v1::ConvertMoneyResponse& response);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RENDER_CONVERSION_DOCUMENT_H_
