// Ratios of a report: growth, shares, the total against a reference. All from exact values (docs/semantics.md, section 6).
#ifndef OUTLAY_GATEWAY_REPORT_RATIO_H_
#define OUTLAY_GATEWAY_REPORT_RATIO_H_

#include <optional>

#include "absl/status/statusor.h"
#include "gateway/report/figure.h"
#include "services/common/money/decimal.h"
#include "services/common/money/rational.h"

namespace outlay::gateway {

// A ratio (not times 100) with the range in which it lies; an absent end is open.
struct ExactRatio {
  money::Rational value;
  std::optional<money::Rational> low;
  std::optional<money::Rational> high;
};

// The same in percent at four places: the value half up, the ends outward.
struct RoundedRatio {
  money::Decimal percent;
  std::optional<money::Decimal> percent_low;
  std::optional<money::Decimal> percent_high;
};

inline constexpr int kPercentScale = 4;

// None of these has a value where a point is absent or the divisor's is not positive ("not meaningful").

// part ÷ whole, with the interval that other parts leave: low ÷ (low + others' high) to high ÷ (high + others' low).
std::optional<ExactRatio> Share(const ExactFigure& part, const ExactFigure& others);
// current ÷ prior - 1.
std::optional<ExactRatio> Growth(const ExactFigure& current, const ExactFigure& prior);
// numerator ÷ denominator.
std::optional<ExactRatio> Quotient(const ExactFigure& numerator, const ExactFigure& denominator);

absl::StatusOr<RoundedRatio> RoundForDisplay(const ExactRatio& ratio);

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_REPORT_RATIO_H_
