#include "gateway/cli/proto_json.h"

#include <optional>

#include "fmt/format.h"
#include "google/protobuf/util/json_util.h"
#include "nlohmann/json.hpp"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

std::string ToJson(const google::protobuf::Message& message, bool pretty) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = pretty;
  std::string json;
  // Fails only for messages with an Any of an unknown type, which ours have not.
  (void)google::protobuf::util::MessageToJsonString(message, &json, options);
  return json;
}

// The column of the byte at `offset`, in characters from 1.
size_t ColumnOf(std::string_view text, size_t offset) {
  size_t column = 1;
  for (size_t i = 0; i < offset && i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) ++column;
  }
  return column;
}

absl::Status Malformed(std::string_view reason, std::string_view message,
                       std::optional<size_t> column) {
  ErrorDetail detail = {.reason = std::string(reason)};
  if (column) detail.metadata["column"] = std::to_string(*column);
  return MakeError(absl::StatusCode::kInvalidArgument, message, std::move(detail));
}

// "[json.exception.parse_error.101] parse error at line 1, column 6: syntax error while …" → "syntax error while …"
std::string WithoutPreamble(std::string_view what) {
  const size_t column = what.find("column ");
  const size_t colon = column == what.npos ? what.npos : what.find(": ", column);
  return std::string(colon == what.npos ? what : what.substr(colon + 2));
}

absl::Status CheckSyntax(std::string_view text) {
  try {
    const auto value = nlohmann::json::parse(text);
    if (value.is_object()) return absl::OkStatus();
    return Malformed("MALFORMED_JSON", "is no JSON object: one record a line, in braces", 1);
  } catch (const nlohmann::json::parse_error& error) {
    const size_t offset = error.byte > 0 ? error.byte - 1 : 0;
    return Malformed("MALFORMED_JSON",
                     fmt::format("is no valid JSON: {}", WithoutPreamble(error.what())),
                     ColumnOf(text, offset));
  }
}

// The name in "(disclosure.amount) foo: Cannot find field." or "(a.b): invalid value …": where the error is.
std::optional<size_t> ColumnOfField(std::string_view text, std::string_view message) {
  const size_t end = message.find(": ");
  if (end == message.npos) return std::nullopt;
  std::string_view path = message.substr(0, end);
  for (const char bracket : {')', '('}) {
    while (!path.empty() && path.back() == bracket) path.remove_suffix(1);
  }
  const size_t begin = path.find_last_of(" .(");
  const std::string_view name = begin == path.npos ? path : path.substr(begin + 1);
  const size_t offset = text.find(fmt::format("\"{}\"", name));
  if (name.empty() || offset == text.npos) return std::nullopt;
  return ColumnOf(text, offset);
}

}  // namespace

std::string PrettyJson(const google::protobuf::Message& message) { return ToJson(message, true); }

std::string CompactJson(const google::protobuf::Message& message) { return ToJson(message, false); }

absl::Status ParseJson(std::string_view text, google::protobuf::Message* message) {
  RETURN_IF_ERROR(CheckSyntax(text));
  const auto status = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(text.data(), text.size()), message);
  if (status.ok()) return absl::OkStatus();
  const std::string reason(status.message().data(), status.message().size());
  return Malformed("UNEXPECTED_FIELD", reason, ColumnOfField(text, reason));
}

bool HasField(std::string_view object, std::string_view name) {
  const auto value = nlohmann::json::parse(object, nullptr, /*allow_exceptions=*/false);
  return value.is_object() && value.contains(std::string(name));
}

}  // namespace outlay::cli
