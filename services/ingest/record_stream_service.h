// One caller of StreamDisclosures.
#ifndef OUTLAY_SERVICES_INGEST_RECORD_STREAM_SERVICE_H_
#define OUTLAY_SERVICES_INGEST_RECORD_STREAM_SERVICE_H_

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/slice.h"
#include "services/common/rpc/batch_stream.h"
#include "services/ingest/recorder.h"
#include "services/ingest/stream_batch_proto.h"

namespace outlay::ingest {

// Batches are checked one after the other on the executor and stored in the order sent; meanwhile earlier ones are being committed and the
// next one arrives. Their bytes are read where they lie.
class RecordStream final : public rpc::BatchStream {
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

  // INVALID_ARGUMENT: MALFORMED_REQUEST, BATCH_NUMBER_ORDER, and CheckWriteRequest's.
  void Take(const grpc::ByteBuffer& message) override;
  std::map<std::string, std::string> Position() const override;

  std::shared_ptr<RecordStream> Self();
  absl::StatusOr<BatchPtr> Parse(const grpc::ByteBuffer& message);
  // The message's number and note against those before.
  absl::Status Accept(const StreamBatch& batch);
  // Checks the batch and hands it to the journal; again later where that was full.
  void Process(const BatchPtr& batch);
  void OnRecorded(uint64_t batch_number, const absl::StatusOr<RecordOutcome>& outcome);

  Recorder& recorder_;

  // Of the messages taken, which are taken one at a time.
  bool has_message_ = false;
  uint64_t last_batch_number_ = 0;
  ChangeNote note_;
  // The journal was full: how long it asks to wait. Told inside Record.
  std::optional<std::chrono::milliseconds> refused_for_;
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_RECORD_STREAM_SERVICE_H_
