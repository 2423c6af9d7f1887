#include "services/common/rpc/client_call.h"

#include <algorithm>
#include <chrono>

namespace outlay::rpc {
namespace {

constexpr const char* kCarriedMetadata[] = {"traceparent", "tracestate"};

Clock::time_point DeadlineFor(const CallContext& call) {
  if (call.deadline() == Clock::time_point::max()) return call.deadline();
  const int64_t margin_ms = std::min(kDeadlineMarginMs, call.RemainingMs() / 10);
  return call.deadline() - std::chrono::milliseconds(margin_ms);
}

}  // namespace

std::shared_ptr<grpc::ClientContext> MakeClientContext(const CallContext& call) {
  auto owned = std::make_shared<grpc::ClientContext>();
  owned->set_deadline(DeadlineFor(call));
  for (const char* const key : kCarriedMetadata) {
    if (const auto value = call.Metadata(key)) owned->AddMetadata(key, *value);
  }
  owned->AddMetadata("x-request-id", call.request_id());
  // The callback leaves with the context: a long call makes many of them.
  const uint64_t id = call.OnCancel([weak = std::weak_ptr<grpc::ClientContext>(owned)] {
    if (const auto context = weak.lock()) context->TryCancel();
  });
  grpc::ClientContext* const raw = owned.get();
  return {raw,
          [owned = std::move(owned), &call, id](grpc::ClientContext*) { call.RemoveOnCancel(id); }};
}

std::shared_ptr<grpc::ClientContext> MakeClientContext(const CallContext& call,
                                                       int64_t timeout_ms) {
  std::shared_ptr<grpc::ClientContext> context = MakeClientContext(call);
  context->set_deadline(
      std::min(context->deadline(), Clock::now() + std::chrono::milliseconds(timeout_ms)));
  return context;
}

CallGroup::~CallGroup() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const auto& slot : slots_) slot->context->TryCancel();
  }
  (void)Wait();
}

CallGroup::Slot& CallGroup::NewSlot() {
  auto slot = std::make_unique<Slot>();
  slot->context = MakeClientContext(call_);
  Slot& added = *slot;
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!first_error_.ok()) added.context->TryCancel();
  slots_.push_back(std::move(slot));
  ++running_;
  return added;
}

void CallGroup::Done(absl::Status status) {
  const std::lock_guard<std::mutex> lock(mutex_);
  --running_;
  if (!status.ok() && first_error_.ok()) {
    first_error_ = std::move(status);
    for (const auto& slot : slots_) slot->context->TryCancel();
  }
  // With the lock held: the group may be gone once Wait has seen the last call end.
  changed_.notify_all();
}

absl::Status CallGroup::Wait() {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return running_ == 0; });
  return first_error_;
}

}  // namespace outlay::rpc
