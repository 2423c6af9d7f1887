#include "services/common/wire/money_proto.h"

#include <utility>
#include <vector>

#include "services/common/money/currency.h"
#include "services/common/status/error.h"
#include "services/common/status/violations.h"

namespace outlay::wire {
namespace {

using money::Decimal;

std::optional<Decimal> TakeDecimal(Violations& violations, std::string_view field, bool present,
                                   const money::v1::Decimal& proto) {
  if (!present) return std::nullopt;
  return violations.Take(field, FromProto(proto));
}

}  // namespace

absl::StatusOr<Decimal> FromProto(const money::v1::Decimal& proto) {
  absl::StatusOr<Decimal> value = Decimal::Parse(proto.value());
  if (!value.ok()) return Under("value", value.status());
  return value;
}

void ToProto(const Decimal& value, money::v1::Decimal* proto) {
  proto->set_value(value.ToString());
}

money::v1::Decimal ToProto(const Decimal& value) {
  money::v1::Decimal proto;
  ToProto(value, &proto);
  return proto;
}

absl::StatusOr<Money> FromProto(const money::v1::Money& proto) {
  if (proto.currency_code().empty()) {
    return InvalidField("MISSING_CURRENCY", "currency_code",
                        "is empty; give an ISO 4217 code such as \"USD\"");
  }
  if (absl::StatusOr<const money::Currency*> currency =
          money::RequireCurrency(proto.currency_code());
      !currency.ok()) {
    return Under("currency_code", currency.status());
  }
  ASSIGN_OR_RETURN(Decimal value, Decimal::FromUnitsNanos(proto.units(), proto.nanos()));
  return Money{proto.currency_code(), value};
}

absl::StatusOr<money::v1::Money> ToProto(const Money& money) {
  ASSIGN_OR_RETURN(const money::UnitsNanos parts, money.value.ToUnitsNanos());
  money::v1::Money proto;
  proto.set_currency_code(money.currency_code);
  proto.set_units(parts.units);
  proto.set_nanos(parts.nanos);
  return proto;
}

absl::StatusOr<money::AmountInput> FromProto(const money::v1::Amount& proto) {
  Violations violations;
  money::AmountInput input{.currency_code = proto.currency_code(),
                           .approximate = proto.approximate()};
  if (const std::optional<money::Bound> bound = BoundFromProto(proto.bound())) {
    input.bound = *bound;
  } else {
    violations.Add(
        "UNKNOWN_BOUND", "bound",
        "is missing or unknown; give BOUND_POINT, BOUND_AT_LEAST, BOUND_MORE_THAN, BOUND_UP_TO, "
        "BOUND_LESS_THAN or BOUND_RANGE");
  }
  input.low = TakeDecimal(violations, "low", proto.has_low(), proto.low());
  input.high = TakeDecimal(violations, "high", proto.has_high(), proto.high());
  input.stated = TakeDecimal(violations, "stated", proto.has_stated(), proto.stated());
  input.written_unit =
      TakeDecimal(violations, "written_unit", proto.has_written_unit(), proto.written_unit());
  RETURN_IF_ERROR(violations.ToStatus());
  return input;
}

std::optional<money::Bound> BoundFromProto(money::v1::Bound bound) {
  switch (bound) {
    case money::v1::BOUND_POINT:
      return money::Bound::kPoint;
    case money::v1::BOUND_AT_LEAST:
      return money::Bound::kAtLeast;
    case money::v1::BOUND_MORE_THAN:
      return money::Bound::kMoreThan;
    case money::v1::BOUND_UP_TO:
      return money::Bound::kUpTo;
    case money::v1::BOUND_LESS_THAN:
      return money::Bound::kLessThan;
    case money::v1::BOUND_RANGE:
      return money::Bound::kRange;
    default:
      return std::nullopt;
  }
}

money::v1::Bound ToProto(money::Bound bound) {
  switch (bound) {
    case money::Bound::kPoint:
      return money::v1::BOUND_POINT;
    case money::Bound::kAtLeast:
      return money::v1::BOUND_AT_LEAST;
    case money::Bound::kMoreThan:
      return money::v1::BOUND_MORE_THAN;
    case money::Bound::kUpTo:
      return money::v1::BOUND_UP_TO;
    case money::Bound::kLessThan:
      return money::v1::BOUND_LESS_THAN;
    case money::Bound::kRange:
      return money::v1::BOUND_RANGE;
  }
  return money::v1::BOUND_UNSPECIFIED;
}

void ToProto(const money::Amount& amount, money::v1::Amount* proto) {
  proto->set_currency_code(amount.currency_code);
  proto->set_bound(ToProto(amount.bound));
  if (amount.low) ToProto(*amount.low, proto->mutable_low());
  if (amount.high) ToProto(*amount.high, proto->mutable_high());
  if (amount.stated) ToProto(*amount.stated, proto->mutable_stated());
  proto->set_approximate(amount.approximate);
  proto->set_low_implied(amount.low_implied);
  if (amount.written_unit) ToProto(*amount.written_unit, proto->mutable_written_unit());
}

absl::StatusOr<money::Amount> StoredAmountFromProto(const money::v1::Amount& proto) {
  ASSIGN_OR_RETURN(money::AmountInput input, FromProto(proto));
  return money::Amount{.currency_code = std::move(input.currency_code),
                       .bound = input.bound,
                       .low = input.low,
                       .high = input.high,
                       .stated = input.stated,
                       .approximate = input.approximate,
                       .low_implied = proto.low_implied(),
                       .written_unit = input.written_unit};
}

void ToProto(const money::Interval& interval, money::v1::Interval* proto) {
  if (interval.low.value) ToProto(*interval.low.value, proto->mutable_low());
  if (interval.high.value) ToProto(*interval.high.value, proto->mutable_high());
  proto->set_low_implied(interval.low.implied);
  proto->set_low_strict(interval.low.strict);
  proto->set_high_strict(interval.high.strict);
}

absl::StatusOr<money::Interval> FromProto(const money::v1::Interval& proto) {
  Violations violations;
  money::Interval interval;
  interval.low = {TakeDecimal(violations, "low", proto.has_low(), proto.low()), proto.low_strict(),
                  proto.low_implied()};
  interval.high = {TakeDecimal(violations, "high", proto.has_high(), proto.high()),
                   proto.high_strict(), false};
  RETURN_IF_ERROR(violations.ToStatus());
  return interval;
}

absl::StatusOr<money::Rounding> FromProto(money::v1::RoundingMode proto,
                                          money::Rounding unspecified) {
  switch (proto) {
    case money::v1::ROUNDING_MODE_UNSPECIFIED:
      return unspecified;
    case money::v1::ROUNDING_MODE_HALF_EVEN:
      return money::Rounding::kHalfEven;
    case money::v1::ROUNDING_MODE_HALF_UP:
      return money::Rounding::kHalfUp;
    case money::v1::ROUNDING_MODE_DOWN:
      return money::Rounding::kDown;
    case money::v1::ROUNDING_MODE_UP:
      return money::Rounding::kUp;
    case money::v1::ROUNDING_MODE_FLOOR:
      return money::Rounding::kFloor;
    case money::v1::ROUNDING_MODE_CEILING:
      return money::Rounding::kCeiling;
    default:
      return InvalidField(
          "UNKNOWN_ROUNDING", "",
          "is no rounding mode; give HALF_EVEN, HALF_UP, DOWN, UP, FLOOR or CEILING, each with "
          "ROUNDING_MODE_ before it");
  }
}

}  // namespace outlay::wire
