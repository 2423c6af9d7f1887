// The PostgreSQL engine's store.
//
// A group is decided in memory, against an index of every key up to the end that this process
// knows, and stored by one statement that moves the head row from that very end. Where another
// process has moved it, nothing is stored: its rows are read, checked and indexed, and the group is
// decided anew, this time holding the head row. So the keys decide exactly, whoever else writes,
// without an index of keys in the database (docs/adr/0008-postgresql-engine.md).
#ifndef OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_STORE_H_
#define OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_STORE_H_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/journal/pauses.h"
#include "services/common/journal/postgres_commit.h"
#include "services/common/journal/postgres_connection.h"
#include "services/common/journal/postgres_journal.h"
#include "services/common/journal/postgres_rows.h"
#include "services/common/journal/reader_pool.h"
#include "services/common/journal/staged_group.h"
#include "services/common/journal/store.h"

namespace outlay::journal {

class PostgresStore final : public Store {
 public:
  // `place` names the database for errors. Errors as OpenPostgresJournal.
  static absl::StatusOr<std::unique_ptr<Store>> Open(const PostgresOptions& options,
                                                     const std::string& place);

  uint64_t OpenedAt() const override { return opened_at_; }
  absl::StatusOr<Results> Commit(std::vector<Batch>& batches,
                                 std::chrono::steady_clock::time_point submitted,
                                 const Publish& publish) override;
  bool IsAway() const override { return away_; }
  void PrepareToClose() override { closing_ = true; }
  absl::Status Follow(const Publish& publish) override;
  absl::StatusOr<std::vector<Entry>> Read(uint64_t after, const ReadBounds& bounds) override;
  absl::Status Close() override;

 private:
  // A group whose COMMIT was sent and not answered.
  struct Doubtful {
    uint64_t mark = 0;
    Results results;
    bool stored = false;  // a row with the mark was read
  };
  // One Commit, over all its attempts.
  struct Commission {
    std::vector<Batch>& batches;
    const Publish& publish;
    const Deadline deadline;
    std::vector<Doubtful> doubtful;
    bool hold_head = false;  // the attempt before found the head moved, or did not end well
  };
  // Told of the marks of rows that are caught up with.
  using SeeMark = std::function<void(uint64_t mark)>;

  PostgresStore(const PostgresOptions& options, const std::string& place);

  absl::Status Initialize();
  absl::Status EnsureConnected();
  // After a call that ended with `status`: ends the transaction, or the connection when it is of no
  // more use. Whether another attempt may go better.
  bool TidyConnection(const absl::Status& status);
  absl::Status NoteIfBroken(const absl::Status& status);

  // The results, or none where the head was not where it was thought to be.
  absl::StatusOr<std::optional<Results>> Attempt(Commission& commission);
  absl::StatusOr<std::optional<Results>> StoreGroup(Commission& commission,
                                                    Transaction transaction);

  // Whether the head row is where this process's end is.
  absl::StatusOr<bool> IsAtHead(Deadline deadline);

  absl::Status FollowOnce(const Publish& publish);
  // Reads, checks, indexes and publishes what lies between our end and `head`.
  absl::Status CatchUp(const HeadRow& head, const Publish& publish, const SeeMark& see_mark);
  absl::Status CheckHead(const HeadRow& head) const;
  absl::Status CatchUpEntries(const HeadRow& head, const Publish& publish, const SeeMark& see_mark);
  absl::Status CatchUpRequests(const HeadRow& head, const SeeMark& see_mark);
  absl::Status TakeEntry(EntryRow& row);
  absl::Status TakeRequest(const RequestRow& row);
  absl::Status PublishErasures(const HeadRow& head, const Publish& publish);

  absl::StatusOr<std::vector<Entry>> ReadPage(PostgresConnection& connection, uint64_t after,
                                              const ReadBounds& bounds) const;

  const PostgresOptions options_;
  const std::string place_;
  const std::string schema_;
  const PostgresConnectionOptions writer_options_;
  std::unique_ptr<PostgresConnection> connection_;  // the writer's; null while there is none
  ReaderPool<PostgresConnection> readers_;
  std::atomic<bool> closing_ = false;
  std::atomic<bool> away_ = false;  // the last attempt to connect the writer failed

  Indexes indexes_;
  End end_;
  uint64_t opened_at_ = 0;
  uint64_t erasures_published_ = 0;  // of entries up to this one
  absl::Status broken_;              // DATA_LOSS or a schema that is too new, once seen
  absl::Status follow_failure_;
  std::chrono::steady_clock::time_point next_connect_at_;
  std::mt19937_64 marks_;
};

}  // namespace outlay::journal

#endif  // OUTLAY_SERVICES_COMMON_JOURNAL_POSTGRES_STORE_H_
