#include "services/ingest/errors.h"

#include <map>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/ingest/disclosure_id.h"

namespace outlay::ingest {
namespace {

using absl::StatusCode;

constexpr int64_t kRetryAfterMs = 200;

std::string List(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string Suggestion(const std::vector<std::string>& nearest) {
  return nearest.empty() ? "" : fmt::format(" (did you mean {}?)", List(nearest));
}

// NOT_FOUND of an entry of the catalogue.
absl::Status EntryNotFound(std::string_view kind, std::string_view reason, std::string_view id,
                           const std::vector<std::string>& nearest) {
  std::map<std::string, std::string> metadata = {{fmt::format("{}_id", kind), std::string(id)}};
  if (!nearest.empty()) metadata["nearest"] = List(nearest);
  return MakeError(StatusCode::kNotFound,
                   fmt::format("there is no {} {}{}", kind, Quote(id), Suggestion(nearest)),
                   {.reason = std::string(reason), .metadata = std::move(metadata)});
}

absl::Status EntryNotFoundAsOf(std::string_view kind, std::string_view reason, std::string_view id,
                               uint64_t as_of_sequence) {
  return MakeError(
      StatusCode::kNotFound,
      fmt::format("the {} {} was added after sequence {}, which the request reads as of", kind,
                  Quote(id), as_of_sequence),
      {.reason = std::string(reason), .metadata = {{fmt::format("{}_id", kind), std::string(id)}}});
}

}  // namespace

absl::Status MalformedDisclosureId(std::string_view field, std::string_view text) {
  return InvalidField("MALFORMED_DISCLOSURE_ID", field,
                      fmt::format("{} is not the id of a disclosure: \"d-\" and 16 hexadecimal "
                                  "digits in lower case, as recording it returned",
                                  Quote(text)));
}

absl::Status BatchSize(std::string_view field, size_t found, size_t max) {
  return InvalidField(found == 0 ? "EMPTY_BATCH" : "BATCH_TOO_LARGE", field,
                      fmt::format("has {} entries: send 1 to {} at a time", found, max),
                      {{"found", fmt::to_string(found)}, {"max", fmt::to_string(max)}});
}

absl::Status PageSizeOutOfRange(int64_t found, int64_t max) {
  return InvalidField("PAGE_SIZE_OUT_OF_RANGE", "page_size",
                      fmt::format("is {}: use 1 to {}, or 0 for 100", found, max));
}

absl::Status PageTokenInvalid(std::string_view why) {
  return InvalidField("PAGE_TOKEN_INVALID", "page_token",
                      fmt::format("{}: use next_page_token of the page before with the same "
                                  "request, or none for the first page",
                                  why));
}

absl::Status NothingToCorrect(uint64_t id) {
  return InvalidField("NOTHING_TO_CORRECT", "disclosure",
                      fmt::format("{} reads so already: send the record as it should read",
                                  FormatDisclosureId(id)));
}

absl::Status DisclosureNotFound(uint64_t id) {
  const std::string text = FormatDisclosureId(id);
  return MakeError(StatusCode::kNotFound, fmt::format("there is no disclosure {}", text),
                   {.reason = "DISCLOSURE_NOT_FOUND", .metadata = {{"disclosure_id", text}}});
}

absl::Status NotVisibleAsOf(uint64_t id, std::string_view why) {
  const std::string text = FormatDisclosureId(id);
  return MakeError(StatusCode::kNotFound, fmt::format("disclosure {} {}", text, why),
                   {.reason = "NOT_VISIBLE_AS_OF", .metadata = {{"disclosure_id", text}}});
}

absl::Status SourceNotFound(std::string_view source_id) {
  return MakeError(
      StatusCode::kNotFound,
      fmt::format("no disclosure is of a source {}; GetDisclosure shows the source of a record",
                  Quote(source_id)),
      {.reason = "SOURCE_NOT_FOUND", .metadata = {{"source_id", std::string(source_id)}}});
}

absl::Status OrganizationNotFound(std::string_view id, const std::vector<std::string>& nearest) {
  return EntryNotFound("organization", "ORGANIZATION_NOT_FOUND", id, nearest);
}

absl::Status OrganizationNotFoundAsOf(std::string_view id, uint64_t as_of_sequence) {
  return EntryNotFoundAsOf("organization", "NOT_VISIBLE_AS_OF", id, as_of_sequence);
}

absl::Status GroupNotFound(std::string_view id, const std::vector<std::string>& nearest) {
  return EntryNotFound("group", "GROUP_NOT_FOUND", id, nearest);
}

absl::Status GroupNotFoundAsOf(std::string_view id, uint64_t as_of_sequence) {
  return EntryNotFoundAsOf("group", "NOT_VISIBLE_AS_OF", id, as_of_sequence);
}

absl::Status IdempotencyKeyReused(std::string_view key, std::string_view holder_id,
                                  const std::vector<std::string>& differing_fields) {
  const std::string holder =
      holder_id.empty() ? std::string("an earlier entry of this batch") : std::string(holder_id);
  const std::string description = fmt::format(
      "{} names {} already, which differs in {}: give another statement a key of its own, or "
      "correct the record with CorrectDisclosure",
      Quote(key), holder, differing_fields.empty() ? "its content" : List(differing_fields));
  return MakeError(StatusCode::kAlreadyExists, "idempotency_key: " + description,
                   {.reason = "IDEMPOTENCY_KEY_REUSED",
                    .metadata = {{"disclosure_id", std::string(holder_id)},
                                 {"differing_fields", List(differing_fields)}},
                    .violations = {{"idempotency_key", description}}});
}

absl::Status RevisionChanged(uint64_t id, uint32_t expected, uint32_t found, uint64_t sequence) {
  const std::string text = FormatDisclosureId(id);
  return MakeError(
      StatusCode::kFailedPrecondition,
      fmt::format("{} has revision {}, made by sequence {}, where {} was expected: read it again "
                  "and decide anew",
                  text, found, sequence, expected),
      {.reason = "REVISION_CHANGED",
       .metadata = {{"disclosure_id", text},
                    {"expected_revision", fmt::to_string(expected)},
                    {"revision", fmt::to_string(found)},
                    {"sequence", fmt::to_string(sequence)}}});
}

absl::Status AlreadyVoided(uint64_t id, uint32_t revision, uint64_t sequence) {
  const std::string text = FormatDisclosureId(id);
  return MakeError(
      StatusCode::kFailedPrecondition,
      fmt::format("{} was voided by sequence {} and stays so: record the statement anew, under "
                  "another idempotency key, if it stands after all",
                  text, sequence),
      {.reason = "ALREADY_VOIDED",
       .metadata = {{"disclosure_id", text},
                    {"revision", fmt::to_string(revision)},
                    {"sequence", fmt::to_string(sequence)}}});
}

absl::Status CatalogueChanged(std::string_view id) {
  return MakeError(
      StatusCode::kFailedPrecondition,
      fmt::format("{} was changed by another writer at the same time: read it again and send the "
                  "change with a new request_id",
                  Quote(id)),
      {.reason = "CATALOGUE_CHANGED", .metadata = {{"id", std::string(id)}}});
}

absl::Status BehindMinimum(uint64_t minimum_sequence, uint64_t applied) {
  return MakeError(
      StatusCode::kUnavailable,
      fmt::format("this server has applied sequence {}, not yet {}: try again, with a longer "
                  "deadline if need be",
                  applied, minimum_sequence),
      {.reason = "BEHIND_MINIMUM",
       .metadata = {{"minimum_sequence", fmt::to_string(minimum_sequence)},
                    {"applied_sequence", fmt::to_string(applied)}},
       .retry_after_ms = kRetryAfterMs});
}

absl::Status LedgerStopped() {
  return MakeError(StatusCode::kUnavailable, "the server is stopping: send the request again",
                   {.reason = "LEDGER_STOPPED", .retry_after_ms = kRetryAfterMs});
}

absl::Status ResponseTooLarge(size_t bytes_max) {
  return MakeError(
      StatusCode::kResourceExhausted,
      fmt::format("the answer would be larger than {} bytes: ask for fewer records", bytes_max),
      {.reason = "RESPONSE_TOO_LARGE", .metadata = {{"bytes_max", fmt::to_string(bytes_max)}}});
}

absl::Status PayloadUnreadable(std::string_view why) {
  return MakeError(StatusCode::kDataLoss, fmt::format("a stored change cannot be read: {}", why),
                   {.reason = "PAYLOAD_UNREADABLE"});
}

absl::Status PayloadUnreadableAt(uint64_t sequence, const absl::Status& why) {
  return MakeError(
      StatusCode::kDataLoss,
      fmt::format("entry {} of the journal: {}", sequence, FromAbsl(why.message())),
      {.reason = "PAYLOAD_UNREADABLE", .metadata = {{"sequence", fmt::to_string(sequence)}}});
}

absl::Status ChangeOutOfPlace(uint64_t sequence, std::string_view why) {
  return MakeError(
      StatusCode::kDataLoss,
      fmt::format("entry {} of the journal does not fit those before it: {}", sequence, why),
      {.reason = "CHANGE_OUT_OF_PLACE", .metadata = {{"sequence", fmt::to_string(sequence)}}});
}

}  // namespace outlay::ingest
