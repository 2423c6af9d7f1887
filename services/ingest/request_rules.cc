#include "services/ingest/request_rules.h"

#include "fmt/format.h"
#include "services/ingest/text_rules.h"

namespace outlay::ingest {
namespace {

void CheckText(std::string_view field, std::string_view text, size_t bytes_max,
               Violations& violations) {
  if (text.size() > bytes_max) {
    violations.Add("TOO_LONG", field,
                   fmt::format("has {} bytes, at most {}", text.size(), bytes_max));
  } else if (!IsValidUtf8(text)) {
    violations.Add("MALFORMED_TEXT", field, "must be UTF-8");
  }
}

}  // namespace

void CheckWriteRequest(const WriteRequest& request, ReasonRule rule, Violations& violations) {
  CheckText("request_id", request.request_id, kRequestIdBytesMax, violations);
  if (request.note.actor.empty()) {
    violations.Add("REQUIRED", "change.actor",
                   "is required: the person or program that makes the change, as in "
                   "analyst@example.org");
  }
  CheckText("change.actor", request.note.actor, kActorBytesMax, violations);
  if (rule == ReasonRule::kRequired && request.note.reason.empty()) {
    violations.Add("REQUIRED", "change.reason", "is required: why the record is changed");
  }
  CheckText("change.reason", request.note.reason, kReasonBytesMax, violations);
}

}  // namespace outlay::ingest
