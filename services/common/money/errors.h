// The money library's errors. Field paths are empty or relative; callers put theirs in front with
// Under.
#ifndef OUTLAY_SERVICES_COMMON_MONEY_ERRORS_H_
#define OUTLAY_SERVICES_COMMON_MONEY_ERRORS_H_

#include <string_view>

#include "absl/status/status.h"

namespace outlay::money {

// OUT_OF_RANGE, AMOUNT_OVERFLOW. `operation` says what was computed: "sum", "product".
absl::Status AmountOverflow(std::string_view operation);

// INVALID_ARGUMENT.
absl::Status DivisionByZero();                                // DIVISION_BY_ZERO
absl::Status InvalidScale(int scale);                         // INVALID_SCALE
absl::Status InvalidDigits(int digits);                       // INVALID_DIGITS
absl::Status MalformedDecimal(std::string_view description);  // MALFORMED_DECIMAL
absl::Status DecimalOutOfRange(std::string_view text,
                               std::string_view why);  // DECIMAL_OUT_OF_RANGE
absl::Status MalformedFraction(std::string_view field,
                               std::string_view description);    // MALFORMED_FRACTION
absl::Status MalformedUnitsNanos(std::string_view description);  // MALFORMED_UNITS_NANOS
absl::Status UnknownRounding(std::string_view name);             // UNKNOWN_ROUNDING
absl::Status UnknownBound(std::string_view field, std::string_view description);   // UNKNOWN_BOUND
absl::Status MissingAmount(std::string_view field, std::string_view description);  // MISSING_AMOUNT
absl::Status UnexpectedAmount(std::string_view field,
                              std::string_view description);  // UNEXPECTED_AMOUNT
absl::Status InconsistentAmount(std::string_view field,
                                std::string_view description);                // INCONSISTENT_AMOUNT
absl::Status NegativeAmount(std::string_view field, std::string_view value);  // NEGATIVE_AMOUNT
absl::Status AmountOutOfRange(std::string_view field,
                              std::string_view description);  // AMOUNT_OUT_OF_RANGE
absl::Status InvalidWrittenUnit(std::string_view value);      // INVALID_WRITTEN_UNIT

// FAILED_PRECONDITION, NOT_MEANINGFUL: a ratio that has no meaning for these figures.
absl::Status NotMeaningful(std::string_view description);

}  // namespace outlay::money

#endif  // OUTLAY_SERVICES_COMMON_MONEY_ERRORS_H_
