#include "services/ingest/recorder.h"

#include <algorithm>
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
  if (command.entry_count == 0 || command.entry_count > command.entries_max) {
    return BatchSize("entries", command.entry_count, command.entries_max);
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

// Fills `record` where the entry is right.
absl::Status CheckEntry(const RecordEntry& entry, DisclosureValidator& validator,
                        const ChangeNote& note, std::optional<PreparedRecord>& record) {
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
  absl::StatusOr<DisclosureContent> content = validator.Validate(*entry.disclosure);
  violations.Add("disclosure", content.status());
  if (violations.empty()) record.emplace(PreparedRecord{*std::move(content), &note});
  return violations.ToStatus();
}

// Whether a record says what is stored. Words that were removed cannot be compared.
bool IsSame(const Disclosure& stored, const DisclosureContent& content) {
  if (!stored.quote_redacted) return CanonicalBytes(*stored.content) == CanonicalBytes(content);
  DisclosureContent wordless = content;
  wordless.quote = {};
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
  struct Entry {
    std::optional<PreparedRecord> record;  // nullopt: refused
    absl::Status error;
    std::string_view client_key;
  };

  ChangeNote note;
  std::vector<Entry> entries;
  std::vector<journal::Record> records;  // until the journal takes them
  size_t refused_count = 0;
};

std::shared_ptr<Recorder::Prepared> Recorder::Prepare(const RecordCommand& command) const {
  DisclosureValidator validator(ledger_, clock_.Now());
  // Not make_shared: what is left of the journal's recent entries must not keep the memory.
  const std::shared_ptr<Prepared> prepared(new Prepared{.note = command.request.note});
  prepared->entries.resize(command.entry_count);
  prepared->records.resize(command.entry_count);
  for (size_t i = 0; i < command.entry_count; ++i) {
    const RecordEntry given = command.entry(i);
    Prepared::Entry& entry = prepared->entries[i];
    journal::Record& record = prepared->records[i];
    entry.client_key = given.idempotency_key;
    const absl::Status checked = CheckEntry(given, validator, prepared->note, entry.record);
    if (!checked.ok()) {
      entry.error = Under(EntryPath(i), checked);
      record.rejection = codec_.EncodeError(entry.error);
      ++prepared->refused_count;
      continue;
    }
    EncodedChange encoded = codec_.EncodeRecorded(entry.record->content, prepared->note);
    const ContentHash hash = HashContent(
        std::string_view(encoded.payload).substr(0, encoded.content_size), encoded.erasable);
    record.key = given.idempotency_key.empty() ? "content/" + Digest(hash)
                                               : ClientKey(given.idempotency_key);
    record.fingerprint = hash.low;
    record.payload = std::move(encoded.payload);
    record.erasable = std::move(encoded.erasable);
    record.origin.made = std::shared_ptr<const void>(prepared, &*entry.record);
  }
  return prepared;
}

absl::Status Recorder::KeyReused(const Prepared& prepared, size_t index, uint64_t holder) const {
  const Prepared::Entry& own = prepared.entries[index];
  const DisclosureContent* other = nullptr;
  std::optional<Disclosure> stored;
  if (holder != 0) {
    // As it was recorded: that is what the key stands for, whatever was corrected later.
    stored = ledger_.Find(holder, AsOf{.sequence = holder});
    if (stored) other = stored->content.get();
  } else {
    for (size_t i = 0; i < index && other == nullptr; ++i) {
      const Prepared::Entry& earlier = prepared.entries[i];
      if (earlier.record && earlier.client_key == own.client_key) other = &earlier.record->content;
    }
  }
  return Under(EntryPath(index),
               IdempotencyKeyReused(own.client_key, holder == 0 ? "" : FormatDisclosureId(holder),
                                    other != nullptr && own.record
                                        ? DifferingFields(own.record->content, *other)
                                        : std::vector<std::string>()));
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
  for (size_t i = 0; i < prepared.entries.size(); ++i) {
    const Prepared::Entry& entry = prepared.entries[i];
    const journal::Record& record = prepared.records[i];
    RecordResult& result = outcome.results.emplace_back();
    if (!entry.record) {
      result = {Status::kRejected, 0, entry.error};
      continue;
    }
    const auto [earlier, inserted] = in_batch.emplace(record.key, record.fingerprint);
    const std::optional<uint64_t> holder = ledger_.FindKey(record.key);
    if (holder) {
      const std::optional<Disclosure> stored = ledger_.Find(*holder, AsOf{.sequence = *holder});
      const bool same = stored && IsSame(*stored, entry.record->content);
      result = same ? Replayed(*holder)
                    : RecordResult{Status::kRejected, 0, KeyReused(prepared, i, *holder)};
    } else if (!inserted && earlier->second != record.fingerprint) {
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
  std::shared_ptr<Prepared> prepared = Prepare(command);
  if (prepared->refused_count > 0) {
    // What another process has just stored may make it right: an organization. A refusal is final to the client: where the store cannot be
    // asked it is not given, and the batch does not wait for the store either, since by then it would be judged by what is known now.
    const absl::StatusOr<bool> learned = follower_.LearnMore();
    if (!learned.ok() && !command.validate_only) {
      done(learned.status());
      return;
    }
    if (learned.ok() && *learned) prepared = Prepare(command);
  }
  if (command.validate_only) {
    done(Judge(*prepared));
    return;
  }
  if (const absl::Status failure = follower_.failure(); !failure.ok()) {
    done(failure);
    return;
  }
  // Nothing to store, and no id to keep the refusals with.
  if (prepared->refused_count == prepared->entries.size() && command.request.request_id.empty()) {
    RecordOutcome refused = Judge(*prepared);
    const absl::Status whole = command.atomic ? RefuseBatch(refused.results) : absl::OkStatus();
    done(whole.ok() ? absl::StatusOr<RecordOutcome>(std::move(refused)) : whole);
    return;
  }
  journal::Batch batch{.request_id = command.request.request_id,
                       .request_fingerprint = command.request.fingerprint,
                       .atomic = command.atomic,
                       .records = std::move(prepared->records)};
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
