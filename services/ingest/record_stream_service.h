// One caller of StreamDisclosures.
#ifndef OUTLAY_SERVICES_INGEST_RECORD_STREAM_SERVICE_H_
#define OUTLAY_SERVICES_INGEST_RECORD_STREAM_SERVICE_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "grpcpp/alarm.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/slice.h"
#include "services/common/rpc/bidi_stream.h"
#include "services/ingest/recorder.h"
#include "services/ingest/stream_batch_proto.h"

namespace outlay::ingest {

// Batches are read, checked one after the other on the executor and stored in the order sent; meanwhile earlier ones are being committed
// and the next one arrives. The next message is read only while at most 32 MiB are under way and the caller takes its acknowledgements, so
// that a slow disk or a slow caller slows this stream and holds no more memory. However the stream ends, what was taken in is acknowledged
// before.
//
// Messages come as bytes, which are read where they lie, on the executor, not on gRPC's few threads.
class RecordStream final : public rpc::BidiStream<grpc::ByteBuffer, grpc::ByteBuffer>,
                           public std::enable_shared_from_this<RecordStream> {
 public:
  RecordStream(rpc::Runtime& runtime, std::string_view method, grpc::CallbackServerContext& context,
               Recorder& recorder);

 private:
  // A message as it came, and where its parts lie in it.
  struct Batch {
    grpc::Slice bytes;
    StreamBatch parts;
  };
  using BatchPtr = std::shared_ptr<const Batch>;

  struct UnderWay {
    uint64_t batch_number = 0;
    size_t bytes = 0;                          // of the message
    std::optional<grpc::ByteBuffer> response;  // once it is stored
  };

  void OnMessage(grpc::ByteBuffer& message) override;
  void OnHalfClosed() override;
  void OnReady() override;
  void OnDrain() override;
  void OnClosed() override;
  std::map<std::string, std::string> Position() const override;

  // Takes the next step, unless it is under way: hands a message over, reads the next, ends.
  void Proceed();
  // Runs `step` on the executor, after a while where that is full.
  void Schedule(std::function<void()> step);
  void ScheduleLater(std::function<void()> step, std::chrono::milliseconds delay);
  // On the executor. INVALID_ARGUMENT: MALFORMED_REQUEST, BATCH_NUMBER_ORDER, and CheckWriteRequest's.
  void Take(grpc::ByteBuffer message);
  absl::StatusOr<BatchPtr> Parse(const grpc::ByteBuffer& message);
  // The message's number and note against those before.
  absl::Status Accept(const StreamBatch& batch);
  // Checks the batch and hands it to the journal; again later where that was full.
  void Process(const BatchPtr& batch);
  void OnRecorded(uint64_t batch_number, const absl::StatusOr<RecordOutcome>& outcome);
  // With the lock held.
  void SendAcknowledgements();
  // Takes no more batches; ends with the error once all that were taken are acknowledged. The first call counts.
  void FailAfterAll(const absl::Status& error);

  Recorder& recorder_;

  mutable std::mutex mutex_;  // what follows
  bool has_message_ = false;
  uint64_t last_batch_number_ = 0;
  uint64_t acknowledged_batch_number_ = 0;
  ChangeNote note_;
  // A message is asked for and has not come.
  bool reading_ = true;
  // Read ahead of its turn.
  std::optional<grpc::ByteBuffer> next_;
  // A message is with the executor and not yet with the journal; later ones wait.
  bool handing_over_ = false;
  // The journal was full: how long it asks to wait.
  std::optional<std::chrono::milliseconds> refused_for_;
  std::deque<UnderWay> under_way_;  // in the order sent
  size_t under_way_bytes_ = 0;      // theirs
  size_t unsent_ = 0;               // acknowledgements that the caller has not taken
  bool draining_ = false;
  bool half_closed_ = false;  // what was taken before can still fail
  bool closed_ = false;
  std::optional<absl::Status> failure_;
  std::unique_ptr<grpc::Alarm> alarm_;
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_RECORD_STREAM_SERVICE_H_
