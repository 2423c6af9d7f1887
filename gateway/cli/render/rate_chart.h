// Dated figures as a line that a terminal can show.
#ifndef OUTLAY_GATEWAY_CLI_RENDER_RATE_CHART_H_
#define OUTLAY_GATEWAY_CLI_RENDER_RATE_CHART_H_

#include <cstddef>
#include <string>
#include <vector>

#include "gateway/cli/render/language.h"
#include "services/common/money/decimal.h"
#include "services/common/time/date.h"

namespace outlay::cli {

struct ChartPoint {
  time::Date date;
  money::Decimal value;
};

struct ChartStyle {
  size_t width = 80;  // cells; what is too narrow for the labels gets what they need
  bool faint_axes = false;
  Language language = Language::kEnglish;
};

// Braille dots, four above each other in a cell: the day from left to right, the figure from the least to the greatest. Points are joined unless more than
// a month lies between them. The greatest and the least figure stand beside the axis, the first and the last day below it, the days of the
// extremes in the last line. At least one point; by date. Positions are computed from the exact figures.
std::string RateChart(const std::vector<ChartPoint>& points, const ChartStyle& style);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RENDER_RATE_CHART_H_
