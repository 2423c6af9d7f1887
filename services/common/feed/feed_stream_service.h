// Feeding a journal to subscribers.
#ifndef OUTLAY_SERVICES_COMMON_FEED_FEED_STREAM_SERVICE_H_
#define OUTLAY_SERVICES_COMMON_FEED_FEED_STREAM_SERVICE_H_

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "grpcpp/alarm.h"
#include "grpcpp/support/byte_buffer.h"
#include "services/common/feed/encoder_proto.h"
#include "services/common/feed/options.h"
#include "services/common/journal/journal.h"
#include "services/common/rpc/message_bytes.h"
#include "services/common/rpc/server_stream.h"

namespace outlay::feed {

// Where a subscriber goes on.
struct Start {
  uint64_t after_sequence = 0;
  uint64_t after_checksum = 0;  // of the journal there; 0: whatever it is
};

// What a stream feeds, and how; all of it outlives the stream.
struct Source {
  journal::Journal& journal;
  const Encoder& encoder;
  const Options& options;
};

// Holds nothing but its position: it reads on when the client has taken what was written, waits at the journal's tail when it has
// everything, and so slows nobody but itself. Reads run on the executor.
class FeedStream final : public rpc::ServerStream<grpc::ByteBuffer>,
                         public std::enable_shared_from_this<FeedStream> {
 public:
  // Ends at once with OUT_OF_RANGE (SEQUENCE_AHEAD) where the journal is not that long, with FAILED_PRECONDITION (JOURNAL_DIFFERS) where
  // its checksum at `after_sequence` is not `after_checksum` (0: whatever it is).
  FeedStream(rpc::Runtime& runtime, std::string_view method, grpc::CallbackServerContext& context,
             const Source& source, const Start& start);

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;

  void OnReady() override;
  void OnClosed() override;
  std::map<std::string, std::string> Position() const override;

  // On the executor: whether the subscriber, who comes from another replica, is only ahead of what this one knows.
  void Refresh();
  // On the executor: that the journal is the one the subscriber has followed.
  void Verify(uint64_t after_sequence);
  // Takes the next step, unless one is under way or the client has something to take: read, say that everything is sent, or wait.
  void Step();
  void Read();
  void WaitAtTail();
  void OnTail(journal::Wake wake);
  void OnAlarm();
  // With the lock held, so that messages go out in the order of what they say. False: the stream takes no more.
  bool Send(grpc::ByteBuffer message);
  // With the lock held.
  void SetAlarm(std::chrono::milliseconds delay);

  journal::Journal& journal_;
  const Encoder& encoder_;
  const Options options_;
  const uint64_t after_checksum_;

  mutable std::mutex mutex_;  // what follows
  uint64_t position_;         // the last sequence that was sent
  bool verified_;
  bool refreshed_ = false;
  bool caught_up_sent_ = false;
  bool reading_ = false;
  bool unsent_ = false;   // the client has not taken what was sent
  bool waiting_ = false;  // at the tail
  bool closed_ = false;
  std::optional<journal::Tail::Handle> tail_;
  SteadyTime last_write_ = std::chrono::steady_clock::now();
  std::unique_ptr<grpc::Alarm>
      alarm_;  // the next heartbeat, or the next try when the executor was full
};

// A stream that only says why there is none.
class RefusedStream final : public rpc::ServerStream<grpc::ByteBuffer> {
 public:
  RefusedStream(rpc::Runtime& runtime, std::string_view method,
                grpc::CallbackServerContext& context, absl::Status refusal)
      : ServerStream(runtime, method, context), refusal_(std::move(refusal)) {}

 private:
  void OnReady() override { End(refusal_); }

  const absl::Status refusal_;
};

// Answers a subscription: `request` has the fields after_sequence and after_checksum. INVALID_ARGUMENT (MALFORMED_REQUEST), and FeedStream's
// errors.
template <class Request>
grpc::ServerWriteReactor<grpc::ByteBuffer>* Subscribe(rpc::Runtime& runtime,
                                                      std::string_view method,
                                                      grpc::CallbackServerContext& context,
                                                      const Source& source,
                                                      const grpc::ByteBuffer& request) {
  Request parsed;
  if (absl::Status status = rpc::FromBytes(request, method, parsed); !status.ok()) {
    return RefusedStream::Run(
        std::make_shared<RefusedStream>(runtime, method, context, std::move(status)));
  }
  return FeedStream::Run(std::make_shared<FeedStream>(
      runtime, method, context, source,
      Start{.after_sequence = parsed.after_sequence(), .after_checksum = parsed.after_checksum()}));
}

}  // namespace outlay::feed

#endif  // OUTLAY_SERVICES_COMMON_FEED_FEED_STREAM_SERVICE_H_
