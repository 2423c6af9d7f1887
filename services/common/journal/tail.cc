#include "services/common/journal/tail.h"

#include <algorithm>

namespace outlay::journal {

Tail::Tail(uint64_t head) : head_(head), notifier_([this] { Run(); }) {}

Tail::~Tail() {
  Close();
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  due_.notify_one();
  notifier_.join();
}

Tail::Handle Tail::Wait(uint64_t after, Ready ready) {
  std::lock_guard lock(mutex_);
  const Handle handle = ++last_handle_;
  waiters_.emplace(Position(after, handle), std::move(ready));
  after_of_.emplace(handle, after);
  if (DueLocked()) due_.notify_one();
  return handle;
}

void Tail::Cancel(Handle handle) {
  Ready cancelled;  // destroyed after the lock is released: what it captured may call back
  std::unique_lock lock(mutex_);
  if (const auto found = after_of_.find(handle); found != after_of_.end()) {
    auto node = waiters_.extract(Position(found->second, handle));
    cancelled = std::move(node.mapped());
    after_of_.erase(found);
    if (waiters_.empty()) callback_ended_.notify_all();
    lock.unlock();
    return;
  }
  if (std::this_thread::get_id() == notifier_.get_id()) return;
  callback_ended_.wait(lock, [&] { return running_ != handle; });
}

void Tail::Advance(uint64_t head) {
  std::lock_guard lock(mutex_);
  head_ = std::max(head_, head);
  if (DueLocked()) due_.notify_one();
}

void Tail::Close() {
  std::unique_lock lock(mutex_);
  closed_ = true;
  due_.notify_one();
  callback_ended_.wait(lock, [&] { return waiters_.empty() && running_ == 0; });
}

bool Tail::DueLocked() const {
  return !waiters_.empty() && (closed_ || waiters_.begin()->first.first < head_);
}

void Tail::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    due_.wait(lock, [&] { return stopping_ || DueLocked(); });
    if (!DueLocked()) return;
    auto node = waiters_.extract(waiters_.begin());
    const auto [after, handle] = node.key();
    const Wake wake = after < head_ ? Wake::kAdvanced : Wake::kClosed;
    after_of_.erase(handle);
    running_ = handle;
    lock.unlock();
    node.mapped()(wake);
    node = {};  // what the callback captured goes before Cancel may return
    lock.lock();
    running_ = 0;
    callback_ended_.notify_all();
  }
}

}  // namespace outlay::journal
