#include "services/common/rpc/stream_registry.h"

#include "services/common/rpc/errors.h"

namespace outlay::rpc {

absl::Status StreamRegistry::Add(DrainableStream& stream) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (draining_) return Draining();
  if (streams_.size() >= limit_) return TooManyStreams(limit_);
  streams_.insert(&stream);
  return absl::OkStatus();
}

void StreamRegistry::Remove(DrainableStream& stream) {
  const std::lock_guard<std::mutex> lock(mutex_);
  streams_.erase(&stream);
}

void StreamRegistry::DrainAll() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (draining_) return;
  draining_ = true;
  for (DrainableStream* const stream : streams_) stream->Drain();
}

size_t StreamRegistry::size() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return streams_.size();
}

}  // namespace outlay::rpc
