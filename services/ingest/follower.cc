#include "services/ingest/follower.h"

#include <future>

#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/ingest/errors.h"

namespace outlay::ingest {
namespace {

constexpr size_t kEntriesMax = 256;
constexpr size_t kBytesMax = size_t{8} << 20;
constexpr std::chrono::milliseconds kRetryAfter{200};

bool IsTransient(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable ||
         status.code() == absl::StatusCode::kResourceExhausted;
}

}  // namespace

absl::StatusOr<std::vector<SequencedChange>> DecodeEntries(std::vector<journal::Entry> entries,
                                                           const ChangeCodec& codec) {
  std::vector<SequencedChange> changes;
  changes.reserve(entries.size());
  for (journal::Entry& entry : entries) {
    SequencedChange& change = changes.emplace_back();
    change.sequence = entry.sequence;
    change.recorded_at = entry.recorded_at;
    change.quote_redacted = entry.erased;
    change.key = std::move(entry.key);
    if (entry.made != nullptr) {
      change.change.kind =
          DisclosurePrepared{std::static_pointer_cast<const PreparedRecord>(std::move(entry.made))};
      continue;
    }
    absl::StatusOr<Change> decoded = codec.Decode(entry.payload, entry.erasable);
    if (!decoded.ok()) return PayloadUnreadableAt(entry.sequence, decoded.status());
    change.change = *std::move(decoded);
  }
  return changes;
}

Follower::Follower(journal::Journal& journal, Ledger& ledger, const ChangeCodec& codec,
                   telemetry::Logger logger, std::function<void()> on_failure)
    : journal_(journal),
      ledger_(ledger),
      codec_(codec),
      logger_(std::move(logger)),
      on_failure_(std::move(on_failure)) {}

Follower::~Follower() { Stop(); }

absl::StatusOr<bool> Follower::ApplySome() {
  ASSIGN_OR_RETURN(std::vector<journal::Entry> entries,
                   journal_.ReadMade(ledger_.sequence(), kEntriesMax, kBytesMax));
  if (entries.empty()) return false;
  ASSIGN_OR_RETURN(const std::vector<SequencedChange> changes,
                   DecodeEntries(std::move(entries), codec_));
  RETURN_IF_ERROR(ledger_.Apply(changes));
  return true;
}

absl::Status Follower::CatchUp() {
  while (true) {
    ASSIGN_OR_RETURN(const bool more, ApplySome());
    if (!more) return absl::OkStatus();
  }
}

void Follower::Start() {
  thread_ = std::thread([this] { Run(); });
}

void Follower::Stop() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
  std::unique_lock<std::mutex> lock(mutex_);
  Tell(lock);
}

void Follower::Run() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!stopping_) {
    Tell(lock);
    if (stopping_) return;
    if (!failure_.ok() || ledger_.sequence() >= journal_.Head()) {
      WaitForWork(lock);
      continue;
    }
    lock.unlock();
    const absl::Status status = ApplySome().status();
    lock.lock();
    if (status.ok()) continue;
    logger_.Error("cannot follow the journal", {{"error", FromAbsl(status.message())}});
    if (IsTransient(status)) {
      changed_.wait_for(lock, kRetryAfter, [this] { return stopping_; });
    } else {
      failure_ = status;
      lock.unlock();
      if (on_failure_) on_failure_();
      lock.lock();
    }
  }
}

void Follower::WaitForWork(std::unique_lock<std::mutex>& lock) {
  advanced_ = false;
  std::optional<journal::Tail::Handle> tail;
  if (failure_.ok()) {
    lock.unlock();
    tail = journal_.tail().Wait(ledger_.sequence(), [this](journal::Wake) {
      const std::lock_guard<std::mutex> inner(mutex_);
      advanced_ = true;
      changed_.notify_all();
    });
    lock.lock();
  }
  const TimePoint now = std::chrono::system_clock::now();
  const auto woken = [this, waiting = last_handle_] {
    return stopping_ || advanced_ || last_handle_ != waiting ||
           (!by_deadline_.empty() &&
            by_deadline_.begin()->first <= std::chrono::system_clock::now());
  };
  if (by_deadline_.empty()) {
    changed_.wait(lock, woken);
  } else {
    changed_.wait_until(lock, std::max(now, by_deadline_.begin()->first), woken);
  }
  if (!tail) return;
  lock.unlock();
  journal_.tail().Cancel(*tail);
  lock.lock();
}

Follower::Applied Follower::Remove(std::map<Handle, Waiter>::iterator waiter) {
  by_sequence_.erase({waiter->second.sequence, waiter->first});
  by_deadline_.erase({waiter->second.deadline, waiter->first});
  Applied done = std::move(waiter->second.done);
  waiters_.erase(waiter);
  return done;
}

std::vector<std::pair<Follower::Applied, absl::Status>> Follower::TakeDue() {
  std::vector<std::pair<Applied, absl::Status>> due;
  const uint64_t applied = ledger_.sequence();
  while (!by_sequence_.empty() && by_sequence_.begin()->first <= applied) {
    due.emplace_back(Remove(waiters_.find(by_sequence_.begin()->second)), absl::OkStatus());
  }
  const TimePoint now = std::chrono::system_clock::now();
  while (!by_deadline_.empty() && by_deadline_.begin()->first <= now) {
    const auto waiter = waiters_.find(by_deadline_.begin()->second);
    const uint64_t wanted = waiter->second.sequence;
    due.emplace_back(Remove(waiter), BehindMinimum(wanted, applied));
  }
  while (!waiters_.empty() && (stopping_ || !failure_.ok())) {
    due.emplace_back(Remove(waiters_.begin()), failure_.ok() ? LedgerStopped() : failure_);
  }
  return due;
}

void Follower::Tell(std::unique_lock<std::mutex>& lock) {
  // Again until nobody is due: others may have come while the lock was away.
  for (auto due = TakeDue(); !due.empty(); due = TakeDue()) {
    lock.unlock();
    for (const auto& [done, status] : due) done(status);
    due.clear();
    lock.lock();
  }
}

Follower::Handle Follower::WhenApplied(uint64_t sequence, TimePoint deadline, Applied done) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (ledger_.sequence() < sequence && !stopping_) {
      const Handle handle = ++last_handle_;
      by_sequence_.emplace(sequence, handle);
      if (deadline != kNoDeadline) by_deadline_.emplace(deadline, handle);
      waiters_.emplace(handle, Waiter{sequence, deadline, std::move(done)});
      changed_.notify_all();
      return handle;
    }
  }
  done(ledger_.sequence() >= sequence ? absl::OkStatus() : LedgerStopped());
  return 0;
}

absl::Status Follower::failure() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return failure_;
}

absl::Status Follower::WaitApplied(uint64_t sequence) {
  // Shared: the waiter may go on while set_value is still returning.
  const auto applied = std::make_shared<std::promise<absl::Status>>();
  std::future<absl::Status> result = applied->get_future();
  WhenApplied(sequence, kNoDeadline,
              [applied](const absl::Status& status) { applied->set_value(status); });
  return result.get();
}

absl::StatusOr<bool> Follower::LearnMore() {
  const uint64_t before = ledger_.sequence();
  ASSIGN_OR_RETURN(const uint64_t head, journal_.Refresh());
  if (head <= before) return false;
  RETURN_IF_ERROR(WaitApplied(head));
  return true;
}

void Follower::Expire(Handle handle) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto waiter = waiters_.find(handle);
  if (waiter == waiters_.end()) return;
  by_deadline_.erase({waiter->second.deadline, handle});
  waiter->second.deadline = TimePoint::min();
  by_deadline_.emplace(waiter->second.deadline, handle);
  changed_.notify_all();
}

}  // namespace outlay::ingest
