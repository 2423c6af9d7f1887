// Handling bidirectional methods that answer each message by one, in the order sent.
#ifndef OUTLAY_SERVICES_COMMON_RPC_BATCH_STREAM_H_
#define OUTLAY_SERVICES_COMMON_RPC_BATCH_STREAM_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "grpcpp/alarm.h"
#include "grpcpp/support/byte_buffer.h"
#include "services/common/rpc/bidi_stream.h"

namespace outlay::rpc {

// Messages come as bytes, and are taken one after the other on the executor, not on gRPC's few threads. One is read ahead while another is
// taken, and what was taken may be under way while the next one is. The next message is read only while what is under way is within bounds
// and the caller takes its answers, so that a slow disk or a slow caller slows this stream and holds no more memory. However the stream ends
// but by the caller's cancelling it, what was taken in is answered before: at half-close, at an error and when the server drains.
class BatchStream : public BidiStream<grpc::ByteBuffer, grpc::ByteBuffer>,
                    public std::enable_shared_from_this<BatchStream> {
 public:
  BatchStream(Runtime& runtime, std::string_view method, grpc::CallbackServerContext& context)
      : BidiStream(runtime, method, context) {}

 protected:
  // On the executor, never two at a time. Begins a batch of the message and calls TakeNext, now or later, or else Refuse. An exception that
  // leaves it ends the stream; it must have begun no batch then.
  virtual void Take(const grpc::ByteBuffer& message) = 0;

  // What follows is safe from any thread.

  // A batch is under way until it is answered, has failed or is withdrawn. `number` is none of another's that is under way; `bytes` is what
  // it holds of memory.
  void BeginBatch(uint64_t number, size_t bytes);
  // The message is taken: the next one may be.
  void TakeNext();
  // The message is wrong: no more are taken, and the stream ends with the error once all that were taken are answered. The first error
  // counts.
  void Refuse(const absl::Status& error);
  // Sent in the order in which the batches began.
  void Answer(uint64_t number, grpc::ByteBuffer answer);
  // The batch gets no answer; otherwise as Refuse.
  void Fail(uint64_t number, const absl::Status& error);
  // As if it had not begun: it will begin again.
  void Withdraw(uint64_t number);
  // Runs `step` on the executor after the delay, unless the stream is closed then.
  void RunLater(std::function<void()> step, std::chrono::milliseconds delay);

  // Of the last batch whose answer was sent; 0 before the first.
  uint64_t answered_number() const;

  void OnClosed() override;

 private:
  struct UnderWay {
    uint64_t number = 0;
    size_t bytes = 0;
    std::optional<grpc::ByteBuffer> answer;
  };

  void OnMessage(grpc::ByteBuffer& message) final;
  void OnHalfClosed() final;
  void OnReady() final;
  void OnDrain() final;

  // Takes the next step, unless it is under way: has a message taken, reads the next, ends.
  void Proceed();
  // Runs `step` on the executor, after a while where that is full.
  void Schedule(std::function<void()> step);
  void TakeOnWorker(const grpc::ByteBuffer& message);
  // With the lock held: what follows.
  bool HasRoom() const;
  void Forget(uint64_t number);
  void SendAnswers();

  mutable std::mutex mutex_;  // what follows
  // A message is asked for and has not come.
  bool reading_ = true;
  // Read ahead of its turn.
  std::optional<grpc::ByteBuffer> next_;
  // A message is with the executor; later ones wait.
  bool taking_ = false;
  std::deque<UnderWay> under_way_;  // in the order they began
  size_t under_way_bytes_ = 0;      // theirs
  size_t unsent_ = 0;               // answers that the caller has not taken
  size_t unsent_bytes_ = 0;         // theirs
  uint64_t answered_number_ = 0;
  bool draining_ = false;
  bool half_closed_ = false;  // what was taken before can still fail
  bool closed_ = false;
  bool ending_ = false;  // nothing more is taken
  std::optional<absl::Status> failure_;
  std::unique_ptr<grpc::Alarm> alarm_;
};

// The error, saying of which batch of a stream it is by its metadata: {"batch_number", "7"}.
absl::Status AtBatch(const absl::Status& error, std::string_view number_name, uint64_t number);

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_BATCH_STREAM_H_
