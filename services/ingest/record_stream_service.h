// One caller of StreamDisclosures.
#ifndef OUTLAY_SERVICES_INGEST_RECORD_STREAM_SERVICE_H_
#define OUTLAY_SERVICES_INGEST_RECORD_STREAM_SERVICE_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "grpcpp/alarm.h"
#include "outlay/ingest/v1/ingest_service.pb.h"
#include "services/common/rpc/bidi_stream.h"
#include "services/ingest/recorder.h"

namespace outlay::ingest {

// Batches are checked one after the other on the executor and stored in the order sent; meanwhile earlier ones are being committed. The
// next message is read only while few batches are under way and the caller takes its acknowledgements, so that a slow disk or a slow
// caller slows this stream and holds no more memory. However the stream ends, what was taken in is acknowledged before.
class RecordStream final
    : public rpc::BidiStream<v1::StreamDisclosuresRequest, v1::StreamDisclosuresResponse>,
      public std::enable_shared_from_this<RecordStream> {
 public:
  RecordStream(rpc::Runtime& runtime, std::string_view method, grpc::CallbackServerContext& context,
               Recorder& recorder);

 private:
  using Request = v1::StreamDisclosuresRequest;
  using Batch = std::shared_ptr<const Request>;

  struct UnderWay {
    uint64_t batch_number = 0;
    std::optional<v1::StreamDisclosuresResponse> response;  // once it is stored
  };

  void OnMessage(Request& message) override;
  void OnHalfClosed() override { EndAfterAll(absl::OkStatus()); }
  void OnReady() override;
  void OnDrain() override;
  void OnClosed() override;
  std::map<std::string, std::string> Position() const override;

  // The message's number and note against those before. INVALID_ARGUMENT: BATCH_NUMBER_ORDER, and CheckWriteRequest's.
  absl::Status Accept(const Request& message);
  // Passes the batch on to the executor, after a while where it or the journal was full.
  void Schedule(const Batch& batch);
  void ScheduleLater(const Batch& batch, std::chrono::milliseconds delay);
  // On the executor: checks the batch and hands it to the journal.
  void Process(const Batch& batch);
  void OnRecorded(uint64_t batch_number, const absl::StatusOr<RecordOutcome>& outcome);
  // With the lock held.
  void SendAcknowledgements();
  // Takes no more batches; ends with the status once all that were taken are acknowledged. The first call counts.
  void EndAfterAll(const absl::Status& status);
  // Reads the next message, or ends, where it is time.
  void Proceed();

  Recorder& recorder_;

  mutable std::mutex mutex_;  // what follows
  bool has_message_ = false;
  uint64_t last_batch_number_ = 0;
  uint64_t acknowledged_batch_number_ = 0;
  ChangeNote note_;
  // A message is asked for and has not come.
  bool reading_ = true;
  // A batch is read and not yet with the journal; later ones wait.
  bool handing_over_ = false;
  // The journal was full: how long it asks to wait.
  std::optional<std::chrono::milliseconds> refused_for_;
  std::deque<UnderWay> under_way_;  // in the order sent
  size_t unsent_ = 0;               // acknowledgements that the caller has not taken
  bool draining_ = false;
  bool closed_ = false;
  std::optional<absl::Status> end_;
  std::unique_ptr<grpc::Alarm> alarm_;
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_RECORD_STREAM_SERVICE_H_
