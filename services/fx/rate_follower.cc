#include "services/fx/rate_follower.h"

#include <chrono>
#include <string>
#include <utility>

#include "services/common/status/text.h"

namespace outlay::fx {
namespace {

constexpr std::chrono::milliseconds kPauseAfterFailure{500};

}  // namespace

RateFollower::RateFollower(journal::Journal& journal, RateProjection& projection,
                           telemetry::Logger logger)
    : journal_(journal), projection_(projection), logger_(std::move(logger)) {}

RateFollower::~RateFollower() { Stop(); }

void RateFollower::Start() {
  thread_ = std::thread([this] { Run(); });
}

void RateFollower::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void RateFollower::Run() {
  std::unique_lock lock(mutex_);
  bool failed = false;
  while (!stopping_) {
    WaitBeyond(projection_.Book()->sequence(), lock);
    if (stopping_) return;
    lock.unlock();
    const absl::Status status = projection_.CatchUp();
    lock.lock();
    if (!status.ok() && !failed) {
      logger_.Error("cannot follow the journal", {{"error", FromAbsl(status.message())}});
    }
    failed = !status.ok();
    if (failed) changed_.wait_for(lock, kPauseAfterFailure, [this] { return stopping_; });
  }
}

void RateFollower::WaitBeyond(uint64_t sequence, std::unique_lock<std::mutex>& lock) {
  advanced_ = false;
  lock.unlock();
  const journal::Tail::Handle handle = journal_.tail().Wait(sequence, [this](journal::Wake) {
    const std::lock_guard inner(mutex_);
    advanced_ = true;
    changed_.notify_all();
  });
  lock.lock();
  changed_.wait(lock, [this] { return stopping_ || advanced_; });
  lock.unlock();
  journal_.tail().Cancel(handle);
  lock.lock();
}

}  // namespace outlay::fx
