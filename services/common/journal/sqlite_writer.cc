#include "services/common/journal/sqlite_writer.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "services/common/journal/erasable.h"
#include "services/common/journal/errors.h"
#include "services/common/journal/sqlite_erasure.h"
#include "services/common/journal/sqlite_rows.h"
#include "services/common/journal/sqlite_schema.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::journal {
namespace {

constexpr int64_t kPageBytes = 4096;
// An erasure waits so long for those who read an old state of the database.
constexpr int kReadersPatienceMs = 2'000;
constexpr uint64_t kLastRow = std::numeric_limits<int64_t>::max();

int KeepLogBytes(void* log_bytes, sqlite3*, const char*, int pages) {
  *static_cast<int64_t*>(log_bytes) = pages * kPageBytes;
  return SQLITE_OK;
}

}  // namespace

SqliteWriter::SqliteWriter(std::unique_ptr<SqliteCombiningVfs> log_vfs, SqliteConnection connection,
                           const SqliteOptions& options)
    : log_vfs_(std::move(log_vfs)),
      connection_(std::move(connection)),
      clock_(options.clock),
      checkpoint_bytes_(static_cast<int64_t>(options.checkpoint_bytes)),
      log_bytes_max_(static_cast<int64_t>(options.log_bytes_max)),
      indexes_(options.guarded_prefixes) {
  // Takes the place of SQLite's automatic checkpoint, which would delay the acknowledgement and
  // hide its errors.
  sqlite3_wal_hook(connection_.handle(), KeepLogBytes, &log_bytes_);
}

absl::StatusOr<SqliteWriter::Outcome> SqliteWriter::Commit(std::vector<Batch>& batches) {
  if (!broken_.ok()) return broken_;
  RETURN_IF_ERROR(checkpointer_->failure());
  if (unsettled_) {
    if (absl::Status status = Settle(); !status.ok()) {
      Abandon(status);
      return status;
    }
  }
  absl::StatusOr<Outcome> outcome = CommitAll(batches);
  if (!outcome.ok()) {
    Abandon(outcome.status());
    return outcome;
  }
  SettleErasures(batches, *outcome);
  return outcome;
}

void SqliteWriter::SettleErasures(const std::vector<Batch>& batches, Outcome& outcome) {
  const bool waited_for = std::any_of(batches.begin(), batches.end(),
                                      [](const Batch& b) { return b.settles_erasures; });
  outcome.log_cut = CutLog(waited_for ? kReadersPatienceMs : 0);
  if (outcome.log_cut.ok()) return;
  for (size_t i = 0; i < batches.size(); ++i) {
    if (batches[i].settles_erasures && outcome.results[i].ok()) {
      outcome.results[i] = outcome.log_cut;
    }
  }
}

absl::StatusOr<SqliteWriter::Outcome> SqliteWriter::CommitAll(std::vector<Batch>& batches) {
  const Place end{"entry", end_.position.sequence + 1};
  const auto held_off = checkpointer_->HoldOffForRestart();
  RETURN_IF_ERROR(connection_.Execute("BEGIN IMMEDIATE", end));
  ASSIGN_OR_RETURN(StagedGroup group, StageGroup(batches, end_, indexes_, *this, clock_));
  RETURN_IF_ERROR(InsertAll(group));
  RETURN_IF_ERROR(connection_.Execute("COMMIT", end));
  if (!group.empty()) checkpointer_->Committed(held_off);
  indexes_.Commit();
  end_ = group.end;
  log_holds_erased_ = log_holds_erased_ || !group.erasures.empty();
  return Outcome{.results = std::move(group.results),
                 .appended = group.TakeEntries(),
                 .erased = group.Erased()};
}

absl::Status SqliteWriter::InsertAll(const StagedGroup& group) {
  for (const StagedEntry& entry : group.entries) RETURN_IF_ERROR(InsertEntry(entry));
  for (const StagedErasure& erasure : group.erasures) {
    RETURN_IF_ERROR(EraseRow(connection_, erasure.sequence, erasure.by));
  }
  for (const StagedRequest& request : group.requests) RETURN_IF_ERROR(InsertRequest(request));
  return absl::OkStatus();
}

absl::Status SqliteWriter::InsertEntry(const StagedEntry& entry) {
  const std::string stored_erasable = StoreErasable(entry.record->erasable);
  insert_entry_->Bind(1, entry.sequence);
  insert_entry_->Bind(2, entry.recorded_at_us);
  insert_entry_->Bind(3, std::string_view(entry.record->key));
  insert_entry_->Bind(4, entry.record->fingerprint);
  insert_entry_->Bind(5, std::string_view(entry.record->payload));
  insert_entry_->Bind(6, entry.checksum);
  insert_entry_->Bind(7, std::string_view(stored_erasable));
  insert_entry_->Bind(8, entry.erasable_digest);
  return insert_entry_->Run({"entry", entry.sequence});
}

absl::Status SqliteWriter::InsertRequest(const StagedRequest& request) {
  insert_request_->Bind(1, request.ordinal);
  insert_request_->Bind(2, std::string_view(request.batch->request_id));
  insert_request_->Bind(3, request.batch->request_fingerprint);
  insert_request_->Bind(4, request.first_sequence);
  insert_request_->Bind(5, std::string_view(request.results));
  insert_request_->Bind(6, request.recorded_at_us);
  insert_request_->Bind(7, request.checksum);
  return insert_request_->Run({"request", request.ordinal});
}

absl::StatusOr<uint64_t> SqliteWriter::FingerprintAt(uint64_t sequence) {
  ChainReader<EntryTable> rows(*select_entries_, connection_.file(), sequence - 1, sequence);
  EntryRow row;
  ASSIGN_OR_RETURN(const bool found, rows.Next(row));
  if (!found) return Damaged(connection_.file(), {"entry", sequence}, "it is missing");
  return row.fields.fingerprint;
}

absl::StatusOr<StoredRequest> SqliteWriter::RequestAt(uint64_t ordinal) {
  ChainReader<RequestTable> rows(*select_requests_, connection_.file(), ordinal - 1, ordinal);
  RequestRow row;
  ASSIGN_OR_RETURN(const bool found, rows.Next(row));
  if (!found) return Damaged(connection_.file(), {"request", ordinal}, "it is missing");
  return StoredRequest{.ordinal = ordinal,
                       .recorded_at_us = row.fields.recorded_at_us,
                       .fingerprint = row.fields.fingerprint,
                       .results = std::string(row.fields.results)};
}

absl::Status SqliteWriter::UnreadableResults(uint64_t ordinal) const {
  return Damaged(connection_.file(), {"request", ordinal}, "its results cannot be read");
}

absl::Status SqliteWriter::Settle() {
  // SQLite rolls back by itself after some errors; whether it did shows here.
  if (connection_.InTransaction()) {
    RETURN_IF_ERROR(connection_.Execute("ROLLBACK", {"entry", end_.position.sequence + 1}));
  }
  if (log_vfs_ != nullptr) log_vfs_->DiscardUnwritten();
  RETURN_IF_ERROR(CatchUp(nullptr));
  unsettled_ = false;
  return absl::OkStatus();
}

void SqliteWriter::Abandon(const absl::Status& status) {
  indexes_.Rollback();
  unsettled_ = true;
  if (absl::IsDataLoss(status)) broken_ = status;
}

absl::Status SqliteWriter::CatchUp(const Position* noted) {
  RETURN_IF_ERROR(connection_.Execute("BEGIN", {"header"}));
  absl::Status status = CatchUpEntries(noted);
  if (status.ok()) status = CatchUpRequests(noted);
  if (status.ok()) status = connection_.Execute("COMMIT", {"header"});
  return status;
}

// The position and the index move together, row by row, so that an error half-way leaves them
// consistent.
absl::Status SqliteWriter::CatchUpEntries(const Position* noted) {
  ChainReader<EntryTable> rows(*select_entries_, connection_.file(), end_.position.sequence,
                               kLastRow, end_.position.entry_checksum);
  while (true) {
    if (noted != nullptr && noted->sequence == end_.position.sequence &&
        noted->entry_checksum != end_.position.entry_checksum) {
      return Damaged(connection_.file(), {"entry", noted->sequence},
                     "it is not the entry that the head file says was acknowledged");
    }
    EntryRow row;
    ASSIGN_OR_RETURN(const bool found, rows.Next(row));
    if (!found) return absl::OkStatus();
    end_.position.sequence = row.fields.sequence;
    end_.position.entry_checksum = row.checksum;
    end_.recorded_at_us = std::max(end_.recorded_at_us, row.fields.recorded_at_us);
    if (!row.fields.key.empty()) {
      indexes_.AddKey(row.fields.key, row.fields.sequence);
      indexes_.Commit();
    }
  }
}

absl::Status SqliteWriter::CatchUpRequests(const Position* noted) {
  ChainReader<RequestTable> rows(*select_requests_, connection_.file(),
                                 end_.position.request_ordinal, kLastRow,
                                 end_.position.request_checksum);
  while (true) {
    if (noted != nullptr && noted->request_ordinal == end_.position.request_ordinal &&
        noted->request_checksum != end_.position.request_checksum) {
      return Damaged(connection_.file(), {"request", noted->request_ordinal},
                     "it is not the request that the head file says was acknowledged");
    }
    RequestRow row;
    ASSIGN_OR_RETURN(const bool found, rows.Next(row));
    if (!found) return absl::OkStatus();
    end_.position.request_ordinal = row.fields.ordinal;
    end_.position.request_checksum = row.checksum;
    end_.recorded_at_us = std::max(end_.recorded_at_us, row.fields.recorded_at_us);
    indexes_.AddRequest(row.fields.id, row.fields.ordinal);
    indexes_.Commit();
  }
}

absl::Status SqliteWriter::CheckpointIfLarge() {
  if (log_bytes_ >= log_bytes_max_) return checkpointer_->CheckpointNow(connection_);
  if (log_bytes_ < log_bytes_asked_for_) log_bytes_asked_for_ = 0;  // it has begun again
  if (log_bytes_ - log_bytes_asked_for_ >= checkpoint_bytes_) {
    log_bytes_asked_for_ = log_bytes_;
    checkpointer_->Start();
  }
  return absl::OkStatus();
}

absl::Status SqliteWriter::CutLog(int patience_ms) {
  if (!log_holds_erased_) return absl::OkStatus();
  const absl::Status cut = checkpointer_->CheckpointAndTruncate(connection_, patience_ms);
  if (cut.ok()) {
    log_holds_erased_ = false;
    return cut;
  }
  return ErasurePending(connection_.file(), FromAbsl(cut.message()));
}

}  // namespace outlay::journal
