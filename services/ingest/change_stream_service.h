// One subscriber of SubscribeChanges.
#ifndef OUTLAY_SERVICES_INGEST_CHANGE_STREAM_SERVICE_H_
#define OUTLAY_SERVICES_INGEST_CHANGE_STREAM_SERVICE_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "grpcpp/alarm.h"
#include "grpcpp/support/byte_buffer.h"
#include "services/common/journal/journal.h"
#include "services/common/rpc/server_stream.h"

namespace outlay::ingest {

struct FeedOptions {
  std::chrono::milliseconds heartbeat{5'000};
  size_t batch_records_max = 1'000;
  size_t batch_bytes_max = size_t{1} << 20;
};

// Holds nothing but its position: it reads on when the client has taken what was written, waits at the journal's tail when it has
// everything, and so slows nobody but itself. Reads run on the executor.
class ChangeStream final : public rpc::ServerStream<grpc::ByteBuffer>,
                           public std::enable_shared_from_this<ChangeStream> {
 public:
  // Ends at once with OUT_OF_RANGE (SEQUENCE_AHEAD) where the journal is not that long, with FAILED_PRECONDITION (JOURNAL_DIFFERS) where
  // its checksum at `after_sequence` is not `after_checksum` (0: whatever it is).
  ChangeStream(rpc::Runtime& runtime, std::string_view method, grpc::CallbackServerContext& context,
               journal::Journal& journal, const FeedOptions& options, uint64_t after_sequence,
               uint64_t after_checksum);

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
  const FeedOptions options_;
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

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_CHANGE_STREAM_SERVICE_H_
