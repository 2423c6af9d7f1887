// Errors of the domain: an absl::Status that carries a machine-readable reason, metadata and field violations.
//
// Each service keeps its errors in a catalogue: one named function an error, built on MakeError. The wire layer
// (services/common/rpc) alone turns them into gRPC statuses, with google.rpc.ErrorInfo, BadRequest and RetryInfo.
#ifndef OUTLAY_SERVICES_COMMON_STATUS_ERROR_H_
#define OUTLAY_SERVICES_COMMON_STATUS_ERROR_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace outlay {

// One wrong field of a request. `field` is its path as the client wrote it: "disclosures[3].amount.low".
struct FieldViolation {
  std::string field;
  std::string description;  // what was wrong and what would be right

  friend bool operator==(const FieldViolation&, const FieldViolation&) = default;
};

struct ErrorDetail {
  std::string reason;                           // UPPER_SNAKE_CASE, stable: clients branch on it
  std::map<std::string, std::string> metadata;  // lower_snake_case keys
  std::vector<FieldViolation> violations;
  std::optional<int64_t> retry_after_ms;  // set where trying again later makes sense

  friend bool operator==(const ErrorDetail&, const ErrorDetail&) = default;
};

// A status with its detail attached. `code` must not be kOk.
absl::Status MakeError(absl::StatusCode code, std::string_view message, ErrorDetail detail);

// INVALID_ARGUMENT about one field. The message reads "<field>: <description>".
absl::Status InvalidField(std::string_view reason, std::string_view field,
                          std::string_view description,
                          std::map<std::string, std::string> metadata = {});

// The detail that MakeError attached; an empty one for a status made otherwise.
ErrorDetail GetErrorDetail(const absl::Status& status);

// The same error with every field path (and the message's) put below `parent`: "amount.low" becomes
// "disclosures[3].amount.low". An OK status and one without violations are returned as they are.
absl::Status Under(std::string_view parent, const absl::Status& status);

}  // namespace outlay

#define OUTLAY_STATUS_CONCAT_INNER_(a, b) a##b
#define OUTLAY_STATUS_CONCAT_(a, b) OUTLAY_STATUS_CONCAT_INNER_(a, b)

// Returns the status of `expression` from the enclosing function when it is not OK.
#define RETURN_IF_ERROR(expression)                                                   \
  do {                                                                                \
    if (absl::Status status_macro_value_ = (expression); !status_macro_value_.ok()) { \
      return status_macro_value_;                                                     \
    }                                                                                 \
  } while (false)

// ASSIGN_OR_RETURN(auto value, MakeValue()): unwraps a StatusOr or returns its status.
#define ASSIGN_OR_RETURN(left, expression) \
  ASSIGN_OR_RETURN_IMPL_(OUTLAY_STATUS_CONCAT_(status_or_, __LINE__), left, expression)
#define ASSIGN_OR_RETURN_IMPL_(status_or, left, expression)  \
  auto status_or = (expression);                             \
  if (!status_or.ok()) return std::move(status_or).status(); \
  left = *std::move(status_or)

#endif  // OUTLAY_SERVICES_COMMON_STATUS_ERROR_H_
