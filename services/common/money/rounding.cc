#include "services/common/money/rounding.h"

#include <array>

#include "services/common/money/errors.h"

namespace outlay::money {
namespace {

constexpr std::array<std::string_view, 6> kNames = {"HALF_EVEN", "HALF_UP", "DOWN",
                                                    "UP",        "FLOOR",   "CEILING"};

}  // namespace

std::string_view RoundingName(Rounding rounding) { return kNames[static_cast<size_t>(rounding)]; }

absl::StatusOr<Rounding> ParseRounding(std::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Rounding>(i);
  }
  return UnknownRounding(name);
}

}  // namespace outlay::money
