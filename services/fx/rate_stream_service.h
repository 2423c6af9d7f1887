// One caller of StreamRates.
#ifndef OUTLAY_SERVICES_FX_RATE_STREAM_SERVICE_H_
#define OUTLAY_SERVICES_FX_RATE_STREAM_SERVICE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "grpcpp/support/byte_buffer.h"
#include "outlay/fx/v1/fx_service.pb.h"
#include "services/common/rpc/batch_stream.h"
#include "services/fx/rate_reader.h"
#include "services/fx/rate_recorder.h"

namespace outlay::fx {

// One batch is recorded on the executor, as RecordRates is, while the next one arrives: the recorder takes one at a time anyway.
class RateStream final : public rpc::BatchStream {
 public:
  // Both outlive it.
  RateStream(rpc::Runtime& runtime, std::string_view method, grpc::CallbackServerContext& context,
             RateRecorder& recorder, const RateReader& reader);

 private:
  void Take(const grpc::ByteBuffer& message) override;
  std::map<std::string, std::string> Position() const override;

  // The message's number and note against those before.
  absl::Status Accept(const v1::StreamRatesRequest& request);

  RateRecorder& recorder_;
  const RateReader& reader_;
  // Of the messages taken, which are taken one at a time.
  std::optional<uint64_t> last_batch_number_;
  ChangeNote note_;
};

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_RATE_STREAM_SERVICE_H_
