// Short ways to write numbers and to read results in the money tests.
#ifndef OUTLAY_TESTS_COMMON_MONEY_MONEY_TESTING_H_
#define OUTLAY_TESTS_COMMON_MONEY_MONEY_TESTING_H_

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/money/decimal.h"
#include "services/common/money/rational.h"
#include "services/common/status/error.h"

namespace outlay::money {

inline constexpr Rounding kAllRoundings[] = {Rounding::kHalfEven, Rounding::kHalfUp,
                                             Rounding::kDown,     Rounding::kUp,
                                             Rounding::kFloor,    Rounding::kCeiling};

inline Decimal D(std::string_view text) {
  const absl::StatusOr<Decimal> value = Decimal::Parse(text);
  EXPECT_TRUE(value.ok()) << value.status().ToString();
  return value.ok() ? *value : Decimal();
}

inline Rational R(std::string_view numerator, std::string_view denominator = "1") {
  const absl::StatusOr<Rational> value = Rational::Parse(numerator, denominator);
  EXPECT_TRUE(value.ok()) << value.status().ToString();
  return value.ok() ? *value : Rational();
}

inline std::string Reason(const absl::Status& status) { return GetErrorDetail(status).reason; }

template <typename T>
std::string Reason(const absl::StatusOr<T>& result) {
  return result.ok() ? "OK" : Reason(result.status());
}

// The field of the only violation.
inline std::string Field(const absl::Status& status) {
  const std::vector<FieldViolation> violations = GetErrorDetail(status).violations;
  return violations.size() == 1 ? violations.front().field : "not one violation";
}

inline std::string Message(const absl::Status& status) { return std::string(status.message()); }

// The number, or the error's reason.
inline std::string Text(const absl::StatusOr<Decimal>& result) {
  return result.ok() ? result->ToString() : Reason(result.status());
}

inline std::string Text(const absl::StatusOr<Rational>& result) {
  return result.ok() ? result->ToString() : Reason(result.status());
}

}  // namespace outlay::money

#endif  // OUTLAY_TESTS_COMMON_MONEY_MONEY_TESTING_H_
