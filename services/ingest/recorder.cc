#include "services/ingest/recorder.h"

#include <memory>
#include <unordered_map>
#include <utility>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/ingest/content_fields.h"
#include "services/ingest/disclosure_id.h"
#include "services/ingest/disclosure_validator.h"
#include "services/ingest/errors.h"
#include "services/ingest/text_rules.h"

namespace outlay::ingest {
namespace {

using Status = RecordResult::Status;

absl::Status CheckCommand(const RecordCommand& command) {
  if (command.entries.empty() || command.entries.size() > command.entries_max) {
    return BatchSize("entries", command.entries.size(), command.entries_max);
  }
  Violations violations;
  CheckWriteRequest(command.request, ReasonRule::kOptional, violations);
  return violations.ToStatus();
}

std::string ClientKey(std::string_view idempotency_key) {
  std::string key;
  key.reserve(kClientKeyPrefix.size() + idempotency_key.size());
  return key.append(kClientKeyPrefix).append(idempotency_key);
}

std::string EntryPath(size_t index) { return fmt::format("entries[{}]", index); }

absl::StatusOr<DisclosureContent> CheckEntry(const RecordEntry& entry,
                                             DisclosureValidator& validator) {
  Violations violations;
  if (entry.idempotency_key.size() > kIdempotencyKeyBytesMax) {
    violations.Add("TOO_LONG", "idempotency_key",
                   fmt::format("has {} bytes, at most {}", entry.idempotency_key.size(),
                               kIdempotencyKeyBytesMax));
  } else if (!IsOneLine(entry.idempotency_key)) {
    violations.Add("MALFORMED_TEXT", "idempotency_key", "must be UTF-8 without control characters");
  }
  if (!entry.disclosure) {
    violations.Add("REQUIRED", "disclosure", "is required");
    return violations.ToStatus();
  }
  std::optional<DisclosureContent> content =
      violations.Take("disclosure", validator.Validate(*entry.disclosure));
  if (!violations.empty()) return violations.ToStatus();
  return *std::move(content);
}

// Whether a record says what is stored. Words that were removed cannot be compared.
bool IsSame(const Disclosure& stored, const DisclosureContent& content) {
  if (!stored.quote_redacted) return CanonicalBytes(*stored.content) == CanonicalBytes(content);
  DisclosureContent wordless = content;
  wordless.quote.clear();
  return CanonicalBytes(*stored.content) == CanonicalBytes(wordless);
}

// The error of a whole atomic batch: the first refusal's, with the violations of all.
absl::Status RefuseBatch(const std::vector<RecordResult>& results) {
  absl::Status first;
  ErrorDetail detail;
  size_t refused_count = 0;
  for (const RecordResult& result : results) {
    if (result.status != Status::kRejected) continue;
    ErrorDetail own = GetErrorDetail(result.error);
    if (++refused_count == 1) {
      first = result.error;
      detail = std::move(own);
    } else {
      detail.violations.insert(detail.violations.end(), own.violations.begin(),
                               own.violations.end());
    }
  }
  if (refused_count == 0) return absl::OkStatus();
  detail.metadata["refused_count"] = fmt::to_string(refused_count);
  std::string message(FromAbsl(first.message()));
  if (refused_count > 1) {
    message += fmt::format(" (and {} more records were refused)", refused_count - 1);
  }
  return MakeError(first.code(), message, std::move(detail));
}

}  // namespace

// What a batch's checks have found, kept until its results are known.
struct Recorder::Prepared {
  std::vector<std::optional<DisclosureContent>> contents;  // nullopt: refused
  std::vector<absl::Status> errors;
  std::vector<std::string> keys;  // in the journal
  std::vector<std::string_view> client_keys;
  std::vector<uint64_t> fingerprints;
};

Recorder::Prepared Recorder::Prepare(const RecordCommand& command) const {
  DisclosureValidator validator(ledger_, clock_.Now());
  Prepared prepared;
  for (size_t i = 0; i < command.entries.size(); ++i) {
    const RecordEntry& entry = command.entries[i];
    absl::StatusOr<DisclosureContent> content = CheckEntry(entry, validator);
    prepared.client_keys.push_back(entry.idempotency_key);
    if (!content.ok()) {
      prepared.errors.push_back(Under(EntryPath(i), content.status()));
      prepared.contents.emplace_back();
      prepared.keys.emplace_back();
      prepared.fingerprints.push_back(0);
      continue;
    }
    const std::string canonical = CanonicalBytes(*content);
    prepared.errors.push_back(absl::OkStatus());
    prepared.contents.push_back(*std::move(content));
    prepared.fingerprints.push_back(journal::Fingerprint(canonical));
    prepared.keys.push_back(entry.idempotency_key.empty()
                                ? "content/" + Digest(canonical)
                                : ClientKey(entry.idempotency_key));
  }
  return prepared;
}

journal::Record Recorder::MakeRecord(const RecordCommand& command, size_t index,
                                     Prepared& prepared) const {
  if (!prepared.contents[index]) {
    return {.rejection = codec_.EncodeError(prepared.errors[index])};
  }
  EncodedChange encoded =
      codec_.Encode({DisclosureRecorded{*prepared.contents[index]}, command.request.note});
  return {.key = prepared.keys[index],
          .payload = std::move(encoded.payload),
          .erasable = std::move(encoded.erasable),
          .fingerprint = prepared.fingerprints[index]};
}

absl::Status Recorder::KeyReused(const Prepared& prepared, size_t index, uint64_t holder) const {
  const DisclosureContent* other = nullptr;
  std::optional<Disclosure> stored;
  if (holder != 0) {
    // As it was recorded: that is what the key stands for, whatever was corrected later.
    stored = ledger_.Find(holder, AsOf{.sequence = holder});
    if (stored) other = stored->content.get();
  } else {
    for (size_t i = 0; i < index && other == nullptr; ++i) {
      if (prepared.contents[i] && prepared.keys[i] == prepared.keys[index]) {
        other = &*prepared.contents[i];
      }
    }
  }
  const std::optional<DisclosureContent>& own = prepared.contents[index];
  return Under(
      EntryPath(index),
      IdempotencyKeyReused(
          prepared.client_keys[index], holder == 0 ? "" : FormatDisclosureId(holder),
          other != nullptr && own ? DifferingFields(*own, *other) : std::vector<std::string>()));
}

RecordResult Recorder::Replayed(uint64_t sequence) const {
  const std::optional<Disclosure> stored = ledger_.Find(sequence);
  return {.status = Status::kReplayed,
          .sequence = sequence,
          .voided = stored.has_value() && stored->voided};
}

absl::StatusOr<RecordOutcome> Recorder::MakeOutcome(const Prepared& prepared,
                                                    const journal::AppendResult& appended,
                                                    bool atomic) const {
  RecordOutcome outcome{.sequence = appended.head};
  for (size_t i = 0; i < appended.results.size(); ++i) {
    const journal::RecordResult& stored = appended.results[i];
    RecordResult& result = outcome.results.emplace_back();
    switch (stored.disposition) {
      case journal::Disposition::kAppended:
        result = {Status::kRecorded, stored.sequence};
        break;
      case journal::Disposition::kReplayed:
        result = Replayed(stored.sequence);
        break;
      case journal::Disposition::kConflict:
        result = {Status::kRejected, 0, KeyReused(prepared, i, stored.sequence)};
        break;
      case journal::Disposition::kRejected:
        result = {Status::kRejected, 0, codec_.DecodeError(stored.rejection)};
        break;
      case journal::Disposition::kNotAttempted:
        result = {Status::kNotAttempted};
        break;
    }
  }
  if (atomic) RETURN_IF_ERROR(RefuseBatch(outcome.results));
  return outcome;
}

RecordOutcome Recorder::Judge(const Prepared& prepared) const {
  RecordOutcome outcome{.sequence = ledger_.sequence()};
  std::unordered_map<std::string_view, uint64_t> in_batch;  // key to fingerprint
  for (size_t i = 0; i < prepared.contents.size(); ++i) {
    RecordResult& result = outcome.results.emplace_back();
    if (!prepared.contents[i]) {
      result = {Status::kRejected, 0, prepared.errors[i]};
      continue;
    }
    const auto [earlier, inserted] = in_batch.emplace(prepared.keys[i], prepared.fingerprints[i]);
    const std::optional<uint64_t> holder = ledger_.FindKey(prepared.keys[i]);
    if (holder) {
      const std::optional<Disclosure> stored = ledger_.Find(*holder, AsOf{.sequence = *holder});
      const bool same = stored && IsSame(*stored, *prepared.contents[i]);
      result = same ? Replayed(*holder)
                    : RecordResult{Status::kRejected, 0, KeyReused(prepared, i, *holder)};
    } else if (!inserted && earlier->second != prepared.fingerprints[i]) {
      result = {Status::kRejected, 0, KeyReused(prepared, i, 0)};
    }
  }
  return outcome;
}

void Recorder::Record(RecordCommand command, Done done) {
  if (const absl::Status status = CheckCommand(command); !status.ok()) {
    done(status);
    return;
  }
  const auto prepared = std::make_shared<Prepared>(Prepare(command));
  if (command.validate_only) {
    done(Judge(*prepared));
    return;
  }
  if (const absl::Status failure = follower_.failure(); !failure.ok()) {
    done(failure);
    return;
  }
  journal::Batch batch{.request_id = command.request.request_id,
                       .request_fingerprint = command.request.fingerprint,
                       .atomic = command.atomic};
  batch.records.reserve(command.entries.size());
  for (size_t i = 0; i < command.entries.size(); ++i) {
    batch.records.push_back(MakeRecord(command, i, *prepared));
  }
  journal_.Submit(
      std::move(batch), [this, prepared, atomic = command.atomic,
                         done = std::move(done)](absl::StatusOr<journal::AppendResult> appended) {
        if (!appended.ok()) {
          done(appended.status());
          return;
        }
        const auto result = std::make_shared<journal::AppendResult>(*std::move(appended));
        follower_.WhenApplied(result->head, Follower::kNoDeadline,
                              [this, prepared, atomic, done, result](const absl::Status& applied) {
                                if (applied.ok()) {
                                  done(MakeOutcome(*prepared, *result, atomic));
                                } else {
                                  done(applied);
                                }
                              });
      });
}

}  // namespace outlay::ingest
