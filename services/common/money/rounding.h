// The ways to round. Every operation that cannot stay exact takes one of these; there is no
// default.
#ifndef OUTLAY_SERVICES_COMMON_MONEY_ROUNDING_H_
#define OUTLAY_SERVICES_COMMON_MONEY_ROUNDING_H_

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"

namespace outlay::money {

enum class Rounding : uint8_t {
  kHalfEven,  // to the nearest; exactly half-way to the even neighbour
  kHalfUp,    // to the nearest; exactly half-way away from zero
  kDown,      // toward zero
  kUp,        // away from zero
  kFloor,     // toward minus infinity
  kCeiling,   // toward plus infinity
};

// "HALF_EVEN", "HALF_UP", "DOWN", "UP", "FLOOR", "CEILING".
std::string_view RoundingName(Rounding rounding);

// The inverse of RoundingName, exact. INVALID_ARGUMENT, reason UNKNOWN_ROUNDING, violation with an
// empty field path (see Under).
absl::StatusOr<Rounding> ParseRounding(std::string_view name);

}  // namespace outlay::money

#endif  // OUTLAY_SERVICES_COMMON_MONEY_ROUNDING_H_
