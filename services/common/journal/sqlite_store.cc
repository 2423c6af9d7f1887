#include "services/common/journal/sqlite_store.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "services/common/journal/erasable.h"
#include "services/common/journal/errors.h"
#include "services/common/journal/limits.h"
#include "services/common/journal/request_results.h"
#include "services/common/journal/sqlite_erasure.h"
#include "services/common/journal/sqlite_rows.h"
#include "services/common/journal/sqlite_schema.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

constexpr int64_t kPageBytes = 4096;
constexpr uint64_t kLastRow = std::numeric_limits<int64_t>::max();

int KeepWalPages(void* wal_pages, sqlite3*, const char*, int pages) {
  *static_cast<int*>(wal_pages) = pages;
  return SQLITE_OK;
}

}  // namespace

SqliteStore::SqliteStore(SqliteConnection connection, const SqliteOptions& options)
    : connection_(std::move(connection)),
      clock_(options.clock),
      checkpoint_bytes_(options.checkpoint_bytes) {
  // Takes the place of SQLite's automatic checkpoint, which would delay the acknowledgement and
  // hide its errors.
  sqlite3_wal_hook(connection_.handle(), KeepWalPages, &wal_pages_);
}

absl::StatusOr<SqliteStore::Outcome> SqliteStore::Commit(std::vector<Batch>& batches) {
  if (!broken_.ok()) return broken_;
  Outcome outcome;
  absl::Status status = unsettled_ ? Settle() : absl::OkStatus();
  if (status.ok()) status = CommitAll(batches, outcome);
  if (status.ok()) return outcome;
  Abandon(status);
  return status;
}

absl::Status SqliteStore::CommitAll(std::vector<Batch>& batches, Outcome& outcome) {
  const Place end{"entry", position_.sequence + 1};
  RETURN_IF_ERROR(connection_.Execute("BEGIN IMMEDIATE", end));
  pending_ = {position_, recorded_at_us_};
  size_t records = 0;
  for (const Batch& batch : batches) records += batch.records.size();
  outcome.appended.reserve(records);
  for (Batch& batch : batches) RETURN_IF_ERROR(Apply(batch, outcome));
  RETURN_IF_ERROR(connection_.Execute("COMMIT", end));
  keys_.Commit();
  requests_.Commit();
  position_ = pending_.position;
  recorded_at_us_ = pending_.recorded_at_us;
  // The erasure is durable; a log that could not be cut now is cut at the latest when the journal closes.
  if (!outcome.erased.empty()) CheckpointAndTruncate().IgnoreError();
  for (absl::StatusOr<AppendResult>& result : outcome.results) {
    if (result.ok()) result->head = position_.sequence;
  }
  return absl::OkStatus();
}

absl::Status SqliteStore::Apply(Batch& batch, Outcome& outcome) {
  if (!batch.request_id.empty()) {
    const KeyHash hash = requests_.HashOf(batch.request_id);
    if (const std::optional<uint64_t> ordinal = requests_.Find(hash)) {
      return Replay(batch, *ordinal, outcome);
    }
  }
  const uint64_t first_sequence = pending_.position.sequence + 1;
  if (absl::Status status = CheckErasures(batch, pending_.position.sequence); !status.ok()) {
    outcome.results.emplace_back(std::move(status));
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(AppendResult result, AppendRecords(batch, outcome));
  if (!batch.request_id.empty()) {
    const bool appended = pending_.position.sequence >= first_sequence;
    RETURN_IF_ERROR(InsertRequest(batch, result, appended ? first_sequence : 0));
  }
  outcome.results.emplace_back(std::move(result));
  return absl::OkStatus();
}

absl::StatusOr<AppendResult> SqliteStore::AppendRecords(Batch& batch, Outcome& outcome) {
  ASSIGN_OR_RETURN(Plan plan, MakePlan(batch, keys_, pending_.position.sequence + 1,
                                       [this](const KeyHash& hash) { return FindKey(hash); }));
  // Sequence order is the order of time, whatever the clock does.
  pending_.recorded_at_us = std::max(pending_.recorded_at_us, ToMicros(clock_()));
  const Instant recorded_at = FromMicros(pending_.recorded_at_us);
  for (size_t i = 0; i < batch.records.size(); ++i) {
    if (plan.results[i].disposition != Disposition::kAppended) continue;
    Record& record = batch.records[i];
    Entry entry{.sequence = plan.results[i].sequence,
                .recorded_at = recorded_at,
                .key = std::move(record.key),
                .fingerprint = record.fingerprint,
                .payload = std::move(record.payload),
                .erasable = std::move(record.erasable),
                .origin = std::move(record.origin)};
    RETURN_IF_ERROR(InsertEntry(entry));
    RETURN_IF_ERROR(EraseAll(record.erases, entry.sequence, outcome));
    if (!entry.key.empty()) keys_.Insert(plan.hashes[i], entry.sequence);
    outcome.appended.push_back(std::move(entry));
  }
  return AppendResult{.results = std::move(plan.results), .recorded_at = recorded_at};
}

absl::Status SqliteStore::InsertEntry(Entry& entry) {
  const int64_t recorded_at_us = ToMicros(entry.recorded_at);
  const uint64_t digest = ErasableDigest(entry.erasable);
  entry.checksum =
      EntryChecksum(pending_.position.entry_checksum, {.sequence = entry.sequence,
                                                       .recorded_at_us = recorded_at_us,
                                                       .fingerprint = entry.fingerprint,
                                                       .key = entry.key,
                                                       .payload = entry.payload,
                                                       .erasable_digest = digest});
  const std::string stored_erasable = StoreErasable(entry.erasable);
  insert_entry_->Bind(1, entry.sequence);
  insert_entry_->Bind(2, recorded_at_us);
  insert_entry_->Bind(3, std::string_view(entry.key));
  insert_entry_->Bind(4, entry.fingerprint);
  insert_entry_->Bind(5, std::string_view(entry.payload));
  insert_entry_->Bind(6, entry.checksum);
  insert_entry_->Bind(7, std::string_view(stored_erasable));
  insert_entry_->Bind(8, digest);
  RETURN_IF_ERROR(insert_entry_->Run({"entry", entry.sequence}));
  pending_.position.sequence = entry.sequence;
  pending_.position.entry_checksum = entry.checksum;
  return absl::OkStatus();
}

absl::Status SqliteStore::EraseAll(const std::vector<uint64_t>& sequences, uint64_t by,
                                   Outcome& outcome) {
  for (const uint64_t sequence : sequences) {
    RETURN_IF_ERROR(EraseRow(connection_, sequence, by));
    outcome.erased.push_back(sequence);
  }
  return absl::OkStatus();
}

absl::Status SqliteStore::InsertRequest(const Batch& batch, const AppendResult& result,
                                        uint64_t first_sequence) {
  const std::string results = EncodeResults(result.results);
  const RequestFields fields{.ordinal = pending_.position.request_ordinal + 1,
                             .recorded_at_us = ToMicros(result.recorded_at),
                             .fingerprint = batch.request_fingerprint,
                             .first_sequence = first_sequence,
                             .id = batch.request_id,
                             .results = results};
  const uint64_t checksum = RequestChecksum(pending_.position.request_checksum, fields);
  insert_request_->Bind(1, fields.ordinal);
  insert_request_->Bind(2, fields.id);
  insert_request_->Bind(3, fields.fingerprint);
  insert_request_->Bind(4, fields.first_sequence);
  insert_request_->Bind(5, fields.results);
  insert_request_->Bind(6, fields.recorded_at_us);
  insert_request_->Bind(7, checksum);
  RETURN_IF_ERROR(insert_request_->Run({"request", fields.ordinal}));
  requests_.Insert(requests_.HashOf(batch.request_id), fields.ordinal);
  pending_.position.request_ordinal = fields.ordinal;
  pending_.position.request_checksum = checksum;
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Holder>> SqliteStore::FindKey(const KeyHash& hash) {
  const std::optional<uint64_t> sequence = keys_.Find(hash);
  if (!sequence) return std::nullopt;
  ChainReader<EntryTable> rows(*select_entries_, connection_.file(), *sequence - 1, *sequence);
  EntryRow row;
  ASSIGN_OR_RETURN(const bool found, rows.Next(row));
  if (!found) return Damaged(connection_.file(), {"entry", *sequence}, "it is missing");
  return Holder{.sequence = *sequence, .fingerprint = row.fields.fingerprint};
}

absl::Status SqliteStore::Replay(const Batch& batch, uint64_t ordinal, Outcome& outcome) {
  const Place place{"request", ordinal};
  ChainReader<RequestTable> rows(*select_requests_, connection_.file(), ordinal - 1, ordinal);
  RequestRow row;
  ASSIGN_OR_RETURN(const bool found, rows.Next(row));
  if (!found) return Damaged(connection_.file(), place, "it is missing");
  if (row.fields.fingerprint != batch.request_fingerprint) {
    outcome.results.emplace_back(RequestIdReused(batch.request_id));
    return absl::OkStatus();
  }
  std::optional<std::vector<RecordResult>> results = DecodeResults(row.fields.results);
  if (!results) return Damaged(connection_.file(), place, "its results cannot be read");
  outcome.results.emplace_back(AppendResult{.results = *std::move(results),
                                            .recorded_at = FromMicros(row.fields.recorded_at_us),
                                            .replayed_request = true});
  return absl::OkStatus();
}

absl::Status SqliteStore::Settle() {
  // SQLite rolls back by itself after some errors; whether it did shows here.
  if (connection_.InTransaction()) {
    RETURN_IF_ERROR(connection_.Execute("ROLLBACK", {"entry", position_.sequence + 1}));
  }
  RETURN_IF_ERROR(CatchUp(nullptr));
  unsettled_ = false;
  return absl::OkStatus();
}

void SqliteStore::Abandon(const absl::Status& status) {
  keys_.Rollback();
  requests_.Rollback();
  unsettled_ = true;
  if (absl::IsDataLoss(status)) broken_ = status;
}

absl::Status SqliteStore::CatchUp(const Position* noted) {
  RETURN_IF_ERROR(connection_.Execute("BEGIN", {"header"}));
  absl::Status status = CatchUpEntries(noted);
  if (status.ok()) status = CatchUpRequests(noted);
  if (status.ok()) status = connection_.Execute("COMMIT", {"header"});
  return status;
}

// The position and the index move together, row by row, so that an error half-way leaves them
// consistent.
absl::Status SqliteStore::CatchUpEntries(const Position* noted) {
  ChainReader<EntryTable> rows(*select_entries_, connection_.file(), position_.sequence, kLastRow,
                               position_.entry_checksum);
  while (true) {
    if (noted != nullptr && noted->sequence == position_.sequence &&
        noted->entry_checksum != position_.entry_checksum) {
      return Damaged(connection_.file(), {"entry", noted->sequence},
                     "it is not the entry that the head file says was acknowledged");
    }
    EntryRow row;
    ASSIGN_OR_RETURN(const bool found, rows.Next(row));
    if (!found) return absl::OkStatus();
    position_.sequence = row.fields.sequence;
    position_.entry_checksum = row.checksum;
    recorded_at_us_ = std::max(recorded_at_us_, row.fields.recorded_at_us);
    if (!row.fields.key.empty()) {
      keys_.Insert(keys_.HashOf(row.fields.key), row.fields.sequence);
      keys_.Commit();
    }
  }
}

absl::Status SqliteStore::CatchUpRequests(const Position* noted) {
  ChainReader<RequestTable> rows(*select_requests_, connection_.file(), position_.request_ordinal,
                                 kLastRow, position_.request_checksum);
  while (true) {
    if (noted != nullptr && noted->request_ordinal == position_.request_ordinal &&
        noted->request_checksum != position_.request_checksum) {
      return Damaged(connection_.file(), {"request", noted->request_ordinal},
                     "it is not the request that the head file says was acknowledged");
    }
    RequestRow row;
    ASSIGN_OR_RETURN(const bool found, rows.Next(row));
    if (!found) return absl::OkStatus();
    position_.request_ordinal = row.fields.ordinal;
    position_.request_checksum = row.checksum;
    recorded_at_us_ = std::max(recorded_at_us_, row.fields.recorded_at_us);
    requests_.Insert(requests_.HashOf(row.fields.id), row.fields.ordinal);
    requests_.Commit();
  }
}

absl::Status SqliteStore::CheckpointIfLarge() {
  if (wal_pages_ * kPageBytes < static_cast<int64_t>(checkpoint_bytes_)) return absl::OkStatus();
  return Checkpoint();
}

absl::Status SqliteStore::CheckpointAndTruncate() {
  const int code = sqlite3_wal_checkpoint_v2(connection_.handle(), "main",
                                             SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code == SQLITE_OK) return absl::OkStatus();
  return SqliteError(code, sqlite3_errmsg(connection_.handle()), connection_.file(),
                     {"checkpoint"});
}

absl::Status SqliteStore::Checkpoint() {
  // PASSIVE waits for nobody; what a reader holds back is copied the next time.
  const int code = sqlite3_wal_checkpoint_v2(connection_.handle(), "main",
                                             SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  if (code == SQLITE_OK) return absl::OkStatus();
  return SqliteError(code, sqlite3_errmsg(connection_.handle()), connection_.file(),
                     {"checkpoint"});
}

}  // namespace outlay::journal
