// What server-streaming and bidirectional calls have in common: messages written one at a time
// without blocking a thread, the end after the last of them, cancellation, and the drain.
#ifndef OUTLAY_SERVICES_COMMON_RPC_STREAM_BASE_H_
#define OUTLAY_SERVICES_COMMON_RPC_STREAM_BASE_H_

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "grpcpp/server_context.h"
#include "services/common/rpc/call_context.h"
#include "services/common/rpc/error_mapping.h"
#include "services/common/rpc/errors.h"
#include "services/common/rpc/runtime.h"

namespace outlay::rpc {

// Streams are owned by shared_ptr: the call holds one until OnClosed, and what feeds the stream
// from other threads holds one (or a weak_ptr), so that a late Write is refused rather than wild.
// Write and End are safe from any thread, and never block.
//
// The hooks are called on gRPC's threads, without a lock (OnDrain: with the server's registry
// locked), and must not block.
template <class Reactor, class Response>
class StreamBase : public Reactor, public DrainableStream {
 public:
  // Messages that wait for a slow client beyond this end the stream with RESOURCE_EXHAUSTED
  // (SLOW_READER). A feeder that writes only after OnReady never gets there.
  static constexpr size_t kQueueLimit = 1024;

  StreamBase(Runtime& runtime, std::string_view method, grpc::CallbackServerContext& context)
      : runtime_(runtime), call_(context, method, context.deadline()) {}

  const CallContext& call() const { return call_; }

  // Queues a message. False when the stream takes no more: it has ended, is ending, or the client
  // has gone.
  bool Write(Response message) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (end_) return false;
    if (queue_.size() >= kQueueLimit) {
      end_ = SlowReader(kQueueLimit);
      queue_.clear();
      Advance();
      return false;
    }
    queue_.push_back(std::move(message));
    Advance();
    return true;
  }

  // Ends the call once all queued messages are written. The first End counts.
  void End(const absl::Status& status) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (end_) return;
    end_ = status;
    Advance();
  }

  // Whether Write would take a message.
  bool open() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return !end_;
  }

 protected:
  // Everything queued is written: time for the next message, now or later, from any thread.
  virtual void OnReady() {}
  // The client has cancelled, gone or met its deadline: nothing more will be written.
  virtual void OnCancelled() {}
  // The server drains. The default ends the stream with UNAVAILABLE (DRAINING) and Position(); an
  // override may first finish what it has accepted, and then does the same by EndDraining().
  virtual void OnDrain() { EndDraining(); }
  // How far the stream got, counting what is queued; it becomes the metadata of the DRAINING error:
  // {{"sequence", "1207"}}.
  virtual std::map<std::string, std::string> Position() const { return {}; }
  // The call is over and nothing else will be called: detach from what feeds the stream.
  virtual void OnClosed() {}

  void EndDraining() { End(Draining(Position())); }

  Runtime& runtime() { return runtime_; }

  // Runs `start`, which starts a gRPC operation, if the stream is open: then the call outlives the
  // operation.
  template <class Start>
  bool IfOpen(Start start) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (end_) return false;
    start();
    return true;
  }

  // Registers the stream, or ends it where the server takes no more. `self` is the stream itself.
  // Returns whether it was registered.
  bool Begin(std::shared_ptr<StreamBase> self) {
    self_ = std::move(self);
    const absl::Status admitted = runtime_.streams().Add(*this);
    if (!admitted.ok()) End(admitted);
    return admitted.ok();
  }

 private:
  void Drain() final { OnDrain(); }

  // Takes the next step, if none is under way. With the lock held; gRPC runs no reaction on the
  // thread that starts an operation.
  void Advance() {
    if (writing_ || finished_) return;
    if (!queue_.empty()) {
      writing_ = true;
      current_ = std::move(queue_.front());
      queue_.pop_front();
      this->StartWrite(&current_);
    } else if (end_) {
      finished_ = true;
      this->Finish(ToGrpcStatus(*end_));
    }
  }

  // With the lock held: drops what nobody will read.
  void Abandon() {
    queue_.clear();
    if (!end_) end_ = CallCancelled();
  }

  void OnWriteDone(bool ok) final {
    bool ready = false;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      writing_ = false;
      if (!ok) Abandon();
      Advance();
      ready = !writing_ && !end_;
    }
    if (ready) OnReady();
  }

  void OnCancel() final {
    call_.MarkCancelled();
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      Abandon();
      Advance();
    }
    OnCancelled();
  }

  void OnDone() final {
    runtime_.streams().Remove(*this);
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      runtime_.LogFailure(call_, *end_, start_);
    }
    call_.Detach();
    OnClosed();
    const std::shared_ptr<StreamBase> self = std::move(self_);
  }

  Runtime& runtime_;
  CallContext call_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::shared_ptr<StreamBase> self_;  // from Begin to OnDone

  mutable std::mutex mutex_;  // what follows
  std::deque<Response> queue_;
  Response current_;  // while writing_
  bool writing_ = false;
  bool finished_ = false;
  std::optional<absl::Status> end_;  // how the call is to end
};

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_STREAM_BASE_H_
