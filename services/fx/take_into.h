#ifndef OUTLAY_SERVICES_FX_TAKE_INTO_H_
#define OUTLAY_SERVICES_FX_TAKE_INTO_H_

#include <optional>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "services/common/status/violations.h"

namespace outlay::fx {

// Violations::Take into a variable, which stays as it was where there is no value. Whether there
// was one.
template <typename Value>
bool TakeInto(Violations& errors, std::string_view field, absl::StatusOr<Value> from, Value& into) {
  std::optional<Value> value = errors.Take(field, std::move(from));
  if (!value) return false;
  into = *std::move(value);
  return true;
}

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_TAKE_INTO_H_
