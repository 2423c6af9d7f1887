#include "services/common/journal/poller.h"

#include <utility>

namespace outlay::journal {

Poller::Poller(std::chrono::milliseconds interval, std::function<void()> run)
    : interval_(interval), run_(std::move(run)) {
  if (interval_.count() > 0) thread_ = std::thread([this] { Run(); });
}

Poller::~Poller() { Stop(); }

void Poller::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Poller::Run() {
  std::unique_lock lock(mutex_);
  while (!stop_.wait_for(lock, interval_, [this] { return stopping_; })) {
    lock.unlock();
    run_();
    lock.lock();
  }
}

}  // namespace outlay::journal
