// Figures, amounts and ratios of the protos as short texts, rounded once from their exact values.
#ifndef OUTLAY_GATEWAY_CLI_RENDER_FIGURE_TEXT_H_
#define OUTLAY_GATEWAY_CLI_RENDER_FIGURE_TEXT_H_

#include <optional>
#include <string>

#include "gateway/cli/render/language.h"
#include "outlay/gateway/v1/report.pb.h"
#include "outlay/money/v1/money.pb.h"
#include "services/common/money/rational.h"

namespace outlay::cli {

// None for a text that is no number: an absent message has an empty one.
std::optional<money::Rational> Number(const money::v1::Decimal& proto);
std::optional<money::Rational> Number(const gateway::v1::Fraction& proto);

// The exact point where there is one, else the rounded one.
std::optional<money::Rational> PointOf(const gateway::v1::Figure& figure);
// The exact ratio, not times 100.
std::optional<money::Rational> ValueOf(const gateway::v1::Ratio& ratio);

// With its bound: "$100 bn", "up to $65 bn", "at least …", "$60–65 bn"; "about" where it is. Empty without any number.
std::string FigureText(const gateway::v1::Figure& figure, Language language);
std::string AmountText(const money::v1::Amount& amount, Language language);

// The number that stands for it: "$320 bn". Where there is none, FigureText.
std::string PointText(const gateway::v1::Figure& figure, Language language);
// "255 stated + 65 ceiling"; empty where everything is stated as such.
std::string CompositionText(const gateway::v1::Figure& figure, Language language);
// "$255–320 bn", "at least $255 bn, no upper end"; empty where it is a point.
std::string IntervalText(const gateway::v1::Figure& figure, Language language);

// "71.08 % (at least 56.6 %)": the ends with one place, rounded outward.
std::string RatioText(const gateway::v1::Ratio& ratio, int places, Language language);
// "31.3 % (to 39.3)".
std::string ShortRatioText(const gateway::v1::Ratio& ratio, Language language);
// "+20.5 %".
std::string GrowthText(const gateway::v1::Ratio& ratio, Language language);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RENDER_FIGURE_TEXT_H_
