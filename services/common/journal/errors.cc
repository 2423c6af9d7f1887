#include "services/common/journal/errors.h"

#include <fmt/format.h>

#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::journal {
namespace {

constexpr int64_t kStorageRetryAfterMs = 1000;

absl::Status DamagedAt(std::string_view file, const Place& place, std::string_view what,
                       std::string_view advice) {
  const bool entry = place.kind == "entry" && place.number > 0;
  std::string message = fmt::format("{} is damaged at its {}: {}.", file, ToString(place), what);
  if (entry && place.number > 1) {
    message += fmt::format(" No damage was found before entry {}.", place.number);
  }
  message += fmt::format(" {}", advice);
  ErrorDetail detail{.reason = "JOURNAL_DAMAGED",
                     .metadata = {{"file", std::string(file)}, {"place", ToString(place)}}};
  if (entry) detail.metadata["sequence"] = std::to_string(place.number);
  return MakeError(absl::StatusCode::kDataLoss, message, std::move(detail));
}

}  // namespace

absl::Status LimitExceeded(std::string_view field, std::string_view what, uint64_t found,
                           uint64_t bound) {
  return InvalidField("JOURNAL_LIMIT_EXCEEDED", field,
                      fmt::format("has {} {}; at most {} are accepted", found, what, bound),
                      {{"found", std::to_string(found)}, {"bound", std::to_string(bound)}});
}

absl::Status NothingToErase(std::string_view field, uint64_t sequence, uint64_t head) {
  return InvalidField(
      "NOTHING_TO_ERASE", field,
      fmt::format("there is no entry {} before it; the journal ends at {}", sequence, head),
      {{"sequence", std::to_string(sequence)}, {"head", std::to_string(head)}});
}

absl::Status OptionInvalid(std::string_view option, std::string_view description) {
  return InvalidField("JOURNAL_OPTION_INVALID", option, description);
}

absl::Status KeysChanged(std::string_view key_prefix, uint64_t decided_at, uint64_t changed_at) {
  return MakeError(
      absl::StatusCode::kFailedPrecondition,
      fmt::format("entry {} has a key that begins with {}, and the batch was decided on what was "
                  "there at {}; decide anew and try again",
                  changed_at, Quote(key_prefix), decided_at),
      {.reason = kKeysChangedReason, .metadata = {{"sequence", std::to_string(changed_at)}}});
}

absl::Status KeyPresent(std::string_view key, uint64_t sequence) {
  return MakeError(
      absl::StatusCode::kFailedPrecondition,
      fmt::format("entry {} has the key {}, and the batch was decided on its absence; decide anew "
                  "and try again",
                  sequence, Quote(key)),
      {.reason = kKeysChangedReason, .metadata = {{"sequence", std::to_string(sequence)}}});
}

absl::Status RequestIdReused(std::string_view request_id) {
  return MakeError(
      absl::StatusCode::kAlreadyExists,
      fmt::format("request_id {} was used before for a request with other content; a new request "
                  "needs a new request_id",
                  Quote(request_id)),
      {.reason = "REQUEST_ID_REUSED", .metadata = {{"request_id", std::string(request_id)}}});
}

absl::Status QueueFull(uint64_t queued_bytes, uint64_t bound_bytes, int64_t retry_after_ms) {
  return MakeError(absl::StatusCode::kResourceExhausted,
                   fmt::format("the journal's queue is full ({} of {} bytes wait to be committed); "
                               "try again after {} ms",
                               queued_bytes, bound_bytes, retry_after_ms),
                   {.reason = kQueueFullReason, .retry_after_ms = retry_after_ms});
}

absl::Status JournalClosed() {
  return MakeError(absl::StatusCode::kUnavailable, "the journal is closed: the server is stopping",
                   {.reason = "JOURNAL_CLOSED"});
}

absl::Status SequenceBeyondHead(uint64_t sequence, uint64_t head) {
  return MakeError(
      absl::StatusCode::kOutOfRange,
      fmt::format("sequence {} is beyond the journal's head {}: it belongs to another "
                  "journal, or to this one before it was restored from a backup",
                  sequence, head),
      {.reason = "SEQUENCE_BEYOND_HEAD",
       .metadata = {{"sequence", std::to_string(sequence)}, {"head", std::to_string(head)}}});
}

absl::Status JournalDiffers(uint64_t sequence) {
  return MakeError(
      absl::StatusCode::kFailedPrecondition,
      fmt::format("after_checksum: is not that of this journal at sequence {}: it has "
                  "another history up to there; forget what was received and start "
                  "from 0",
                  sequence),
      {.reason = "JOURNAL_DIFFERS", .metadata = {{"sequence", std::to_string(sequence)}}});
}

absl::Status SequenceAhead(std::string_view field, uint64_t sequence, uint64_t head) {
  const std::string description = fmt::format("is {}, but the journal ends at {}", sequence, head);
  return MakeError(absl::StatusCode::kOutOfRange, fmt::format("{}: {}", field, description),
                   {.reason = "SEQUENCE_AHEAD",
                    .metadata = {{"sequence", std::to_string(sequence)},
                                 {"head_sequence", std::to_string(head)}},
                    .violations = {{std::string(field), description}}});
}

absl::Status StorageFull(std::string_view file, std::string_view what) {
  return MakeError(absl::StatusCode::kResourceExhausted,
                   fmt::format("{}: no space left on the device ({}); nothing was stored, free "
                               "space and try again",
                               file, what),
                   {.reason = "STORAGE_FULL",
                    .metadata = {{"file", std::string(file)}},
                    .retry_after_ms = kStorageRetryAfterMs});
}

absl::Status StorageUnavailable(std::string_view file, std::string_view what) {
  return MakeError(absl::StatusCode::kUnavailable, fmt::format("{}: {}", file, what),
                   {.reason = kStorageUnavailableReason,
                    .metadata = {{"file", std::string(file)}},
                    .retry_after_ms = kStorageRetryAfterMs});
}

absl::Status DatabaseNotSynced(std::string_view file, int code) {
  return StorageUnavailable(
      file, fmt::format("a sync of it failed (SQLite's code {}); nothing is lost, since its "
                        "write-ahead log is kept, but nothing more is stored: look after the disk "
                        "and start the service again",
                        code));
}

absl::Status ErasurePending(std::string_view file, std::string_view why) {
  return MakeError(absl::StatusCode::kUnavailable,
                   fmt::format("the erasure is stored, but what was erased may still lie in the "
                               "write-ahead log of {} while another program reads the database "
                               "({}); end that program's transaction and send the request again",
                               file, why),
                   {.reason = "ERASURE_PENDING",
                    .metadata = {{"file", std::string(file)}},
                    .retry_after_ms = kStorageRetryAfterMs});
}

absl::Status StorageRefused(std::string_view database, std::string_view what) {
  return MakeError(
      absl::StatusCode::kFailedPrecondition, fmt::format("{}: {}", database, what),
      {.reason = kStorageRefusedReason, .metadata = {{"database", std::string(database)}}});
}

absl::Status StoreAway() {
  return MakeError(absl::StatusCode::kUnavailable,
                   "the store of the journal cannot be reached at the moment; whether a write was "
                   "stored is not known: send it again",
                   {.reason = kStorageUnavailableReason, .retry_after_ms = kStorageRetryAfterMs});
}

absl::Status DataDirLocked(std::string_view directory, std::string_view holder) {
  const std::string who =
      holder.empty() ? "another process" : fmt::format("the process with pid {}", holder);
  return MakeError(
      absl::StatusCode::kFailedPrecondition,
      fmt::format("{} is in use by {}: a journal belongs to one process at a time; "
                  "stop that one or choose another directory",
                  directory, who),
      {.reason = "DATA_DIR_LOCKED",
       .metadata = {{"directory", std::string(directory)}, {"pid", std::string(holder)}}});
}

absl::Status NotAJournal(std::string_view file, std::string_view what) {
  return MakeError(absl::StatusCode::kFailedPrecondition,
                   fmt::format("{} is not a journal of Outlay: {}; it was left as it is, choose "
                               "another directory or move it away",
                               file, what),
                   {.reason = "NOT_A_JOURNAL", .metadata = {{"file", std::string(file)}}});
}

absl::Status SchemaNewer(std::string_view file, int64_t found, int64_t supported) {
  return MakeError(absl::StatusCode::kFailedPrecondition,
                   fmt::format("{} has schema version {}, this program knows versions up to {}: "
                               "it was written by a newer Outlay, run that one",
                               file, found, supported),
                   {.reason = kSchemaNewerReason,
                    .metadata = {{"file", std::string(file)},
                                 {"found", std::to_string(found)},
                                 {"supported", std::to_string(supported)}}});
}

absl::Status SchemaOlder(std::string_view file, int64_t found, int64_t supported) {
  return MakeError(absl::StatusCode::kFailedPrecondition,
                   fmt::format("{} has schema version {}, from before the first release; this "
                               "program knows version {}: export the records with the program "
                               "that wrote it and import them here",
                               file, found, supported),
                   {.reason = "JOURNAL_SCHEMA_OLDER",
                    .metadata = {{"file", std::string(file)},
                                 {"found", std::to_string(found)},
                                 {"supported", std::to_string(supported)}}});
}

absl::Status HeadFileMissing(std::string_view head_file, std::string_view database,
                             uint64_t entries) {
  return MakeError(
      absl::StatusCode::kFailedPrecondition,
      fmt::format("{} is missing beside {}, which has {} entries: without it nobody can tell "
                  "whether later entries were lost. Put it back, or, after restoring or copying "
                  "the database on purpose, start once with --accept-missing-head",
                  head_file, database, entries),
      {.reason = "HEAD_FILE_MISSING",
       .metadata = {{"file", std::string(head_file)}, {"entries", std::to_string(entries)}}});
}

std::string ToString(const Place& place) {
  return place.number == 0 ? std::string(place.kind)
                           : fmt::format("{} {}", place.kind, place.number);
}

absl::Status Damaged(std::string_view file, const Place& place, std::string_view what) {
  return DamagedAt(file, place, what,
                   "Keep a copy of the whole directory, then restore the newest backup or copy the "
                   "directory of a healthy replica; the file was not repaired or shortened");
}

absl::Status DamagedDatabase(std::string_view database, const Place& place, std::string_view what) {
  return DamagedAt(database, place, what,
                   "Keep a copy of the database, then restore the newest backup or promote a "
                   "healthy standby; nothing was repaired or shortened");
}

absl::Status StorageNotDurable(std::string_view database, std::string_view setting) {
  return MakeError(
      absl::StatusCode::kFailedPrecondition,
      fmt::format("{} has {} off, with which it can lose or damage what it has "
                  "committed; turn it on in the server's settings",
                  database, setting),
      {.reason = "STORAGE_NOT_DURABLE",
       .metadata = {{"database", std::string(database)}, {"setting", std::string(setting)}}});
}

absl::Status StorageTooOld(std::string_view database, int found, int oldest) {
  return MakeError(
      absl::StatusCode::kFailedPrecondition,
      fmt::format("{} is PostgreSQL {}, at least {} is needed", database, found, oldest),
      {.reason = "STORAGE_TOO_OLD",
       .metadata = {{"database", std::string(database)},
                    {"found", std::to_string(found)},
                    {"oldest", std::to_string(oldest)}}});
}

}  // namespace outlay::journal
