#include "gateway/cli/print_error.h"

#include "fmt/format.h"
#include "gateway/cli/client.h"
#include "gateway/cli/errors.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

// What a person can do about it, beyond what the message says.
std::string Advice(const absl::Status& error, const ErrorDetail& detail) {
  if (IsUnreachable(error)) {
    return "Is it running? 'outlay up' starts one here; --gateway or OUTLAY_GATEWAY names another.";
  }
  if (detail.reason == "BACKEND_UNAVAILABLE") {
    const auto service = detail.metadata.find("service");
    return fmt::format("The gateway answers, {} behind it does not: is that running?",
                       service == detail.metadata.end() ? "a service" : service->second);
  }
  if (error.code() == absl::StatusCode::kDeadlineExceeded) {
    return "--timeout gives it more seconds.";
  }
  return "";
}

}  // namespace

std::string ErrorText(std::string_view command, const absl::Status& error) {
  const ErrorDetail detail = GetErrorDetail(error);
  const std::string message(FromAbsl(error.message()));
  std::string text = fmt::format("{}: {}\n", command, message);
  if (IsUsage(error)) {
    return text + fmt::format("  '{} --help' says what it takes.\n", command);
  }
  text += fmt::format("  {}{}\n", absl::StatusCodeToString(error.code()),
                      detail.reason.empty() ? "" : fmt::format(" ({})", detail.reason));
  for (const FieldViolation& violation : detail.violations) {
    const std::string line = fmt::format("{}: {}", violation.field, violation.description);
    // The message begins with the first one.
    if (!message.starts_with(line)) text += fmt::format("  {}\n", line);
  }
  if (const std::string advice = Advice(error, detail); !advice.empty()) {
    text += fmt::format("  {}\n", advice);
  }
  return text;
}

}  // namespace outlay::cli
