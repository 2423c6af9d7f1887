// Figures of a report: exact until they are shown, then rounded once.
#ifndef OUTLAY_GATEWAY_REPORT_FIGURE_H_
#define OUTLAY_GATEWAY_REPORT_FIGURE_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "services/common/money/decimal.h"
#include "services/common/money/interval.h"
#include "services/common/money/rational.h"

namespace outlay::gateway {

// What a point is made of, by the bound of the figures in it.
template <typename Number>
struct BasicComposition {
  Number stated{};
  Number floors{};
  Number ceilings{};
  Number midpoints{};

  friend bool operator==(const BasicComposition&, const BasicComposition&) = default;
};
using ExactComposition = BasicComposition<money::Rational>;
using RoundedComposition = BasicComposition<money::Decimal>;

// An amount of one currency, exact.
struct ExactFigure {
  std::string currency_code;
  std::optional<money::Rational> point;  // absent where no number stands for the interval
  money::RationalInterval interval;
  ExactComposition composition;
  bool approximate = false;
};

// The same as shown: every number rounded half to even to the currency's minor units.
struct RoundedFigure {
  std::optional<money::Decimal> point;
  money::Interval interval;
  RoundedComposition composition;
};

// Nothing, to which parts are added.
ExactFigure ZeroFigure(std::string currency_code);

// At `rate` units of `to_currency` for one of the figure's. The rate must be positive.
ExactFigure Convert(const ExactFigure& figure, const money::Rational& rate,
                    std::string to_currency);

// The sum of two figures of one currency. Its point is absent where either's is.
ExactFigure Sum(const ExactFigure& a, const ExactFigure& b);

// A point is exact until here. OUT_OF_RANGE (AMOUNT_OVERFLOW) beyond 10^38 minor units.
absl::StatusOr<RoundedFigure> RoundForDisplay(const ExactFigure& figure);

// Places after the point of the currency's minor unit; nine for a currency that has none or is unknown.
int MinorUnits(const std::string& currency_code);

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_REPORT_FIGURE_H_
