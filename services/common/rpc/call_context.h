// What a handler may know of the call it serves.
#ifndef OUTLAY_SERVICES_COMMON_RPC_CALL_CONTEXT_H_
#define OUTLAY_SERVICES_COMMON_RPC_CALL_CONTEXT_H_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "grpcpp/server_context.h"

namespace outlay::rpc {

using Clock = std::chrono::system_clock;  // gRPC's deadlines are on it

// Lives as long as its call: until the handler has returned and, where it finishes later, until it
// has finished. Safe for concurrent use.
class CallContext {
 public:
  // `deadline` is the one that holds for the handler: the client's, the default, or the cap;
  // time_point::max() for none.
  CallContext(grpc::CallbackServerContext& context, std::string_view method,
              Clock::time_point deadline);

  CallContext(const CallContext&) = delete;
  CallContext& operator=(const CallContext&) = delete;

  // "outlay.fx.v1.FxService/ConvertMoney"
  const std::string& method() const { return method_; }
  Clock::time_point deadline() const { return deadline_; }
  // Time left; 0 once the deadline has passed, about 292 million years without one.
  int64_t RemainingMs() const;
  bool DeadlinePassed() const;

  // True once nobody waits for the answer: the client cancelled or went away, or the deadline
  // passed. Long handlers look at it every few milliseconds of work.
  bool cancelled() const { return cancelled_.load(std::memory_order_acquire) || DeadlinePassed(); }
  // OK, CANCELLED or DEADLINE_EXCEEDED, for RETURN_IF_ERROR in long loops.
  absl::Status CheckLive() const;

  // True once the client has cancelled or gone away, whatever the deadline.
  bool ClientGone() const;

  // "ipv4:10.0.0.7:51312"
  const std::string& peer() const { return peer_; }
  // The first value of a metadata key (lower case); nullopt if the client did not send it.
  std::optional<std::string> Metadata(std::string_view key) const;
  // The client's x-request-id when it is 1 to 128 printable ASCII characters, otherwise one made
  // here.
  const std::string& request_id() const { return request_id_; }

  // Before the call's first message and its end. Nothing once the call is over.
  void AddTrailingMetadata(const std::string& key, const std::string& value) const;

  // Runs `callback` once when the client cancels: at once if it has. It must not block; it does not
  // see the deadline pass. Returns what RemoveOnCancel takes; a callback may still be running when
  // that returns.
  uint64_t OnCancel(std::function<void()> callback) const;
  void RemoveOnCancel(uint64_t id) const;

  // For the scaffold: the client has cancelled.
  void MarkCancelled();
  // For the scaffold: gRPC's context is about to go; the metadata is copied.
  void Detach();

 private:
  const std::string method_;
  const Clock::time_point deadline_;
  const std::string
      peer_;  // taken at the start: once a call is cancelled gRPC may have forgotten it
  std::string request_id_;
  std::atomic<bool> cancelled_{false};
  mutable std::mutex mutex_;              // what follows
  grpc::CallbackServerContext* context_;  // null once detached
  std::multimap<std::string, std::string> detached_metadata_;
  mutable uint64_t next_id_ = 1;
  mutable std::map<uint64_t, std::function<void()>> on_cancel_;
};

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_CALL_CONTEXT_H_
