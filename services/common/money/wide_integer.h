// Integers of any size, for intermediates that do not fit 128 bits. Not for other libraries.
#ifndef OUTLAY_SERVICES_COMMON_MONEY_WIDE_INTEGER_H_
#define OUTLAY_SERVICES_COMMON_MONEY_WIDE_INTEGER_H_

#include <boost/multiprecision/cpp_int.hpp>

#include "absl/status/statusor.h"
#include "services/common/money/decimal.h"
#include "services/common/money/decimal_internal.h"
#include "services/common/money/rounding.h"

namespace outlay::money {

// The inner 512 bits hold nearly all intermediates of Decimal's arithmetic without allocation; wider
// numbers go to the heap.
using WideInteger = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<512>,
                                                  boost::multiprecision::et_off>;

WideInteger ToWide(Magnitude magnitude);
// The signed coefficient.
WideInteger ToWide(const Decimal& value);
WideInteger WidePowerOfTen(int exponent);

// value mod divisor, for value >= 0 and divisor > 0, in time linear in the value's length for a short divisor. (Boost's own division
// takes the square of it as soon as the divisor has more than one machine word.)
WideInteger Remainder(const WideInteger& value, const WideInteger& divisor);

// ±numerator × 10^scale ÷ denominator rounded to an integer, times 10^-scale. Requires numerator >=
// 0 and denominator > 0; any scale. AmountOverflow(operation) where the result does not fit a
// Decimal.
absl::StatusOr<Decimal> WideQuotient(bool negative, WideInteger numerator, WideInteger denominator,
                                     int scale, Rounding rounding, const char* operation);

// The same, rounded to `digits` significant digits. Requires digits >= 1.
absl::StatusOr<Decimal> WideQuotientSignificant(bool negative, const WideInteger& numerator,
                                                const WideInteger& denominator, int digits,
                                                Rounding rounding, const char* operation);

}  // namespace outlay::money

#endif  // OUTLAY_SERVICES_COMMON_MONEY_WIDE_INTEGER_H_
