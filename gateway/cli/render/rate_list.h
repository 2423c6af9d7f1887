// The dated rates of a pair for people and for spreadsheets.
#ifndef OUTLAY_GATEWAY_CLI_RENDER_RATE_LIST_H_
#define OUTLAY_GATEWAY_CLI_RENDER_RATE_LIST_H_

#include <string>
#include <vector>

#include "gateway/cli/render/document.h"
#include "gateway/cli/render/language.h"
#include "gateway/cli/render/rate_chart.h"
#include "outlay/fx/v1/fx_service.pb.h"

namespace outlay::cli {

// "USD/KRW, ecb: 256 rates, 2024-01-02 to 2024-12-31". The pair is the one that was asked for.
std::string RateListTitle(const fx::v1::ListRatesRequest& request,
                          const fx::v1::ListRatesResponse& rates, Language language);

// The title, a table of days, rates and how they follow from what was published, and the warnings that a rate carries.
Document RateListDocument(const fx::v1::ListRatesRequest& request,
                          const fx::v1::ListRatesResponse& rates, Language language);

// A header and a record a day, with the exact fraction.
std::string RateListCsv(const fx::v1::ListRatesRequest& request,
                        const fx::v1::ListRatesResponse& rates);

// The points of a chart, to the digits that were asked for.
std::vector<ChartPoint> RateListPoints(const fx::v1::ListRatesResponse& rates);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RENDER_RATE_LIST_H_
