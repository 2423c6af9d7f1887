#include "services/ingest/recorder.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/ingest/content_fields.h"
#include "services/ingest/disclosure_id.h"
#include "services/ingest/errors.h"

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

absl::StatusOr<std::shared_ptr<PreparedBatch>> Recorder::Prepare(const RecordCommand& command) {
  auto prepared = PrepareBatch(command, ledger_, codec_, clock_.Now());
  if (!prepared.ok() || (*prepared)->refused_count == 0) return prepared;
  // What another process has just stored may make it right: an organization. A refusal is final to the client: where the store cannot be
  // asked it is not given, and the batch does not wait for the store either, since by then it would be judged by what is known now.
  ASSIGN_OR_RETURN(const bool learned, follower_.LearnMore());
  if (!learned) return prepared;
  return PrepareBatch(command, ledger_, codec_, clock_.Now());
}

absl::Status Recorder::KeyReused(const PreparedBatch& prepared, size_t index,
                                 uint64_t holder) const {
  const PreparedBatch::Entry& own = prepared.entries[index];
  const DisclosureContent* other = nullptr;
  std::optional<Disclosure> stored;
  if (holder != 0) {
    // As it was recorded: that is what the key stands for, whatever was corrected later.
    stored = ledger_.Find(holder, AsOf{.sequence = holder});
    if (stored) other = stored->content.get();
  } else {
    for (size_t i = 0; i < index && other == nullptr; ++i) {
      const PreparedBatch::Entry& earlier = prepared.entries[i];
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

absl::StatusOr<RecordOutcome> Recorder::MakeOutcome(const PreparedBatch& prepared,
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

absl::StatusOr<RecordOutcome> Recorder::RefuseAll(const PreparedBatch& prepared,
                                                  bool atomic) const {
  RecordOutcome outcome{.sequence = ledger_.sequence()};
  for (const PreparedBatch::Entry& entry : prepared.entries) {
    outcome.results.push_back({Status::kRejected, 0, entry.error});
  }
  if (atomic) RETURN_IF_ERROR(RefuseBatch(outcome.results));
  return outcome;
}

void Recorder::Record(RecordCommand command, Done done) {
  if (const absl::Status status = CheckCommand(command); !status.ok()) {
    done(status);
    return;
  }
  const absl::StatusOr<std::shared_ptr<PreparedBatch>> checked = Prepare(command);
  if (!checked.ok()) {
    done(checked.status());
    return;
  }
  const std::shared_ptr<PreparedBatch>& prepared = *checked;
  if (const absl::Status failure = follower_.failure(); !failure.ok()) {
    done(failure);
    return;
  }
  journal::Batch batch{.records = std::move(prepared->records)};
  if (command.validate_only) {
    batch.dry_run = true;
  } else {
    batch.request_id = command.request.request_id;
    batch.request_fingerprint = command.request.fingerprint;
    batch.atomic = command.atomic;
  }
  // Nothing to store, and no id to keep the refusals with.
  if (prepared->refused_count == prepared->entries.size() && batch.request_id.empty()) {
    done(RefuseAll(*prepared, batch.atomic));
    return;
  }
  journal_.Submit(std::move(batch), [this, prepared, atomic = batch.atomic, done = std::move(done)](
                                        absl::StatusOr<journal::AppendResult> appended) {
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
