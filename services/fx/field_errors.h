#ifndef OUTLAY_SERVICES_FX_FIELD_ERRORS_H_
#define OUTLAY_SERVICES_FX_FIELD_ERRORS_H_

#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/status/error.h"

namespace outlay::fx {

// The value, or its error with the fields put below `field`.
template <typename Value>
absl::StatusOr<Value> Below(std::string_view field, absl::StatusOr<Value> value) {
  if (value.ok()) return value;
  return Under(field, value.status());
}

// Collects what is wrong with the fields of one message, so that a caller hears of all of it at
// once.
class FieldErrors {
 public:
  // Nothing for an OK status.
  void Add(absl::Status status);

  // Whether there was a value; otherwise its error is kept.
  template <typename Value>
  bool Take(absl::StatusOr<Value> from, Value& into) {
    if (!from.ok()) {
      Add(std::move(from).status());
      return false;
    }
    into = *std::move(from);
    return true;
  }

  bool empty() const { return errors_.empty(); }

  // OK when nothing was added. Otherwise the first error with the violations of all, and their
  // number in the message where there are several.
  absl::Status ToStatus() const;

 private:
  std::vector<absl::Status> errors_;
};

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_FIELD_ERRORS_H_
