#include "services/common/money/errors.h"

#include <fmt/format.h>

#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::money {

absl::Status AmountOverflow(std::string_view operation) {
  return MakeError(
      absl::StatusCode::kOutOfRange,
      fmt::format(
          "the {} cannot be held exactly: a number has at most 38 digits and 38 decimal places",
          operation),
      {.reason = "AMOUNT_OVERFLOW"});
}

absl::Status DivisionByZero() {
  return MakeError(absl::StatusCode::kInvalidArgument, "division by zero",
                   {.reason = "DIVISION_BY_ZERO"});
}

absl::Status InvalidScale(int scale) {
  return MakeError(absl::StatusCode::kInvalidArgument,
                   fmt::format("{} decimal places asked for; use -38 to 38", scale),
                   {.reason = "INVALID_SCALE"});
}

absl::Status InvalidDigits(int digits) {
  return MakeError(absl::StatusCode::kInvalidArgument,
                   fmt::format("{} significant digits asked for; use 1 to 38", digits),
                   {.reason = "INVALID_DIGITS"});
}

absl::Status MalformedDecimal(std::string_view description) {
  return InvalidField("MALFORMED_DECIMAL", "", description);
}

absl::Status DecimalOutOfRange(std::string_view text, std::string_view why) {
  return InvalidField("DECIMAL_OUT_OF_RANGE", "", fmt::format("{} {}", Quote(text), why));
}

absl::Status MalformedFraction(std::string_view field, std::string_view description) {
  return InvalidField("MALFORMED_FRACTION", field, description);
}

absl::Status MalformedUnitsNanos(std::string_view description) {
  return InvalidField("MALFORMED_UNITS_NANOS", "nanos", description);
}

absl::Status UnknownRounding(std::string_view name) {
  return InvalidField(
      "UNKNOWN_ROUNDING", "",
      fmt::format("{} is not a way to round; use HALF_EVEN, HALF_UP, DOWN, UP, FLOOR or CEILING",
                  Quote(name)));
}

absl::Status UnknownBound(std::string_view field, std::string_view description) {
  return InvalidField(
      "UNKNOWN_BOUND", field,
      fmt::format("{} is not a bound; use POINT, AT_LEAST, MORE_THAN, UP_TO, LESS_THAN or RANGE",
                  description));
}

absl::Status MissingAmount(std::string_view field, std::string_view description) {
  return InvalidField("MISSING_AMOUNT", field, description);
}

absl::Status UnexpectedAmount(std::string_view field, std::string_view description) {
  return InvalidField("UNEXPECTED_AMOUNT", field, description);
}

absl::Status InconsistentAmount(std::string_view field, std::string_view description) {
  return InvalidField("INCONSISTENT_AMOUNT", field, description);
}

absl::Status NegativeAmount(std::string_view field, std::string_view value) {
  return InvalidField("NEGATIVE_AMOUNT", field,
                      fmt::format("{} is negative, and this measure cannot be below zero", value));
}

absl::Status AmountOutOfRange(std::string_view field, std::string_view description) {
  return InvalidField("AMOUNT_OUT_OF_RANGE", field, description);
}

absl::Status InvalidWrittenUnit(std::string_view value) {
  return InvalidField(
      "INVALID_WRITTEN_UNIT", "written_unit",
      fmt::format("{} is not a positive power of ten from 0.000000001 to 10^24; give the unit that "
                  "the figure was "
                  "written in, such as 1000000000 for \"83 billion\", or leave it out",
                  value));
}

absl::Status NotMeaningful(std::string_view description) {
  return MakeError(absl::StatusCode::kFailedPrecondition, description,
                   {.reason = "NOT_MEANINGFUL"});
}

}  // namespace outlay::money
