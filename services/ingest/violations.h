// Collects everything that is wrong with one record or request, so that a client mends it in one round.
#ifndef OUTLAY_SERVICES_INGEST_VIOLATIONS_H_
#define OUTLAY_SERVICES_INGEST_VIOLATIONS_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/status/error.h"

namespace outlay::ingest {

class Violations {
 public:
  void Add(std::string_view reason, std::string_view field, std::string_view description);

  // A library's error about a value, put below `field`. Nothing for an OK status.
  void Add(std::string_view field, const absl::Status& error);

  // The value, or nullopt with its error added below `field`.
  template <typename Value>
  std::optional<Value> Take(std::string_view field, absl::StatusOr<Value> value) {
    if (value.ok()) return *std::move(value);
    Add(field, value.status());
    return std::nullopt;
  }

  bool empty() const { return violations_.empty(); }

  // OK when nothing was added. Otherwise an error of `code` with all violations, in the order added. Its message is the first's,
  // its reason the first's; metadata "reasons" has all of them, in order, where they differ.
  absl::Status ToStatus(absl::StatusCode code = absl::StatusCode::kInvalidArgument) const;

 private:
  void AddReason(std::string_view reason);

  std::vector<FieldViolation> violations_;
  std::vector<std::string> reasons_;  // distinct
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_VIOLATIONS_H_
