#include "services/ingest/violations.h"

#include <algorithm>

#include "fmt/format.h"
#include "services/common/status/text.h"

namespace outlay::ingest {

void Violations::Add(std::string_view reason, std::string_view field,
                     std::string_view description) {
  AddReason(reason);
  violations_.push_back({std::string(field), std::string(description)});
}

void Violations::Add(std::string_view field, const absl::Status& error) {
  if (error.ok()) return;
  const ErrorDetail detail = GetErrorDetail(field.empty() ? error : Under(field, error));
  AddReason(detail.reason);
  if (detail.violations.empty()) {
    violations_.push_back({std::string(field), std::string(FromAbsl(error.message()))});
  }
  violations_.insert(violations_.end(), detail.violations.begin(), detail.violations.end());
}

void Violations::AddReason(std::string_view reason) {
  if (std::find(reasons_.begin(), reasons_.end(), reason) == reasons_.end()) {
    reasons_.emplace_back(reason);
  }
}

absl::Status Violations::ToStatus(absl::StatusCode code) const {
  if (violations_.empty()) return absl::OkStatus();
  const FieldViolation& first = violations_.front();
  std::string message =
      first.field.empty() ? first.description : first.field + ": " + first.description;
  if (violations_.size() > 1) message += fmt::format(" (and {} more)", violations_.size() - 1);
  ErrorDetail detail{.reason = reasons_.front(), .violations = violations_};
  if (reasons_.size() > 1) {
    detail.metadata["reasons"] = fmt::format("{}", fmt::join(reasons_, ","));
  }
  return MakeError(code, message, std::move(detail));
}

}  // namespace outlay::ingest
