// The same questions answered by GMP, an arithmetic that the library does not use.
#ifndef OUTLAY_TESTS_COMMON_MONEY_GMP_ORACLE_H_
#define OUTLAY_TESTS_COMMON_MONEY_GMP_ORACLE_H_

#include <gmpxx.h>
#include <gtest/gtest.h>

#include <random>

#include "absl/status/statusor.h"
#include "services/common/money/decimal.h"
#include "services/common/money/interval.h"
#include "services/common/money/rational.h"

namespace outlay::money {

mpq_class ToGmp(const Decimal& value);
mpq_class ToGmp(const Rational& value);

mpq_class GmpPowerOfTen(int exponent);

// To a multiple of 10^-scale, by the definition of the mode.
mpq_class GmpRound(const mpq_class& value, int scale, Rounding rounding);
mpq_class GmpRoundSignificant(const mpq_class& value, int digits, Rounding rounding);

// Whether a Decimal can hold it: coefficient below 10^38, scale at most 38.
bool FitsDecimal(const mpq_class& value);

// The result is `expected` exactly, or AMOUNT_OVERFLOW exactly where no Decimal can hold that.
testing::AssertionResult IsExactly(const absl::StatusOr<Decimal>& result,
                                   const mpq_class& expected);

// Decimals of all sizes, from a seed. Small and round numbers, ties and extremes come up often.
class DecimalGenerator {
 public:
  explicit DecimalGenerator(uint64_t seed) : random_(seed) {}

  // 1 to 38 digits, scale 0 to 38.
  Decimal Any();
  // Of the sizes that money has: 10^-9 to 10^18.
  Decimal Money();
  Decimal NonZero();
  int Int(int low, int high);
  Rational Fraction();
  // A random interval and, by Member, a value in it.
  Interval AnyInterval();
  Decimal Member(const Interval& interval);

 private:
  Decimal WithDigits(int digits, int scale);

  std::mt19937_64 random_;
};

}  // namespace outlay::money

#endif  // OUTLAY_TESTS_COMMON_MONEY_GMP_ORACLE_H_
