// The open streaming calls of a server: counted, limited, and told to end when the server drains.
#ifndef OUTLAY_SERVICES_COMMON_RPC_STREAM_REGISTRY_H_
#define OUTLAY_SERVICES_COMMON_RPC_STREAM_REGISTRY_H_

#include <cstddef>
#include <mutex>
#include <unordered_set>

#include "absl/status/status.h"

namespace outlay::rpc {

class DrainableStream {
 public:
  virtual ~DrainableStream() = default;

  // Asks the stream to end soon. Called with the registry locked: must not block, nor register or
  // remove.
  virtual void Drain() = 0;
};

// Safe for concurrent use.
class StreamRegistry {
 public:
  explicit StreamRegistry(size_t limit) : limit_(limit) {}

  // Adds a stream until Remove. UNAVAILABLE (DRAINING) once draining, RESOURCE_EXHAUSTED
  // (TOO_MANY_STREAMS) at the limit; then it is not added.
  absl::Status Add(DrainableStream& stream);
  // Nothing, if it was not added.
  void Remove(DrainableStream& stream);

  // Drains every open stream and refuses new ones. Idempotent.
  void DrainAll();

  size_t size() const;

 private:
  const size_t limit_;
  mutable std::mutex mutex_;
  bool draining_ = false;
  std::unordered_set<DrainableStream*> streams_;
};

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_STREAM_REGISTRY_H_
