#include "services/common/rpc/error_mapping.h"

#include <algorithm>
#include <string>
#include <utility>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/common/rpc/errors.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::rpc {
namespace {

// gRPC refuses trailers beyond 8 KiB, on the client's side and as an INTERNAL error. The message
// goes there twice, once percent-encoded (up to three times as long), the details in base64: these
// budgets stay below it.
constexpr size_t kMessageBytesMax = 1024;
constexpr size_t kDetailsBytesMax = 3 * 1024;
constexpr size_t kTextBytesMax = 512;  // one description or metadata value

// The longest prefix of at most `limit` bytes that is valid UTF-8 once bytes that are not are
// replaced.
std::string Clean(std::string_view text, size_t limit) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    size_t length = lead < 0x80                    ? 1
                    : lead >= 0xc2 && lead <= 0xdf ? 2
                    : lead >= 0xe0 && lead <= 0xef ? 3
                    : lead >= 0xf0 && lead <= 0xf4 ? 4
                                                   : 0;
    if (i + length > text.size()) length = 0;
    for (size_t k = 1; k < length; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80) length = 0;
    }
    const std::string_view piece = length == 0 ? "\xef\xbf\xbd" : text.substr(i, length);
    if (out.size() + piece.size() > limit) return out + "…";
    out += piece;
    i += std::max<size_t>(length, 1);
  }
  return out;
}

google::rpc::ErrorInfo MakeInfo(const ErrorDetail& detail) {
  google::rpc::ErrorInfo info;
  info.set_reason(Clean(detail.reason, kTextBytesMax));
  info.set_domain(std::string(kErrorDomain));
  for (const auto& [key, value] : detail.metadata) {
    (*info.mutable_metadata())[Clean(key, kTextBytesMax)] = Clean(value, kTextBytesMax);
    if (info.ByteSizeLong() > kDetailsBytesMax / 2) {
      info.mutable_metadata()->erase(Clean(key, kTextBytesMax));
      break;
    }
  }
  return info;
}

// As many violations as fit into `budget` bytes.
google::rpc::BadRequest MakeBadRequest(const ErrorDetail& detail, size_t budget) {
  google::rpc::BadRequest request;
  for (const FieldViolation& violation : detail.violations) {
    google::rpc::BadRequest::FieldViolation* const added = request.add_field_violations();
    added->set_field(Clean(violation.field, kTextBytesMax));
    added->set_description(Clean(violation.description, kTextBytesMax));
    if (request.ByteSizeLong() > budget) {
      request.mutable_field_violations()->RemoveLast();
      break;
    }
  }
  return request;
}

std::string SerializeDetails(const absl::Status& status, const ErrorDetail& detail,
                             const std::string& message) {
  google::rpc::Status details;
  details.set_code(static_cast<int32_t>(status.code()));
  details.set_message(message);
  google::rpc::ErrorInfo info = MakeInfo(detail);
  const google::rpc::BadRequest request =
      MakeBadRequest(detail, kDetailsBytesMax - info.ByteSizeLong());
  const size_t omitted = detail.violations.size() - request.field_violations_size();
  if (omitted > 0) (*info.mutable_metadata())["violations_omitted"] = std::to_string(omitted);
  details.add_details()->PackFrom(info);
  if (request.field_violations_size() > 0) details.add_details()->PackFrom(request);
  if (detail.retry_after_ms) {
    google::rpc::RetryInfo retry;
    retry.mutable_retry_delay()->set_seconds(*detail.retry_after_ms / 1000);
    retry.mutable_retry_delay()->set_nanos(
        static_cast<int32_t>(*detail.retry_after_ms % 1000 * 1'000'000));
    details.add_details()->PackFrom(retry);
  }
  return details.SerializeAsString();
}

void ReadDetail(const google::protobuf::Any& any, ErrorDetail& detail) {
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest request;
  google::rpc::RetryInfo retry;
  if (any.UnpackTo(&info)) {
    if (info.domain() != kErrorDomain) return;
    detail.reason = info.reason();
    detail.metadata.insert(info.metadata().begin(), info.metadata().end());
  } else if (any.UnpackTo(&request)) {
    for (const auto& violation : request.field_violations()) {
      detail.violations.push_back({violation.field(), violation.description()});
    }
  } else if (any.UnpackTo(&retry)) {
    detail.retry_after_ms =
        retry.retry_delay().seconds() * 1000 + retry.retry_delay().nanos() / 1'000'000;
  }
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const auto code = static_cast<grpc::StatusCode>(status.code());
  const std::string message = Clean(FromAbsl(status.message()), kMessageBytesMax);
  const ErrorDetail detail = GetErrorDetail(status);
  if (detail == ErrorDetail()) return {code, message};
  return {code, message, SerializeDetails(status, detail, message)};
}

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  // The two enumerations have the same numbers; a peer may send any.
  const int number = status.error_code();
  const auto code = number >= 1 && number <= 16 ? static_cast<absl::StatusCode>(number)
                                                : absl::StatusCode::kUnknown;
  ErrorDetail detail;
  google::rpc::Status details;
  if (!status.error_details().empty() && details.ParseFromString(status.error_details())) {
    for (const google::protobuf::Any& any : details.details()) ReadDetail(any, detail);
  }
  if (detail == ErrorDetail()) return {code, ToAbsl(status.error_message())};
  return MakeError(code, status.error_message(), std::move(detail));
}

absl::Status FromGrpcStatus(const grpc::Status& status, std::string_view service) {
  absl::Status error = FromGrpcStatus(status);
  if (error.ok() || !GetErrorDetail(error).reason.empty()) return error;
  return BackendFailure(error.code(), service, status.error_message());
}

}  // namespace outlay::rpc
