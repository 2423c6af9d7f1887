// An amount as a source words it: a currency, a bound, and the precision it was written with.
#ifndef OUTLAY_SERVICES_COMMON_MONEY_AMOUNT_H_
#define OUTLAY_SERVICES_COMMON_MONEY_AMOUNT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/common/money/decimal.h"
#include "services/common/money/interval.h"

namespace outlay::money {

enum class Bound : uint8_t { kPoint, kAtLeast, kMoreThan, kUpTo, kLessThan, kRange };

// "POINT", "AT_LEAST", "MORE_THAN", "UP_TO", "LESS_THAN", "RANGE".
std::string_view BoundName(Bound bound);

// The inverse of BoundName, exact. INVALID_ARGUMENT, reason UNKNOWN_BOUND, empty field path.
absl::StatusOr<Bound> ParseBound(std::string_view name);

// What a caller gives. Which numbers a bound needs:
//   POINT                stated; low and high only if equal to it
//   AT_LEAST, MORE_THAN  low, no high
//   UP_TO, LESS_THAN     high, no low
//   RANGE                low < high
// `stated`, the source's own headline figure, may be given with any bound; it lies within the
// bound's numbers, ends included.
struct AmountInput {
  std::string currency_code;
  Bound bound = Bound::kPoint;
  std::optional<Decimal> low;
  std::optional<Decimal> high;
  std::optional<Decimal> stated;
  bool approximate = false;             // "about": leaves the numbers alone
  std::optional<Decimal> written_unit;  // 10^8 for "6,300억", 10^9 for "$83 billion"
};

// A valid amount; made by MakeAmount, which establishes what the functions below rely on.
struct Amount {
  std::string currency_code;
  Bound bound = Bound::kPoint;
  std::optional<Decimal> low;   // absent: no lower end
  std::optional<Decimal> high;  // absent: no upper end
  std::optional<Decimal> stated;
  bool approximate = false;
  // low is the zero below an upper bound of a measure that cannot be negative.
  bool low_implied = false;
  std::optional<Decimal> written_unit;

  friend bool operator==(const Amount&, const Amount&) = default;
};

// Numbers are within ±10^24 and have at most nine decimal places.
inline constexpr int kMaxAmountExponent = 24;
inline constexpr int kMaxAmountScale = 9;

// Checks the input and fills in what follows from it: low = high = stated of a POINT; low = 0,
// implied, of an upper bound when `non_negative` (the measure's sign), else open. All errors are
// INVALID_ARGUMENT and name the field (currency_code, bound, low, high, stated, written_unit):
//   UNKNOWN_CURRENCY, MALFORMED_CURRENCY  see RequireCurrency
//   UNKNOWN_BOUND                         not one of the six
//   MISSING_AMOUNT                        a number that the bound needs is absent
//   UNEXPECTED_AMOUNT                     a number that the bound does not take is given
//   INCONSISTENT_AMOUNT                   low >= high of a RANGE, POINT's low or high differs,
//                                         stated lies outside, LESS_THAN 0
//   NEGATIVE_AMOUNT                       below zero for a measure that cannot be
//   AMOUNT_OUT_OF_RANGE                   beyond ±10^24 or more than nine decimal places
//   INVALID_WRITTEN_UNIT                  not a power of ten within 10^-9..10^24
absl::StatusOr<Amount> MakeAmount(AmountInput input, bool non_negative);

// The input that makes this amount again: MakeAmount(ToInput(amount), …) == amount.
AmountInput ToInput(const Amount& amount);

Interval ToInterval(const Amount& amount);

// Half of written_unit; zero when that is unset.
Decimal HalfUnit(const Amount& amount);

// Same currency, and the intervals, each widened by half its written unit, meet.
bool Corroborates(const Amount& a, const Amount& b);

// Which number of the amount a point value is.
enum class PointSource : uint8_t { kStated, kFloor, kCeiling, kMidpoint };

// "STATED", "FLOOR", "CEILING", "MIDPOINT".
std::string_view PointSourceName(PointSource source);

struct PointValue {
  Decimal value;
  PointSource source = PointSource::kStated;

  friend bool operator==(const PointValue&, const PointValue&) = default;
};

// The default choice of one value: POINT the value, AT_LEAST and MORE_THAN the floor, UP_TO and
// LESS_THAN the ceiling, RANGE the exact midpoint (whatever it states).
PointValue Point(const Amount& amount);

}  // namespace outlay::money

#endif  // OUTLAY_SERVICES_COMMON_MONEY_AMOUNT_H_
