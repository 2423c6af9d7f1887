#include "services/fx/field_errors.h"

#include <string>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::fx {

void FieldErrors::Add(absl::Status status) {
  if (!status.ok()) errors_.push_back(std::move(status));
}

absl::Status FieldErrors::ToStatus() const {
  if (errors_.empty()) return absl::OkStatus();
  if (errors_.size() == 1) return errors_.front();
  ErrorDetail detail = GetErrorDetail(errors_.front());
  for (size_t i = 1; i < errors_.size(); ++i) {
    for (FieldViolation& violation : GetErrorDetail(errors_[i]).violations) {
      detail.violations.push_back(std::move(violation));
    }
  }
  const std::string message =
      fmt::format("{} (and {} more)", FromAbsl(errors_.front().message()), errors_.size() - 1);
  return MakeError(errors_.front().code(), message, std::move(detail));
}

}  // namespace outlay::fx
