#include "services/common/journal/commit_queue.h"

#include <chrono>
#include <thread>
#include <utility>

#include "services/common/journal/errors.h"
#include "services/common/status/error.h"

namespace outlay::journal {
namespace {

constexpr std::chrono::microseconds kGatherTime{150};
// Batches of the group before. Fewer, and nobody is to wait for others who may not come.
constexpr size_t kGatherFrom = 4;
// What is as large as this needs no company.
constexpr size_t kGatherBytesMax = size_t{64} << 10;

}  // namespace

CommitQueue::CommitQueue(const JournalLimits& limits, Commit commit, Idle idle)
    : limits_(limits),
      commit_(std::move(commit)),
      idle_(std::move(idle)),
      thread_([this] { Run(); }) {}

CommitQueue::~CommitQueue() { Close(); }

void CommitQueue::Submit(Batch batch, Journal::Done done) {
  absl::Status status = CheckLimits(batch, limits_);
  if (status.ok()) status = Enqueue(batch, done);
  if (!status.ok()) done(std::move(status));
}

absl::Status CommitQueue::Enqueue(Batch& batch, Journal::Done& done) {
  const size_t size = SizeBytes(batch);
  std::lock_guard lock(mutex_);
  if (closed_) return JournalClosed();
  if (bytes_ + size > limits_.queue_bytes_max) {
    return QueueFull(bytes_, limits_.queue_bytes_max, limits_.queue_full_retry_after_ms);
  }
  bytes_ += size;
  waiting_bytes_ += size;
  waiting_.push_back({std::move(batch), std::move(done), std::chrono::steady_clock::now()});
  not_empty_.notify_one();
  return absl::OkStatus();
}

void CommitQueue::Close() {
  {
    std::lock_guard lock(mutex_);
    closed_ = true;
  }
  not_empty_.notify_one();
  std::lock_guard join_lock(join_mutex_);
  if (thread_.joinable()) thread_.join();
}

void CommitQueue::WaitForWork(std::unique_lock<std::mutex>& lock) {
  const auto has_work = [this] { return closed_ || !waiting_.empty(); };
  if (idle_.run && !not_empty_.wait_for(lock, idle_.after, has_work)) {
    lock.unlock();
    idle_.run();
    lock.lock();
  }
  not_empty_.wait(lock, has_work);
}

void CommitQueue::Gather(std::unique_lock<std::mutex>& lock) {
  if (closed_ || last_group_size_ < kGatherFrom || waiting_.size() >= 2 * last_group_size_ ||
      waiting_bytes_ >= kGatherBytesMax) {
    return;
  }
  lock.unlock();
  std::this_thread::sleep_for(kGatherTime);
  lock.lock();
}

void CommitQueue::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    WaitForWork(lock);
    if (waiting_.empty()) return;
    Gather(lock);
    last_group_size_ = waiting_.size();
    std::vector<Item> group = std::exchange(waiting_, {});
    const size_t group_bytes = std::exchange(waiting_bytes_, 0);
    lock.unlock();
    commit_(std::move(group));
    lock.lock();
    bytes_ -= group_bytes;
  }
}

}  // namespace outlay::journal
