#include "services/common/journal/store_journal.h"

#include <algorithm>
#include <utility>

#include "services/common/journal/errors.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// A commit that takes longer is taken for one whose store does not answer.
constexpr milliseconds kCommitPatience{3'000};
constexpr milliseconds kTurnPoll{20};

// What its operator is told in full, and others not: to them it is away.
bool IsOfTheStoreAlone(const absl::Status& status) {
  const std::string reason = GetErrorDetail(status).reason;
  return reason == kStorageUnavailableReason || reason == kStorageRefusedReason;
}

}  // namespace

absl::Status CheckName(std::string_view name) {
  const auto name_char = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  if (name.empty() || !std::all_of(name.begin(), name.end(), name_char)) {
    return OptionInvalid("name", "must be letters, digits, '-' and '_', at least one");
  }
  return absl::OkStatus();
}

absl::Status CheckLimitOptions(const JournalLimits& limits) {
  if (limits.queue_bytes_max < limits.batch_bytes_max) {
    return OptionInvalid("limits.queue_bytes_max", "must not be below limits.batch_bytes_max");
  }
  return absl::OkStatus();
}

StoreJournal::StoreJournal(StoreJournalOptions options, std::unique_ptr<Store> store)
    : options_(std::move(options)),
      store_(std::move(store)),
      publish_([this](Store::News news) { Publish(std::move(news)); }),
      recent_(options_.recent_bytes_max),
      head_(store_->OpenedAt()),
      tail_(head_),
      queue_(options_.limits,
             [this](std::vector<CommitQueue::Item> group) { CommitGroup(std::move(group)); },
             {options_.idle_after,
              options_.idle_after.count() > 0 ? [this] { RunIdle(); } : std::function<void()>()}),
      poller_(options_.follow_interval, [this] { Follow(); }) {}

StoreJournal::~StoreJournal() { Report(Close()); }

void StoreJournal::Submit(Batch batch, Done done) {
  queue_.Submit(std::move(batch), std::move(done));
}

void StoreJournal::CommitGroup(std::vector<CommitQueue::Item> group) {
  std::vector<Batch> batches;
  batches.reserve(group.size());
  for (CommitQueue::Item& item : group) batches.push_back(std::move(item.batch));
  absl::StatusOr<Store::Results> results = CommitBatches(batches, group.front().submitted);
  if (!results.ok()) {
    for (CommitQueue::Item& item : group) item.done(results.status());
    return;
  }
  for (size_t i = 0; i < group.size(); ++i) group[i].done(std::move((*results)[i]));
  std::lock_guard lock(store_mutex_);
  Report(store_->Tidy());
}

absl::StatusOr<Store::Results> StoreJournal::CommitBatches(std::vector<Batch>& batches,
                                                           steady_clock::time_point submitted) {
  std::lock_guard lock(store_mutex_);
  committing_since_ = steady_clock::now().time_since_epoch().count();
  absl::StatusOr<Store::Results> results = store_->Commit(batches, submitted, publish_);
  committing_since_ = 0;
  const absl::Status status = NoteStore(results.status());
  if (!status.ok()) return status;
  return results;
}

bool StoreJournal::IsStoreAway() const {
  const steady_clock::rep since = committing_since_;
  return store_->IsAway() || (since != 0 && steady_clock::now().time_since_epoch() >
                                                steady_clock::duration(since) + kCommitPatience);
}

absl::Status StoreJournal::NoteStore(const absl::Status& status) {
  // Others' engines keep no address from anybody.
  if (options_.follow_interval.count() == 0) return status;
  if (!IsOfTheStoreAlone(status)) {
    if (status.ok() && std::exchange(store_failed_, false) && options_.on_store_back) {
      options_.on_store_back();
    }
    return status;
  }
  if (!std::exchange(store_failed_, true)) Report(status);
  return StoreAway();
}

void StoreJournal::RunIdle() {
  std::lock_guard lock(store_mutex_);
  Report(store_->RunIdle());
}

void StoreJournal::Follow() {
  // A group that is being committed sees by itself what others have stored.
  std::unique_lock lock(store_mutex_, std::try_to_lock);
  if (!lock.owns_lock()) return;
  const absl::Status status = store_->Follow(publish_);
  const bool failed_before = store_failed_;
  NoteStore(status).IgnoreError();
  if (IsOfTheStoreAlone(status)) return;
  // Whatever else it is stays so, and is told once.
  if (!status.ok() && !failed_before) Report(status);
  store_failed_ = !status.ok();
}

absl::StatusOr<uint64_t> StoreJournal::Refresh() {
  if (closed_) return JournalClosed();
  if (options_.follow_interval.count() == 0) return Head();
  std::unique_lock lock(store_mutex_, std::defer_lock);
  while (!lock.try_lock_for(kTurnPoll)) {
    if (IsStoreAway()) return StoreAway();
  }
  RETURN_IF_ERROR(NoteStore(store_->Follow(publish_)));
  return Head();
}

absl::Status StoreJournal::Reach() {
  if (options_.follow_interval.count() == 0 || !IsStoreAway()) return absl::OkStatus();
  std::unique_lock lock(store_mutex_, std::try_to_lock);
  if (!lock.owns_lock()) return StoreAway();
  return NoteStore(store_->Follow(publish_));
}

void StoreJournal::Publish(Store::News news) {
  recent_.Append(std::move(news.entries));
  recent_.Erase(news.erased);
  head_.store(news.head, std::memory_order_release);
  tail_.Advance(news.head);
}

absl::StatusOr<std::vector<Entry>> StoreJournal::Read(uint64_t after_sequence, size_t entries_max,
                                                      size_t bytes_max, bool made) {
  if (closed_) return JournalClosed();
  const uint64_t head = Head();
  if (after_sequence > head) return SequenceBeyondHead(after_sequence, head);
  if (after_sequence == head) return std::vector<Entry>();
  const ReadBounds bounds{.last_sequence = head,
                          .entries_max = std::max<size_t>(entries_max, 1),
                          .bytes_max = bytes_max};
  std::optional<std::vector<Entry>> recent =
      made ? recent_.ReadMade(after_sequence, bounds) : recent_.Read(after_sequence, bounds);
  if (recent) return *std::move(recent);
  absl::StatusOr<std::vector<Entry>> entries = store_->Read(after_sequence, bounds);
  if (entries.ok() || options_.follow_interval.count() == 0 ||
      !IsOfTheStoreAlone(entries.status())) {
    return entries;
  }
  Report(entries.status());
  return StoreAway();
}

absl::StatusOr<Instant> StoreJournal::RecordedAt(uint64_t sequence) {
  ASSIGN_OR_RETURN(const std::vector<Entry> entries, ReadFrom(sequence - 1, 1, 0));
  return entries.front().recorded_at;
}

absl::StatusOr<std::optional<uint64_t>> StoreJournal::SequenceAt(Instant instant) {
  if (closed_) return JournalClosed();
  // Everything up to `before` was recorded at or before the instant, everything from `beyond` on
  // later.
  uint64_t before = 0;
  uint64_t beyond = Head() + 1;
  while (before + 1 < beyond) {
    const uint64_t middle = before + (beyond - before) / 2;
    ASSIGN_OR_RETURN(const Instant recorded_at, RecordedAt(middle));
    (recorded_at <= instant ? before : beyond) = middle;
  }
  if (before == 0) return std::nullopt;
  return before;
}

absl::Status StoreJournal::Close() {
  std::lock_guard lock(close_mutex_);
  if (closed_) return absl::OkStatus();
  store_->PrepareToClose();
  queue_.Close();
  poller_.Stop();
  tail_.Close();
  closed_ = true;
  return store_->Close();
}

void StoreJournal::Report(const absl::Status& status) const {
  if (!status.ok() && options_.on_background_error) options_.on_background_error(status);
}

}  // namespace outlay::journal
