// The writing side of the SQLite engine: transactions, keys, the end of the chain.
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_WRITER_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_WRITER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/head_file.h"
#include "services/common/journal/position.h"
#include "services/common/journal/sqlite_checkpointer.h"
#include "services/common/journal/sqlite_combining_vfs.h"
#include "services/common/journal/sqlite_connection.h"
#include "services/common/journal/sqlite_journal.h"
#include "services/common/journal/staged_group.h"
#include "services/common/journal/store.h"

namespace outlay::journal {

// Not thread safe: first the opener's, then the commit thread's.
class SqliteWriter final : private StoredRows {
 public:
  // What a group's commit gave.
  struct Outcome {
    Store::Results results;
    std::vector<Entry> appended;
    std::vector<uint64_t> erased;  // sequences, of entries from before or of `appended`
    absl::Status log_cut;          // why the log still holds what was erased, where it does
  };

  // Opens or creates `file`, verifies it and compares it with the head file, which it creates when
  // it should be there and is not. Keeps `head_file` no longer than the call.
  static absl::StatusOr<std::unique_ptr<SqliteWriter>> Open(const SqliteOptions& options,
                                                            const std::string& file,
                                                            HeadFile& head_file);

  SqliteWriter(const SqliteWriter&) = delete;
  SqliteWriter& operator=(const SqliteWriter&) = delete;

  // Stores the batches in one transaction and takes their keys and payloads for Outcome::appended.
  // What is erased is gone from the file when this returns, and from its write-ahead log too unless another program reads an old state
  // of it; a batch that settles erasures then gets ERASURE_PENDING for its result.
  // An error is that of all batches: nothing of them is known to be stored, and the store is as
  // before; should the transaction have reached the disk after all, the next Commit finds it first.
  // After DATA_LOSS every call repeats it.
  absl::StatusOr<Outcome> Commit(std::vector<Batch>& batches);

  // The committed end.
  const Position& position() const { return end_.position; }

  // Has the write-ahead log copied into the database file where it has grown: beside the commits, or at once beyond the bound.
  absl::Status CheckpointIfLarge();

  // Cuts the write-ahead log where it may hold what was erased, without waiting for readers.
  absl::Status CutLog() { return CutLog(0); }

  // Checkpoints and closes; a complete checkpoint removes the write-ahead log.
  absl::Status Close();

 private:
  SqliteWriter(std::unique_ptr<SqliteCombiningVfs> log_vfs, SqliteConnection connection,
               const SqliteOptions& options);

  absl::Status OpenJournal(const SqliteOptions& options, HeadFile& head_file);
  absl::Status PrepareStatements();

  // Copies the log and cuts it to nothing where it may hold what was erased. Waits so long for readers.
  absl::Status CutLog(int patience_ms);

  // Verifies the rows beyond the position, indexes them and moves the position to the store's end.
  // On the way it checks the checksums at `noted`, where that is given.
  absl::Status CatchUp(const Position* noted);
  absl::Status CatchUpEntries(const Position* noted);
  absl::Status CatchUpRequests(const Position* noted);

  absl::StatusOr<Outcome> CommitAll(std::vector<Batch>& batches);
  void SettleErasures(const std::vector<Batch>& batches, Outcome& outcome);
  absl::Status InsertAll(const StagedGroup& group);
  absl::Status InsertEntry(const StagedEntry& entry);
  absl::Status InsertRequest(const StagedRequest& request);

  bool WantsPrepare() const override { return false; }
  absl::Status Prepare(const std::vector<uint64_t>&, const std::vector<uint64_t>&) override {
    return absl::OkStatus();
  }
  absl::StatusOr<uint64_t> FingerprintAt(uint64_t sequence) override;
  absl::StatusOr<StoredRequest> RequestAt(uint64_t ordinal) override;
  absl::Status UnreadableResults(uint64_t ordinal) const override;

  absl::Status Settle();
  void Abandon(const absl::Status& status);

  const std::unique_ptr<SqliteCombiningVfs> log_vfs_;  // null where commits are not synced
  SqliteConnection connection_;
  const Clock clock_;
  const int64_t checkpoint_bytes_;
  const int64_t log_bytes_max_;
  std::optional<SqliteStatement> insert_entry_;
  std::optional<SqliteStatement> insert_request_;
  std::optional<SqliteStatement> select_entries_;
  std::optional<SqliteStatement> select_requests_;

  Indexes indexes_;
  End end_;
  bool unsettled_ = false;  // the last transaction's fate is not known
  absl::Status broken_;     // DATA_LOSS, once seen
  bool log_holds_erased_ = false;
  int64_t log_bytes_ = 0;
  int64_t log_bytes_asked_for_ = 0;  // of these, the checkpointer was asked to copy so many
  std::unique_ptr<SqliteCheckpointer> checkpointer_;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_SQLITE_WRITER_H_
