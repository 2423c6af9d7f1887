// Handling bidirectional methods, such as a stream of batches with an acknowledgement each.
#ifndef OUTLAY_SERVICES_COMMON_RPC_BIDI_STREAM_H_
#define OUTLAY_SERVICES_COMMON_RPC_BIDI_STREAM_H_

#include <memory>
#include <mutex>
#include <utility>

#include "grpcpp/support/server_callback.h"
#include "services/common/rpc/stream_base.h"

namespace outlay::rpc {

// A handler derives from it:
//   return rpc::BidiStream<Batch, Acknowledgement>::Run(
//       std::make_shared<IngestStream>(runtime_, method, *context));
// The first message is read when the call begins; each further one when the handler asks by
// ReadNext, so that it sets how many are under way. OnReady is called after the writes, as in
// StreamBase, and may be left alone.
template <class Request, class Response>
class BidiStream : public StreamBase<grpc::ServerBidiReactor<Request, Response>, Response> {
 public:
  using StreamBase<grpc::ServerBidiReactor<Request, Response>, Response>::StreamBase;

  static grpc::ServerBidiReactor<Request, Response>* Run(std::shared_ptr<BidiStream> stream) {
    BidiStream* const raw = stream.get();
    if (raw->Begin(std::move(stream))) raw->ReadNext();
    return raw;
  }

  // Asks for the next message; any thread. Nothing while one is being read, or once the client has
  // half-closed or the stream is ending.
  void ReadNext() {
    const std::lock_guard<std::mutex> lock(read_mutex_);
    if (reading_ || half_closed_) return;
    reading_ = this->IfOpen([this] { this->StartRead(&incoming_); });
  }

 protected:
  // A message, to be moved from. Not called again before the next ReadNext.
  virtual void OnMessage(Request& message) = 0;
  // The client sends no more: End once everything is answered. Not called when the client cancelled
  // or the stream is ending.
  virtual void OnHalfClosed() = 0;

 private:
  void OnReadDone(bool ok) final {
    Request message;
    {
      const std::lock_guard<std::mutex> lock(read_mutex_);
      reading_ = false;
      if (ok) {
        message = std::move(incoming_);
      } else {
        half_closed_ = true;
      }
    }
    if (!this->open()) return;
    if (ok) {
      OnMessage(message);
    } else if (!this->call().ClientGone()) {
      OnHalfClosed();
    }
  }

  std::mutex read_mutex_;
  bool reading_ = false;
  bool half_closed_ = false;
  Request incoming_;  // gRPC's while reading_
};

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_BIDI_STREAM_H_
