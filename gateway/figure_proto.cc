#include "gateway/figure_proto.h"

#include "services/common/status/error.h"
#include "services/common/wire/money_proto.h"

namespace outlay::gateway {
namespace {

using money::Decimal;
using money::Rational;

absl::StatusOr<Rational> OptionalDecimal(bool present, const money::v1::Decimal& proto) {
  if (!present) return Rational();
  ASSIGN_OR_RETURN(const Decimal value, wire::FromProto(proto));
  return Rational(value);
}

absl::StatusOr<ExactComposition> FromProto(const aggregation::v1::Composition& proto) {
  ExactComposition composition;
  ASSIGN_OR_RETURN(composition.stated, OptionalDecimal(proto.has_stated(), proto.stated()));
  ASSIGN_OR_RETURN(composition.floors, OptionalDecimal(proto.has_floors(), proto.floors()));
  ASSIGN_OR_RETURN(composition.ceilings, OptionalDecimal(proto.has_ceilings(), proto.ceilings()));
  ASSIGN_OR_RETURN(composition.midpoints,
                   OptionalDecimal(proto.has_midpoints(), proto.midpoints()));
  return composition;
}

void SetIfNotZero(const Decimal& value,
                  money::v1::Decimal* (aggregation::v1::Composition::*field)(),
                  aggregation::v1::Composition* proto) {
  if (!value.IsZero()) wire::ToProto(value, (proto->*field)());
}

void ToProto(const RoundedComposition& composition, aggregation::v1::Composition* proto) {
  SetIfNotZero(composition.stated, &aggregation::v1::Composition::mutable_stated, proto);
  SetIfNotZero(composition.floors, &aggregation::v1::Composition::mutable_floors, proto);
  SetIfNotZero(composition.ceilings, &aggregation::v1::Composition::mutable_ceilings, proto);
  SetIfNotZero(composition.midpoints, &aggregation::v1::Composition::mutable_midpoints, proto);
}

// `mutable_field` of `proto`, where the value's texts can be read back; else they are left out.
template <typename Proto>
void SetExact(const Rational& value, v1::Fraction* (Proto::*mutable_field)(), Proto* proto) {
  if (!value.CanBeParsed()) return;
  v1::Fraction& fraction = *(proto->*mutable_field)();
  fraction.set_numerator(value.NumeratorString());
  fraction.set_denominator(value.DenominatorString());
}

}  // namespace

absl::StatusOr<ExactFigure> FigureFromCell(const aggregation::v1::Cell& cell) {
  ExactFigure figure{.currency_code = cell.key().currency_code(),
                     .approximate = cell.approximate()};
  if (cell.has_point()) {
    ASSIGN_OR_RETURN(const Decimal point, wire::FromProto(cell.point()));
    figure.point = Rational(point);
  }
  ASSIGN_OR_RETURN(const money::Interval interval, wire::FromProto(cell.interval()));
  figure.interval = money::ToRational(interval);
  ASSIGN_OR_RETURN(figure.composition, FromProto(cell.composition()));
  return figure;
}

absl::Status ToProto(const ExactFigure& figure, v1::Figure* proto) {
  ASSIGN_OR_RETURN(const RoundedFigure rounded, RoundForDisplay(figure));
  proto->set_currency_code(figure.currency_code);
  if (figure.point) {
    wire::ToProto(*rounded.point, proto->mutable_point());
    SetExact(*figure.point, &v1::Figure::mutable_exact_point, proto);
  }
  wire::ToProto(rounded.interval, proto->mutable_interval());
  ToProto(rounded.composition, proto->mutable_composition());
  proto->set_approximate(figure.approximate);
  return absl::OkStatus();
}

absl::Status ToProto(const ExactRatio& ratio, v1::Ratio* proto) {
  ASSIGN_OR_RETURN(const RoundedRatio rounded, RoundForDisplay(ratio));
  wire::ToProto(rounded.percent, proto->mutable_percent());
  SetExact(ratio.value, &v1::Ratio::mutable_exact, proto);
  if (rounded.percent_low) wire::ToProto(*rounded.percent_low, proto->mutable_percent_low());
  if (rounded.percent_high) wire::ToProto(*rounded.percent_high, proto->mutable_percent_high());
  return absl::OkStatus();
}

void ToProto(const Warning& warning, v1::ReportWarning* proto) {
  proto->set_code(warning.code);
  proto->set_message(warning.message);
  proto->set_organization_id(warning.organization_id);
}

}  // namespace outlay::gateway
