#include "services/common/journal/staged_group.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "services/common/journal/errors.h"
#include "services/common/journal/limits.h"
#include "services/common/journal/request_results.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

class Stager {
 public:
  Stager(const End& begin, Indexes& indexes, StoredRows& rows, const Clock& clock)
      : indexes_(indexes), rows_(rows), clock_(clock) {
    group_.begin = begin;
    group_.end = begin;
  }

  absl::StatusOr<StagedGroup> Stage(std::vector<Batch>& batches) && {
    RETURN_IF_ERROR(PrepareRows(batches));
    group_.results.reserve(batches.size());
    for (Batch& batch : batches) RETURN_IF_ERROR(StageBatch(batch));
    for (absl::StatusOr<AppendResult>& result : group_.results) {
      if (result.ok()) result->head = group_.end.position.sequence;
    }
    return std::move(group_);
  }

 private:
  absl::Status PrepareRows(const std::vector<Batch>& batches) {
    if (!rows_.WantsPrepare()) return absl::OkStatus();
    std::vector<uint64_t> sequences;
    std::vector<uint64_t> ordinals;
    for (const Batch& batch : batches) {
      if (!batch.request_id.empty()) {
        const KeyHash hash = indexes_.requests().HashOf(batch.request_id);
        if (const std::optional<uint64_t> ordinal = indexes_.requests().Find(hash)) {
          ordinals.push_back(*ordinal);
          continue;  // its records will not be looked at
        }
      }
      for (const Record& record : batch.records) {
        if (record.key.empty() || !record.rejection.empty()) continue;
        const KeyHash hash = indexes_.keys().HashOf(record.key);
        if (const std::optional<uint64_t> sequence = indexes_.keys().Find(hash)) {
          sequences.push_back(*sequence);
        }
      }
    }
    if (sequences.empty() && ordinals.empty()) return absl::OkStatus();
    return rows_.Prepare(sequences, ordinals);
  }

  absl::Status StageBatch(Batch& batch) {
    if (!batch.request_id.empty()) {
      const KeyHash hash = indexes_.requests().HashOf(batch.request_id);
      if (const std::optional<uint64_t> ordinal = indexes_.requests().Find(hash)) {
        return Replay(batch, *ordinal);
      }
    }
    const uint64_t first_sequence = group_.end.position.sequence + 1;
    absl::Status status = CheckGuards(batch);
    if (status.ok()) status = CheckErasures(batch, first_sequence - 1);
    if (!status.ok()) {
      group_.results.emplace_back(std::move(status));
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(AppendResult result, StageRecords(batch));
    if (!batch.request_id.empty() && !batch.dry_run) {
      const bool appended = group_.end.position.sequence >= first_sequence;
      StageRequest(batch, result, appended ? first_sequence : 0);
    }
    group_.results.emplace_back(std::move(result));
    return absl::OkStatus();
  }

  absl::Status CheckGuards(const Batch& batch) const {
    for (const KeyGuard& guard : batch.guards) {
      const std::optional<uint64_t> last = indexes_.LastOf(guard.key_prefix);
      if (!last) {
        return OptionInvalid("guards.key_prefix", "must be one that the journal was opened with");
      }
      if (*last > guard.last_sequence) {
        return KeysChanged(guard.key_prefix, guard.last_sequence, *last);
      }
    }
    for (const std::string& key : batch.absent_keys) {
      if (const auto holder = indexes_.keys().Find(indexes_.keys().HashOf(key))) {
        return KeyPresent(key, *holder);
      }
    }
    return absl::OkStatus();
  }

  absl::StatusOr<AppendResult> StageRecords(Batch& batch) {
    ASSIGN_OR_RETURN(Plan plan,
                     MakePlan(batch, indexes_.keys(), group_.end.position.sequence + 1,
                              [this](uint64_t sequence) { return FingerprintAt(sequence); }));
    // The newest entries stay in memory: a few must not keep the bytes of a whole batch there.
    const bool separate = AppendedBytes(batch, plan) * 2 < SizeBytes(batch);
    // Sequence order is the order of time, whatever the clock does.
    group_.end.recorded_at_us = std::max(group_.end.recorded_at_us, ToMicros(clock_()));
    for (size_t i = 0; i < batch.records.size(); ++i) {
      if (plan.results[i].disposition != Disposition::kAppended) continue;
      if (separate) Separate(batch.records[i]);
      StageEntry(batch.records[i], plan.results[i].sequence);
      indexes_.NoteKey(batch.records[i].key, plan.results[i].sequence);
    }
    return AppendResult{.results = std::move(plan.results),
                        .recorded_at = FromMicros(group_.end.recorded_at_us)};
  }

  static size_t AppendedBytes(const Batch& batch, const Plan& plan) {
    if (plan.appended == batch.records.size()) return SizeBytes(batch);
    size_t bytes = 0;
    for (size_t i = 0; i < batch.records.size(); ++i) {
      const Record& record = batch.records[i];
      if (plan.results[i].disposition != Disposition::kAppended) continue;
      bytes += record.key.size() + record.payload.size() + record.erasable.size();
    }
    return bytes;
  }

  void StageEntry(Record& record, uint64_t sequence) {
    Position& end = group_.end.position;
    const int64_t recorded_at_us = group_.end.recorded_at_us;
    const uint64_t digest = ErasableDigest(record.erasable);
    const uint64_t checksum = EntryChecksum(end.entry_checksum, {.sequence = sequence,
                                                                 .recorded_at_us = recorded_at_us,
                                                                 .fingerprint = record.fingerprint,
                                                                 .key = record.key,
                                                                 .payload = record.payload,
                                                                 .erasable_digest = digest});
    group_.entries.push_back({&record, sequence, recorded_at_us, digest, checksum});
    for (const uint64_t erased : record.erases) {
      if (erased_.insert(erased).second) group_.erasures.push_back({erased, sequence});
    }
    end.sequence = sequence;
    end.entry_checksum = checksum;
  }

  void StageRequest(const Batch& batch, const AppendResult& result, uint64_t first_sequence) {
    Position& end = group_.end.position;
    StagedRequest request{.batch = &batch,
                          .ordinal = end.request_ordinal + 1,
                          .recorded_at_us = ToMicros(result.recorded_at),
                          .first_sequence = first_sequence,
                          .results = EncodeResults(result.results)};
    request.checksum =
        RequestChecksum(end.request_checksum, {.ordinal = request.ordinal,
                                               .recorded_at_us = request.recorded_at_us,
                                               .fingerprint = batch.request_fingerprint,
                                               .first_sequence = first_sequence,
                                               .id = batch.request_id,
                                               .results = request.results});
    end.request_ordinal = request.ordinal;
    end.request_checksum = request.checksum;
    indexes_.AddRequest(batch.request_id, request.ordinal);
    group_.requests.push_back(std::move(request));
  }

  absl::StatusOr<uint64_t> FingerprintAt(uint64_t sequence) {
    const uint64_t stored = group_.begin.position.sequence;
    if (sequence <= stored) return rows_.FingerprintAt(sequence);
    return group_.entries[sequence - stored - 1].record->fingerprint;
  }

  absl::StatusOr<StoredRequest> FindRequest(uint64_t ordinal) {
    const uint64_t stored = group_.begin.position.request_ordinal;
    if (ordinal <= stored) return rows_.RequestAt(ordinal);
    const StagedRequest& staged = group_.requests[ordinal - stored - 1];
    return StoredRequest{.ordinal = ordinal,
                         .recorded_at_us = staged.recorded_at_us,
                         .fingerprint = staged.batch->request_fingerprint,
                         .results = staged.results};
  }

  // The stored answer of the request, or REQUEST_ID_REUSED.
  absl::Status Replay(const Batch& batch, uint64_t ordinal) {
    ASSIGN_OR_RETURN(const StoredRequest request, FindRequest(ordinal));
    if (request.fingerprint != batch.request_fingerprint) {
      group_.results.emplace_back(RequestIdReused(batch.request_id));
      return absl::OkStatus();
    }
    std::optional<std::vector<RecordResult>> results = DecodeResults(request.results);
    if (!results) return rows_.UnreadableResults(ordinal);
    group_.results.emplace_back(AppendResult{.results = *std::move(results),
                                             .recorded_at = FromMicros(request.recorded_at_us),
                                             .replayed_request = true});
    return absl::OkStatus();
  }

  Indexes& indexes_;
  StoredRows& rows_;
  const Clock& clock_;
  StagedGroup group_;
  absl::flat_hash_set<uint64_t> erased_;
};

}  // namespace

std::vector<Entry> StagedGroup::TakeEntries() {
  std::vector<Entry> taken;
  taken.reserve(entries.size());
  for (const StagedEntry& entry : entries) {
    taken.push_back({.sequence = entry.sequence,
                     .recorded_at = FromMicros(entry.recorded_at_us),
                     .key = std::move(entry.record->key),
                     .fingerprint = entry.record->fingerprint,
                     .payload = std::move(entry.record->payload),
                     .erasable = std::move(entry.record->erasable),
                     .checksum = entry.checksum,
                     .origin = std::move(entry.record->origin)});
  }
  return taken;
}

std::vector<uint64_t> StagedGroup::Erased() const {
  std::vector<uint64_t> erased;
  erased.reserve(erasures.size());
  for (const StagedErasure& erasure : erasures) erased.push_back(erasure.sequence);
  return erased;
}

absl::StatusOr<StagedGroup> StageGroup(std::vector<Batch>& batches, const End& begin,
                                       Indexes& indexes, StoredRows& rows, const Clock& clock) {
  return Stager(begin, indexes, rows, clock).Stage(batches);
}

}  // namespace outlay::journal
