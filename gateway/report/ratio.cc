#include "gateway/report/ratio.h"

#include <utility>

#include "services/common/money/interval.h"
#include "services/common/status/error.h"

namespace outlay::gateway {
namespace {

using money::Decimal;
using money::Rational;
using money::Rounding;

// The interval's ends; none of them where the interval itself is not meaningful, as for a divisor that may not be positive.
void SetRange(ExactRatio& ratio, const absl::StatusOr<money::RationalInterval>& interval) {
  if (!interval.ok()) return;
  ratio.low = interval->low.value;
  ratio.high = interval->high.value;
}

std::optional<ExactRatio> PointQuotient(const std::optional<Rational>& numerator,
                                        const std::optional<Rational>& denominator) {
  if (!numerator || !denominator || denominator->Sign() <= 0) return std::nullopt;
  absl::StatusOr<Rational> value = money::Divide(*numerator, *denominator);
  if (!value.ok()) return std::nullopt;
  return ExactRatio{.value = *std::move(value)};
}

absl::StatusOr<Decimal> Percent(const Rational& ratio, Rounding rounding) {
  return (ratio * Rational(100)).ToDecimal(kPercentScale, rounding);
}

}  // namespace

std::optional<ExactRatio> Share(const ExactFigure& part, const ExactFigure& others) {
  if (!part.point || !others.point) return std::nullopt;
  std::optional<ExactRatio> share = PointQuotient(part.point, *part.point + *others.point);
  if (share) SetRange(*share, money::ShareInterval(part.interval, others.interval));
  return share;
}

std::optional<ExactRatio> Growth(const ExactFigure& current, const ExactFigure& prior) {
  std::optional<ExactRatio> growth = PointQuotient(current.point, prior.point);
  if (!growth) return std::nullopt;
  growth->value -= Rational(1);
  SetRange(*growth, money::GrowthInterval(current.interval, prior.interval));
  return growth;
}

std::optional<ExactRatio> Quotient(const ExactFigure& numerator, const ExactFigure& denominator) {
  std::optional<ExactRatio> quotient = PointQuotient(numerator.point, denominator.point);
  if (quotient) SetRange(*quotient, money::RatioInterval(numerator.interval, denominator.interval));
  return quotient;
}

absl::StatusOr<RoundedRatio> RoundForDisplay(const ExactRatio& ratio) {
  RoundedRatio rounded;
  ASSIGN_OR_RETURN(rounded.percent, Percent(ratio.value, Rounding::kHalfUp));
  if (ratio.low) {
    ASSIGN_OR_RETURN(rounded.percent_low, Percent(*ratio.low, Rounding::kFloor));
  }
  if (ratio.high) {
    ASSIGN_OR_RETURN(rounded.percent_high, Percent(*ratio.high, Rounding::kCeiling));
  }
  return rounded;
}

}  // namespace outlay::gateway
