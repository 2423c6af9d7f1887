// Messages as the JSON of the proto language guide, names in lowerCamelCase.
#ifndef OUTLAY_GATEWAY_CLI_PROTO_JSON_H_
#define OUTLAY_GATEWAY_CLI_PROTO_JSON_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace outlay::cli {

// What is set, over several lines.
std::string PrettyJson(const google::protobuf::Message& message);
// On one line.
std::string CompactJson(const google::protobuf::Message& message);

// Reads one JSON object into `message`. INVALID_ARGUMENT: MALFORMED_JSON with metadata "column" (from 1, in characters) where the text is
// no JSON; UNEXPECTED_FIELD, with the column of its name where that can be told, for a name or value that the message does not take.
absl::Status ParseJson(std::string_view text, google::protobuf::Message* message);

// Whether the object's own fields, not those of its parts, have one of this name. False for a text that is no object.
bool HasField(std::string_view object, std::string_view name);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_PROTO_JSON_H_
