#include "gateway/cli/proto_json.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
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
  } catch (const nlohmann::json::out_of_range&) {
    return Malformed("MALFORMED_JSON",
                     "has a number beyond what JSON readers agree on (about 1.8e308)",
                     std::nullopt);
  }
}

// What protobuf says of a field: "(disclosure.amount) foo: Cannot find field.", "foo: Cannot find field." or "(basis): invalid value …".
struct FieldProblem {
  std::string path;  // of the message that holds it
  std::string name;
  bool unknown = false;
};

FieldProblem ReadProblem(std::string_view message) {
  const size_t end = std::min(message.find(": "), message.size());
  FieldProblem problem;
  problem.unknown = message.substr(end).starts_with(": Cannot find field");
  std::string_view place = message.substr(0, end);
  if (const size_t close = place.find(") "); place.starts_with('(') && close != place.npos) {
    problem.path = place.substr(1, close - 1);
    problem.name = place.substr(close + 2);
    return problem;
  }
  if (place.starts_with('(') && place.ends_with(')')) place = place.substr(1, place.size() - 2);
  const size_t dot = place.rfind('.');
  problem.path = dot == place.npos ? "" : place.substr(0, dot);
  problem.name = dot == place.npos ? place : place.substr(dot + 1);
  return problem;
}

std::optional<size_t> ColumnOfField(std::string_view text, const std::string& name) {
  const size_t offset = text.find(fmt::format("\"{}\"", name));
  if (name.empty() || offset == text.npos) return std::nullopt;
  return ColumnOf(text, offset);
}

// The names that the message at `path` ("disclosure.names[0]") takes; none where the path leads nowhere.
std::vector<std::string> FieldsAt(std::string_view path,
                                  const google::protobuf::Descriptor* message) {
  while (message != nullptr && !path.empty()) {
    const size_t end = std::min(path.find('.'), path.size());
    const std::string part(path.substr(0, std::min(end, path.find('['))));
    const auto* field = message->FindFieldByCamelcaseName(part);
    if (field == nullptr) field = message->FindFieldByName(part);
    message = field == nullptr ? nullptr : field->message_type();
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  std::vector<std::string> names;
  for (int i = 0; message != nullptr && i < message->field_count(); ++i) {
    names.push_back(message->field(i)->json_name());
  }
  return names;
}

std::string Joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

absl::Status Unexpected(std::string_view text, std::string_view reason,
                        const google::protobuf::Descriptor* message) {
  const FieldProblem problem = ReadProblem(reason);
  const std::optional<size_t> column = ColumnOfField(text, problem.name);
  if (!problem.unknown) return Malformed("UNEXPECTED_FIELD", reason, column);
  const std::vector<std::string> names = FieldsAt(problem.path, message);
  return Malformed("UNEXPECTED_FIELD",
                   fmt::format("{}there is no field {}{}: there are {}",
                               problem.path.empty() ? "" : problem.path + ": ", Quote(problem.name),
                               DidYouMean(problem.name, names), Joined(names)),
                   column);
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
  return Unexpected(text, reason, message->GetDescriptor());
}

bool HasField(std::string_view object, std::string_view name) {
  const auto value = nlohmann::json::parse(object, nullptr, /*allow_exceptions=*/false);
  return value.is_object() && value.contains(std::string(name));
}

}  // namespace outlay::cli
