#include "services/common/journal/postgres_store.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "fmt/format.h"
#include "services/common/journal/errors.h"
#include "services/common/journal/postgres_commit.h"
#include "services/common/journal/postgres_schema.h"
#include "services/common/journal/postgres_statements.h"
#include "services/common/journal/postgres_stored_rows.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kPauseAfterFailedConnect{200};
constexpr milliseconds kFollowPatience{3'000};
// What a group gets that has waited for long behind another: a store that is there answers within.
constexpr milliseconds kLeastPatience{1'000};

PostgresConnectionOptions ConnectionOptions(const PostgresOptions& options,
                                            const std::string& place,
                                            std::vector<PostgresStatement> statements) {
  return {.url = options.url,
          .place = place,
          .lock_timeout = options.retry_for,
          .statements = std::move(statements)};
}

}  // namespace

PostgresStore::PostgresStore(const PostgresOptions& options, const std::string& place)
    : options_(options),
      place_(place),
      schema_(SchemaName(options.name)),
      writer_options_(ConnectionOptions(options, place, WriterStatements(schema_))),
      readers_(options.readers_max,
               [reader_options = ConnectionOptions(options, place, ReaderStatements(schema_))] {
                 return PostgresConnection::Open(reader_options);
               }),
      indexes_(options.guarded_prefixes),
      marks_(std::random_device()()) {}

absl::StatusOr<PostgresStore::Results> PostgresStore::Commit(std::vector<Batch>& batches,
                                                             steady_clock::time_point submitted,
                                                             const Publish& publish) {
  if (!broken_.ok()) return broken_;
  const steady_clock::time_point give_up_at = submitted + options_.retry_for;
  Commission commission{.batches = batches,
                        .publish = publish,
                        .deadline = std::max(give_up_at, steady_clock::now() + kLeastPatience)};
  Pauses pauses(give_up_at);
  while (true) {
    absl::StatusOr<std::optional<Results>> results = Attempt(commission);
    const bool may_retry = TidyConnection(results.status());
    if (results.ok() && *results) return **std::move(results);
    commission.hold_head = true;
    if (results.ok()) continue;
    if (!may_retry || (closing_ && away_) || !pauses.Pause()) {
      return NoteIfBroken(results.status());
    }
  }
}

absl::StatusOr<std::optional<PostgresStore::Results>> PostgresStore::Attempt(
    Commission& commission) {
  RETURN_IF_ERROR(EnsureConnected());
  if (!commission.hold_head) return StoreGroup(commission, Transaction::kNew);
  connection_->Send(kBegin, {});
  connection_->Send(kLockHead, {});
  ASSIGN_OR_RETURN(const std::vector<PostgresRows> answers,
                   connection_->Finish(commission.deadline));
  ASSIGN_OR_RETURN(const HeadRow head, HeadOf(answers[1], place_));
  // Seen in more than one row, and perhaps by an attempt that failed afterwards: those rows are not
  // read again.
  RETURN_IF_ERROR(CatchUp(head, commission.publish, [&](uint64_t mark) {
    for (Doubtful& doubtful : commission.doubtful) doubtful.stored |= doubtful.mark == mark;
  }));
  for (Doubtful& doubtful : commission.doubtful) {
    if (doubtful.stored) return std::move(doubtful.results);
  }
  ASSIGN_OR_RETURN(std::optional<Results> results, StoreGroup(commission, Transaction::kOpen));
  if (!results) return DamagedDatabase(place_, {"head"}, "it changed while it was locked");
  return results;
}

absl::StatusOr<std::optional<PostgresStore::Results>> PostgresStore::StoreGroup(
    Commission& commission, Transaction transaction) {
  PostgresStoredRows rows(*connection_, commission.deadline);
  absl::StatusOr<StagedGroup> group =
      StageGroup(commission.batches, end_, indexes_, rows, options_.clock);
  if (!group.ok() || group->empty()) {
    indexes_.Rollback();
    RETURN_IF_ERROR(group.status());
    // No statement of its own tells whether it was decided at the head.
    if (transaction == Transaction::kNew) {
      ASSIGN_OR_RETURN(const bool at_head, IsAtHead(commission.deadline));
      if (!at_head) return std::nullopt;
    }
    return std::move(group->results);
  }
  const uint64_t mark = marks_();
  const absl::StatusOr<bool> moved =
      CommitGroup(*connection_, *group, mark, transaction, commission.deadline);
  if (!moved.ok() || !*moved) {
    indexes_.Rollback();
    if (moved.ok()) return std::nullopt;
    if (connection_->last_error().failure == PostgresFailure::kConnection) {
      commission.doubtful.push_back({mark, std::move(group->results)});
    }
    return moved.status();
  }
  indexes_.Commit();
  if (erasures_published_ == end_.position.sequence) {
    erasures_published_ = group->end.position.sequence;
  }
  end_ = group->end;
  commission.publish({end_.position.sequence, group->TakeEntries(), group->Erased()});
  return std::move(group->results);
}

absl::StatusOr<bool> PostgresStore::IsAtHead(Deadline deadline) {
  ASSIGN_OR_RETURN(const PostgresRows rows, connection_->Query(kReadHead, {}, deadline));
  ASSIGN_OR_RETURN(const HeadRow head, HeadOf(rows, place_));
  return head.end.position == end_.position;
}

absl::Status PostgresStore::EnsureConnected() {
  if (connection_ != nullptr) return absl::OkStatus();
  absl::StatusOr<std::unique_ptr<PostgresConnection>> connection =
      PostgresConnection::Open(writer_options_);
  away_ = !connection.ok();
  RETURN_IF_ERROR(connection.status());
  connection_ = *std::move(connection);
  return absl::OkStatus();
}

bool PostgresStore::TidyConnection(const absl::Status& status) {
  if (connection_ == nullptr) return absl::IsUnavailable(status);
  PostgresFailure failure =
      absl::IsUnavailable(status) ? PostgresFailure::kRetry : PostgresFailure::kFinal;
  if (connection_->last_error().status == status) failure = connection_->last_error().failure;
  const bool lost = !status.ok() && failure == PostgresFailure::kConnection;
  if (lost || !connection_->usable() ||
      (connection_->in_transaction() &&
       !connection_->Execute("ROLLBACK", steady_clock::now() + kFollowPatience).ok())) {
    connection_.reset();
  }
  return !status.ok() && failure != PostgresFailure::kFinal;
}

absl::Status PostgresStore::NoteIfBroken(const absl::Status& status) {
  if (absl::IsDataLoss(status) || GetErrorDetail(status).reason == kSchemaNewerReason) {
    broken_ = status;
  }
  return status;
}

absl::Status PostgresStore::Follow(const Publish& publish) {
  if (!broken_.ok()) return broken_;
  // Followed every few milliseconds, connected less often.
  if (connection_ == nullptr && steady_clock::now() < next_connect_at_) return follow_failure_;
  const absl::Status status = FollowOnce(publish);
  TidyConnection(status);
  if (connection_ == nullptr) next_connect_at_ = steady_clock::now() + kPauseAfterFailedConnect;
  follow_failure_ = status;
  return NoteIfBroken(status);
}

absl::Status PostgresStore::FollowOnce(const Publish& publish) {
  RETURN_IF_ERROR(EnsureConnected());
  ASSIGN_OR_RETURN(const PostgresRows rows,
                   connection_->Query(kReadHead, {}, steady_clock::now() + kFollowPatience));
  ASSIGN_OR_RETURN(const HeadRow head, HeadOf(rows, place_));
  return CatchUp(head, publish, [](uint64_t) {});
}

absl::Status PostgresStore::Close() {
  closing_ = true;
  readers_.Close();
  connection_.reset();
  return absl::OkStatus();
}

}  // namespace outlay::journal
