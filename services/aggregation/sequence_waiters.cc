#include "services/aggregation/sequence_waiters.h"

#include <algorithm>
#include <utility>

namespace outlay::aggregation {

SequenceWaiters::SequenceWaiters(std::function<uint64_t()> applied, std::function<void()> on_closed)
    : applied_(std::move(applied)), on_closed_(std::move(on_closed)), thread_([this] { Run(); }) {}

SequenceWaiters::~SequenceWaiters() {
  Close();
  thread_.join();
}

void SequenceWaiters::Wait(Waiter waiter) {
  if (applied_() >= waiter.sequence) return waiter.done(WaitOutcome::kReached);
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!closed_) {
      waiters_.push_back(std::move(waiter));
      // The view may have moved since it was asked: the thread looks again.
      notified_ = true;
      changed_.notify_one();
      return;
    }
  }
  waiter.done(WaitOutcome::kClosed);
}

void SequenceWaiters::Notify() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (waiters_.empty()) return;
  notified_ = true;
  changed_.notify_one();
}

void SequenceWaiters::Close() {
  const std::lock_guard<std::mutex> lock(mutex_);
  closed_ = true;
  changed_.notify_one();
}

std::list<std::pair<SequenceWaiters::Waiter, WaitOutcome>> SequenceWaiters::TakeDone() {
  const uint64_t applied = applied_();
  const TimePoint now = std::chrono::system_clock::now();
  std::list<std::pair<Waiter, WaitOutcome>> done;
  for (auto it = waiters_.begin(); it != waiters_.end();) {
    WaitOutcome outcome;
    if (it->sequence <= applied) {
      outcome = WaitOutcome::kReached;
    } else if (closed_) {
      outcome = WaitOutcome::kClosed;
    } else if (it->gone()) {
      outcome = WaitOutcome::kGone;
    } else if (it->deadline <= now) {
      outcome = WaitOutcome::kTimedOut;
    } else {
      ++it;
      continue;
    }
    done.emplace_back(std::move(*it), outcome);
    it = waiters_.erase(it);
  }
  return done;
}

void SequenceWaiters::Run() {
  Serve();
  on_closed_();
}

void SequenceWaiters::Serve() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    std::list<std::pair<Waiter, WaitOutcome>> done = TakeDone();
    if (!done.empty()) {
      lock.unlock();
      for (auto& [waiter, outcome] : done) waiter.done(outcome);
      done.clear();
      lock.lock();
      continue;
    }
    if (closed_) return;
    const auto woken = [this] { return notified_ || closed_; };
    if (waiters_.empty()) {
      changed_.wait(lock, woken);
    } else {
      const auto next = std::min_element(
          waiters_.begin(), waiters_.end(),
          [](const Waiter& a, const Waiter& b) { return a.deadline < b.deadline; });
      const TimePoint deadline = next->deadline;
      changed_.wait_until(lock, deadline, woken);
    }
    notified_ = false;
  }
}

}  // namespace outlay::aggregation
