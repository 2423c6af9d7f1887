#include "services/common/money/amount.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "services/common/money/currency.h"
#include "services/common/money/errors.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::money {
namespace {

constexpr std::array<std::string_view, 6> kBoundNames = {"POINT", "AT_LEAST",  "MORE_THAN",
                                                         "UP_TO", "LESS_THAN", "RANGE"};
constexpr std::array<std::string_view, 4> kSourceNames = {"STATED", "FLOOR", "CEILING", "MIDPOINT"};

const Decimal& Half() {
  static const Decimal kHalf = *Decimal::FromParts(5, 1);
  return kHalf;
}

absl::Status CheckNumber(std::string_view field, const std::optional<Decimal>& value,
                         bool non_negative) {
  if (!value) return absl::OkStatus();
  if (value->scale() > kMaxAmountScale) {
    return AmountOutOfRange(field, fmt::format("{} has {} decimal places; at most {} are allowed",
                                               value->ToString(), value->scale(), kMaxAmountScale));
  }
  if (value->Abs() > Decimal::PowerOfTen(kMaxAmountExponent)) {
    return AmountOutOfRange(
        field, fmt::format("{} is beyond ±10^{}", value->ToString(), kMaxAmountExponent));
  }
  if (non_negative && value->Sign() < 0) return NegativeAmount(field, value->ToString());
  return absl::OkStatus();
}

absl::Status Require(std::string_view field, const std::optional<Decimal>& value, Bound bound) {
  if (value) return absl::OkStatus();
  return MissingAmount(field, fmt::format("is missing; {} needs it", BoundName(bound)));
}

absl::Status Refuse(std::string_view field, const std::optional<Decimal>& value, Bound bound,
                    std::string_view right) {
  if (!value) return absl::OkStatus();
  return UnexpectedAmount(field, fmt::format("{} is given, but {} takes none: {}",
                                             value->ToString(), BoundName(bound), right));
}

absl::Status CheckWrittenUnit(const std::optional<Decimal>& unit) {
  if (!unit) return absl::OkStatus();
  const bool valid = unit->IsPowerOfTen() && unit->scale() <= kMaxAmountScale &&
                     *unit <= Decimal::PowerOfTen(kMaxAmountExponent);
  return valid ? absl::OkStatus() : InvalidWrittenUnit(unit->ToString());
}

absl::Status CheckPoint(const AmountInput& input) {
  RETURN_IF_ERROR(Require("stated", input.stated, input.bound));
  for (const auto& [field, value] :
       {std::pair("low", &input.low), std::pair("high", &input.high)}) {
    if (*value && **value != *input.stated) {
      return InconsistentAmount(
          field, fmt::format("{} differs from stated, {}; leave it out of a POINT, or use RANGE",
                             (*value)->ToString(), input.stated->ToString()));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckRange(const AmountInput& input) {
  RETURN_IF_ERROR(Require("low", input.low, input.bound));
  RETURN_IF_ERROR(Require("high", input.high, input.bound));
  if (*input.low < *input.high) return absl::OkStatus();
  return InconsistentAmount("low",
                            fmt::format("{} is not below high, {}; a RANGE of one value is a POINT",
                                        input.low->ToString(), input.high->ToString()));
}

absl::Status CheckUpperBound(const AmountInput& input, bool non_negative) {
  RETURN_IF_ERROR(Require("high", input.high, input.bound));
  RETURN_IF_ERROR(
      Refuse("low", input.low, input.bound, "use RANGE when the source gives both ends"));
  if (input.bound == Bound::kLessThan && non_negative && input.high->IsZero()) {
    return InconsistentAmount("high",
                              "nothing is less than 0 in a measure that cannot be negative");
  }
  return absl::OkStatus();
}

absl::Status CheckNumbersOfBound(const AmountInput& input, bool non_negative) {
  switch (input.bound) {
    case Bound::kPoint:
      return CheckPoint(input);
    case Bound::kAtLeast:
    case Bound::kMoreThan:
      RETURN_IF_ERROR(Require("low", input.low, input.bound));
      return Refuse("high", input.high, input.bound, "use RANGE when the source gives both ends");
    case Bound::kUpTo:
    case Bound::kLessThan:
      return CheckUpperBound(input, non_negative);
    case Bound::kRange:
      return CheckRange(input);
  }
  return UnknownBound("bound", fmt::format("{}", static_cast<int>(input.bound)));
}

absl::Status CheckStated(const AmountInput& input) {
  if (!input.stated) return absl::OkStatus();
  if (input.low && *input.stated < *input.low) {
    return InconsistentAmount("stated", fmt::format("{} is below low, {}", input.stated->ToString(),
                                                    input.low->ToString()));
  }
  if (input.high && *input.stated > *input.high) {
    return InconsistentAmount(
        "stated",
        fmt::format("{} is above high, {}", input.stated->ToString(), input.high->ToString()));
  }
  return absl::OkStatus();
}

absl::Status CheckInput(const AmountInput& input, bool non_negative) {
  if (const auto currency = RequireCurrency(input.currency_code); !currency.ok()) {
    return Under("currency_code", currency.status());
  }
  RETURN_IF_ERROR(CheckNumbersOfBound(input, non_negative));
  RETURN_IF_ERROR(CheckNumber("low", input.low, non_negative));
  RETURN_IF_ERROR(CheckNumber("high", input.high, non_negative));
  RETURN_IF_ERROR(CheckNumber("stated", input.stated, non_negative));
  RETURN_IF_ERROR(CheckStated(input));
  return CheckWrittenUnit(input.written_unit);
}

bool IsUpperBound(Bound bound) { return bound == Bound::kUpTo || bound == Bound::kLessThan; }

}  // namespace

std::string_view BoundName(Bound bound) { return kBoundNames[static_cast<size_t>(bound)]; }

absl::StatusOr<Bound> ParseBound(std::string_view name) {
  for (size_t i = 0; i < kBoundNames.size(); ++i) {
    if (kBoundNames[i] == name) return static_cast<Bound>(i);
  }
  return UnknownBound("", Quote(name));
}

std::string_view PointSourceName(PointSource source) {
  return kSourceNames[static_cast<size_t>(source)];
}

absl::StatusOr<Amount> MakeAmount(AmountInput input, bool non_negative) {
  RETURN_IF_ERROR(CheckInput(input, non_negative));
  Amount amount{.currency_code = std::move(input.currency_code),
                .bound = input.bound,
                .low = input.low,
                .high = input.high,
                .stated = input.stated,
                .approximate = input.approximate,
                .written_unit = input.written_unit};
  if (amount.bound == Bound::kPoint) amount.low = amount.high = amount.stated;
  if (IsUpperBound(amount.bound) && non_negative) {
    amount.low = Decimal();
    amount.low_implied = true;
  }
  return amount;
}

AmountInput ToInput(const Amount& amount) {
  return {.currency_code = amount.currency_code,
          .bound = amount.bound,
          .low = IsUpperBound(amount.bound) ? std::nullopt : amount.low,
          .high = amount.high,
          .stated = amount.stated,
          .approximate = amount.approximate,
          .written_unit = amount.written_unit};
}

Interval ToInterval(const Amount& amount) {
  Interval interval;
  interval.low = {amount.low, amount.bound == Bound::kMoreThan, amount.low_implied};
  interval.high = {amount.high, amount.bound == Bound::kLessThan, false};
  return interval;
}

Decimal HalfUnit(const Amount& amount) {
  if (!amount.written_unit) return Decimal();
  return *Multiply(*amount.written_unit, Half());
}

bool Corroborates(const Amount& a, const Amount& b) {
  return a.currency_code == b.currency_code &&
         MeetsWithin(ToInterval(a), HalfUnit(a), ToInterval(b), HalfUnit(b));
}

PointValue Point(const Amount& amount) {
  switch (amount.bound) {
    case Bound::kPoint:
      break;
    case Bound::kAtLeast:
    case Bound::kMoreThan:
      return {*amount.low, PointSource::kFloor};
    case Bound::kUpTo:
    case Bound::kLessThan:
      return {*amount.high, PointSource::kCeiling};
    case Bound::kRange:
      // Cannot overflow: both ends are within ±10^24 at nine decimal places.
      return {*Multiply(*Add(*amount.low, *amount.high), Half()), PointSource::kMidpoint};
  }
  return {*amount.stated, PointSource::kStated};
}

}  // namespace outlay::money
