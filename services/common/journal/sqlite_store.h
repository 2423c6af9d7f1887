// The writing side of the SQLite engine: transactions, keys, the end of the chain.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_STORE_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_STORE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/head_file.h"
#include "services/common/journal/key_index.h"
#include "services/common/journal/plan.h"
#include "services/common/journal/position.h"
#include "services/common/journal/sqlite_connection.h"
#include "services/common/journal/sqlite_journal.h"

namespace outlay::journal {

// Not thread safe: first the opener's, then the commit thread's.
class SqliteStore {
 public:
  // What a group's commit gave. A batch's own error (REQUEST_ID_REUSED) does not hold the others
  // up.
  struct Outcome {
    std::vector<absl::StatusOr<AppendResult>> results;  // one a batch
    std::vector<Entry> appended;
    std::vector<uint64_t> erased;  // sequences, of entries from before or of `appended`
  };

  // Opens or creates `file`, verifies it and compares it with the head file, which it creates when
  // it should be there and is not. Keeps `head_file` no longer than the call.
  static absl::StatusOr<std::unique_ptr<SqliteStore>> Open(const SqliteOptions& options,
                                                           const std::string& file,
                                                           HeadFile& head_file);

  SqliteStore(const SqliteStore&) = delete;
  SqliteStore& operator=(const SqliteStore&) = delete;

  // Stores the batches in one transaction and takes their keys and payloads for Outcome::appended.
  // What is erased is gone from the file and its write-ahead log when this returns.
  // An error is that of all batches: nothing of them is known to be stored, and the store is as
  // before; should the transaction have reached the disk after all, the next Commit finds it first.
  // After DATA_LOSS every call repeats it.
  absl::StatusOr<Outcome> Commit(std::vector<Batch>& batches);

  // The committed end.
  const Position& position() const { return position_; }

  // Copies the write-ahead log into the database file when it has grown beyond the bound.
  absl::Status CheckpointIfLarge();

  // Checkpoints and closes; a complete checkpoint removes the write-ahead log.
  absl::Status Close();

 private:
  // One end of both chains, with what follows from the rows up to it.
  struct End {
    Position position;
    int64_t recorded_at_us = 0;
  };

  SqliteStore(SqliteConnection connection, const SqliteOptions& options);

  absl::Status OpenJournal(const SqliteOptions& options, HeadFile& head_file);
  absl::Status PrepareStatements();

  // Syncs the write-ahead log and copies it into the database file.
  absl::Status Checkpoint();
  // The same, and cuts the log to nothing: it may hold what has been erased.
  absl::Status CheckpointAndTruncate();

  // Verifies the rows beyond the position, indexes them and moves the position to the store's end.
  // On the way it checks the checksums at `noted`, where that is given.
  absl::Status CatchUp(const Position* noted);
  absl::Status CatchUpEntries(const Position* noted);
  absl::Status CatchUpRequests(const Position* noted);

  absl::Status CommitAll(std::vector<Batch>& batches, Outcome& outcome);
  absl::Status Apply(Batch& batch, Outcome& outcome);
  absl::StatusOr<AppendResult> AppendRecords(Batch& batch, Outcome& outcome);
  absl::Status InsertEntry(Entry& entry);
  // For a record that is appended as `by`.
  absl::Status EraseAll(const std::vector<uint64_t>& sequences, uint64_t by, Outcome& outcome);
  absl::Status InsertRequest(const Batch& batch, const AppendResult& result,
                             uint64_t first_sequence);
  absl::StatusOr<std::optional<Holder>> FindKey(const KeyHash& hash);
  // The stored answer of the request in row `ordinal`, or REQUEST_ID_REUSED in `outcome`.
  absl::Status Replay(const Batch& batch, uint64_t ordinal, Outcome& outcome);
  absl::Status Settle();
  void Abandon(const absl::Status& status);

  SqliteConnection connection_;
  const Clock clock_;
  const size_t checkpoint_bytes_;
  std::optional<SqliteStatement> insert_entry_;
  std::optional<SqliteStatement> insert_request_;
  std::optional<SqliteStatement> select_entries_;
  std::optional<SqliteStatement> select_requests_;

  KeyIndex keys_;      // → sequence
  KeyIndex requests_;  // → ordinal
  Position position_;
  int64_t recorded_at_us_ = INT64_MIN;  // of the last row
  End pending_;                         // the end of the transaction in progress
  bool unsettled_ = false;              // the last transaction's fate is not known
  absl::Status broken_;                 // DATA_LOSS, once seen
  int wal_pages_ = 0;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_STORE_H_
