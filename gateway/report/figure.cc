#include "gateway/report/figure.h"

#include <utility>

#include "services/common/money/amount.h"
#include "services/common/money/currency.h"
#include "services/common/status/error.h"

namespace outlay::gateway {
namespace {

using money::Decimal;
using money::Rational;
using money::Rounding;

// Of a currency without a minor unit, such as gold: as many as an amount can have.
constexpr int kMaxPlaces = money::kMaxAmountScale;

absl::StatusOr<money::IntervalEnd> RoundEnd(const money::RationalIntervalEnd& end, int scale) {
  money::IntervalEnd rounded{.strict = end.strict, .implied = end.implied};
  if (end.value) {
    ASSIGN_OR_RETURN(rounded.value, end.value->ToDecimal(scale, Rounding::kHalfEven));
  }
  return rounded;
}

ExactComposition Scale(const ExactComposition& composition, const Rational& factor) {
  return {composition.stated * factor, composition.floors * factor, composition.ceilings * factor,
          composition.midpoints * factor};
}

ExactComposition Sum(const ExactComposition& a, const ExactComposition& b) {
  return {a.stated + b.stated, a.floors + b.floors, a.ceilings + b.ceilings,
          a.midpoints + b.midpoints};
}

absl::StatusOr<RoundedComposition> RoundComposition(const ExactComposition& composition,
                                                    int scale) {
  RoundedComposition rounded;
  ASSIGN_OR_RETURN(rounded.stated, composition.stated.ToDecimal(scale, Rounding::kHalfEven));
  ASSIGN_OR_RETURN(rounded.floors, composition.floors.ToDecimal(scale, Rounding::kHalfEven));
  ASSIGN_OR_RETURN(rounded.ceilings, composition.ceilings.ToDecimal(scale, Rounding::kHalfEven));
  ASSIGN_OR_RETURN(rounded.midpoints, composition.midpoints.ToDecimal(scale, Rounding::kHalfEven));
  return rounded;
}

}  // namespace

ExactFigure ZeroFigure(std::string currency_code) {
  return {.currency_code = std::move(currency_code),
          .point = Rational(),
          .interval = money::RationalInterval::PointAt(Rational())};
}

ExactFigure Convert(const ExactFigure& figure, const Rational& rate, std::string to_currency) {
  ExactFigure converted{.currency_code = std::move(to_currency),
                        .interval = money::Scale(figure.interval, rate),
                        .composition = Scale(figure.composition, rate),
                        .approximate = figure.approximate};
  if (figure.point) converted.point = *figure.point * rate;
  return converted;
}

ExactFigure Sum(const ExactFigure& a, const ExactFigure& b) {
  ExactFigure sum{.currency_code = a.currency_code,
                  .interval = money::Add(a.interval, b.interval),
                  .composition = Sum(a.composition, b.composition),
                  .approximate = a.approximate || b.approximate};
  if (a.point && b.point) sum.point = *a.point + *b.point;
  return sum;
}

absl::StatusOr<RoundedFigure> RoundForDisplay(const ExactFigure& figure) {
  const int scale = MinorUnits(figure.currency_code);
  RoundedFigure rounded;
  if (figure.point) {
    ASSIGN_OR_RETURN(rounded.point, figure.point->ToDecimal(scale, Rounding::kHalfEven));
  }
  ASSIGN_OR_RETURN(rounded.interval.low, RoundEnd(figure.interval.low, scale));
  ASSIGN_OR_RETURN(rounded.interval.high, RoundEnd(figure.interval.high, scale));
  ASSIGN_OR_RETURN(rounded.composition, RoundComposition(figure.composition, scale));
  return rounded;
}

int MinorUnits(const std::string& currency_code) {
  const money::Currency* currency = money::FindCurrency(currency_code);
  return currency == nullptr ? kMaxPlaces : currency->minor_units.value_or(kMaxPlaces);
}

}  // namespace outlay::gateway
