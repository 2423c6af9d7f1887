#include "services/common/status/error.h"

#include <charconv>
#include <utility>

#include "absl/strings/cord.h"

namespace outlay {
namespace {

constexpr char kPayloadType[] = "outlay/ErrorDetail";

// The payload is a list of length-prefixed strings: it never leaves the process, so no wider format is needed.
void PutString(std::string& out, std::string_view text) {
  out += std::to_string(text.size());
  out += ':';
  out += text;
}

class Reader {
 public:
  explicit Reader(std::string_view data) : data_(data) {}

  bool AtEnd() const { return data_.empty(); }

  std::string Next() {
    size_t size = 0;
    const char* end = data_.data() + data_.size();
    auto [position, error] = std::from_chars(data_.data(), end, size);
    if (error != std::errc() || position == end) {
      data_ = {};
      return {};
    }
    data_.remove_prefix(position + 1 - data_.data());
    std::string text(data_.substr(0, size));
    data_.remove_prefix(std::min(size, data_.size()));
    return text;
  }

  size_t NextCount() {
    const std::string text = Next();
    size_t count = 0;
    std::from_chars(text.data(), text.data() + text.size(), count);
    return count;
  }

 private:
  std::string_view data_;
};

std::string Encode(const ErrorDetail& detail) {
  std::string out;
  PutString(out, detail.reason);
  PutString(out, detail.retry_after_ms ? std::to_string(*detail.retry_after_ms) : "");
  PutString(out, std::to_string(detail.metadata.size()));
  for (const auto& [key, value] : detail.metadata) {
    PutString(out, key);
    PutString(out, value);
  }
  PutString(out, std::to_string(detail.violations.size()));
  for (const FieldViolation& violation : detail.violations) {
    PutString(out, violation.field);
    PutString(out, violation.description);
  }
  return out;
}

ErrorDetail Decode(std::string_view data) {
  Reader reader(data);
  ErrorDetail detail;
  detail.reason = reader.Next();
  if (const std::string retry = reader.Next(); !retry.empty())
    detail.retry_after_ms = std::stoll(retry);
  for (size_t left = reader.NextCount(); left > 0 && !reader.AtEnd(); --left) {
    std::string key = reader.Next();
    detail.metadata[std::move(key)] = reader.Next();
  }
  for (size_t left = reader.NextCount(); left > 0 && !reader.AtEnd(); --left) {
    std::string field = reader.Next();
    detail.violations.push_back({std::move(field), reader.Next()});
  }
  return detail;
}

std::string Join(std::string_view parent, std::string_view child) {
  if (child.empty()) return std::string(parent);
  std::string path(parent);
  if (child.front() != '[') path += '.';
  path += child;
  return path;
}

}  // namespace

absl::Status MakeError(absl::StatusCode code, std::string_view message, ErrorDetail detail) {
  absl::Status status(code, absl::string_view(message.data(), message.size()));
  status.SetPayload(kPayloadType, absl::Cord(Encode(detail)));
  return status;
}

absl::Status InvalidField(std::string_view reason, std::string_view field,
                          std::string_view description,
                          std::map<std::string, std::string> metadata) {
  std::string message(field);
  if (!message.empty()) message += ": ";
  message += description;
  return MakeError(absl::StatusCode::kInvalidArgument, message,
                   {.reason = std::string(reason),
                    .metadata = std::move(metadata),
                    .violations = {{std::string(field), std::string(description)}}});
}

ErrorDetail GetErrorDetail(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kPayloadType);
  if (!payload) return {};
  return Decode(std::string(*payload));
}

absl::Status Under(std::string_view parent, const absl::Status& status) {
  ErrorDetail detail = GetErrorDetail(status);
  if (status.ok() || detail.violations.empty()) return status;
  std::string message(status.message());
  const std::string& first = detail.violations.front().field;
  const std::string moved = Join(parent, first);
  if (message.compare(0, first.size(), first) == 0) {
    message = first.empty() ? moved + ": " + message : moved + message.substr(first.size());
  }
  for (FieldViolation& violation : detail.violations)
    violation.field = Join(parent, violation.field);
  return MakeError(status.code(), message, std::move(detail));
}

}  // namespace outlay
