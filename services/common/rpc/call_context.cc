#include "services/common/rpc/call_context.h"

#include <algorithm>
#include <limits>
#include <random>
#include <utility>

#include "fmt/format.h"
#include "services/common/rpc/errors.h"

namespace outlay::rpc {
namespace {

constexpr size_t kRequestIdBytesMax = 128;

bool IsUsableRequestId(const std::string& id) {
  return !id.empty() && id.size() <= kRequestIdBytesMax &&
         std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c <= '~'; });
}

std::string NewRequestId() {
  // Unique enough to find lines of a log by; nothing depends on it being hard to guess.
  thread_local std::mt19937_64 generator{std::random_device{}()};
  return fmt::format("{:016x}", generator());
}

}  // namespace

CallContext::CallContext(grpc::CallbackServerContext& context, std::string_view method,
                         Clock::time_point deadline)
    : method_(method), deadline_(deadline), peer_(context.peer()), context_(&context) {
  request_id_ = Metadata("x-request-id").value_or("");
  if (!IsUsableRequestId(request_id_)) request_id_ = NewRequestId();
}

int64_t CallContext::RemainingMs() const {
  if (deadline_ == Clock::time_point::max()) {
    return std::numeric_limits<int64_t>::max();
  }
  const auto left = deadline_ - Clock::now();
  return std::max<int64_t>(0, std::chrono::duration_cast<std::chrono::milliseconds>(left).count());
}

bool CallContext::DeadlinePassed() const {
  return deadline_ != Clock::time_point::max() && Clock::now() >= deadline_;
}

bool CallContext::ClientGone() const {
  if (cancelled_.load(std::memory_order_acquire)) return true;
  const std::lock_guard<std::mutex> lock(mutex_);
  return context_ != nullptr && context_->IsCancelled();
}

absl::Status CallContext::CheckLive() const {
  if (cancelled_.load(std::memory_order_acquire)) return CallCancelled();
  if (DeadlinePassed()) return rpc::DeadlinePassed("before the answer was ready");
  return absl::OkStatus();
}

std::optional<std::string> CallContext::Metadata(std::string_view key) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (context_ == nullptr) {
    const auto found = detached_metadata_.find(std::string(key));
    if (found == detached_metadata_.end()) return std::nullopt;
    return found->second;
  }
  const auto& metadata = context_->client_metadata();
  const auto found = metadata.find(grpc::string_ref(key.data(), key.size()));
  if (found == metadata.end()) return std::nullopt;
  return std::string(found->second.data(), found->second.size());
}

void CallContext::AddTrailingMetadata(const std::string& key, const std::string& value) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (context_ != nullptr) context_->AddTrailingMetadata(key, value);
}

uint64_t CallContext::OnCancel(std::function<void()> callback) const {
  uint64_t id = 0;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    id = next_id_++;
    if (!cancelled_.load(std::memory_order_acquire)) {
      on_cancel_.emplace(id, std::move(callback));
      return id;
    }
  }
  callback();
  return id;
}

void CallContext::RemoveOnCancel(uint64_t id) const {
  std::function<void()> dropped;  // what it holds may itself want the lock
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = on_cancel_.find(id);
  if (found == on_cancel_.end()) return;
  dropped = std::move(found->second);
  on_cancel_.erase(found);
}

void CallContext::MarkCancelled() {
  std::map<uint64_t, std::function<void()>> callbacks;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    cancelled_.store(true, std::memory_order_release);
    callbacks.swap(on_cancel_);
  }
  for (const auto& [id, callback] : callbacks) callback();
}

void CallContext::Detach() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (context_ == nullptr) return;
  for (const auto& [key, value] : context_->client_metadata()) {
    detached_metadata_.emplace(std::string(key.data(), key.size()),
                               std::string(value.data(), value.size()));
  }
  context_ = nullptr;
}

}  // namespace outlay::rpc
