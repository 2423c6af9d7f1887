#include "gateway/cli/errors.h"

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

constexpr std::string_view kUsageReason = "USAGE";

}  // namespace

absl::Status Usage(std::string_view message) {
  return MakeError(absl::StatusCode::kInvalidArgument, message,
                   {.reason = std::string(kUsageReason)});
}

bool IsUsage(const absl::Status& status) { return GetErrorDetail(status).reason == kUsageReason; }

absl::Status BadFlag(std::string_view flag, std::string_view value, std::string_view right) {
  return Usage(fmt::format("{} is {}: {}", flag, Quote(value), right));
}

absl::Status CannotRead(std::string_view path, std::string_view why) {
  return MakeError(absl::StatusCode::kNotFound, fmt::format("cannot read {}: {}", path, why),
                   {.reason = "CANNOT_READ", .metadata = {{"path", std::string(path)}}});
}

absl::Status CannotWrite(std::string_view path, std::string_view why) {
  return MakeError(absl::StatusCode::kFailedPrecondition,
                   fmt::format("cannot write {}: {}", path, why),
                   {.reason = "CANNOT_WRITE", .metadata = {{"path", std::string(path)}}});
}

absl::Status UnknownFormat(std::string_view path, std::string_view expected) {
  return MakeError(absl::StatusCode::kInvalidArgument, fmt::format("{}: {}", path, expected),
                   {.reason = "UNKNOWN_FORMAT", .metadata = {{"path", std::string(path)}}});
}

absl::Status Interrupted() {
  return MakeError(absl::StatusCode::kCancelled, "interrupted", {.reason = "INTERRUPTED"});
}

absl::Status ServerFailed(std::string_view program, std::string_view what) {
  return MakeError(absl::StatusCode::kUnavailable, fmt::format("{} {}", program, what),
                   {.reason = "SERVER_FAILED", .metadata = {{"program", std::string(program)}}});
}

absl::Status SampleRejected(std::string_view path, size_t count) {
  return MakeError(
      absl::StatusCode::kFailedPrecondition,
      fmt::format("{}: {} records were rejected; the lines above say why", path, count),
      {.reason = "IMPORT_REJECTED", .metadata = {{"path", std::string(path)}}});
}

}  // namespace outlay::cli
