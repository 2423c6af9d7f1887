// One caller of StreamConvert.
#ifndef OUTLAY_SERVICES_FX_CONVERT_STREAM_SERVICE_H_
#define OUTLAY_SERVICES_FX_CONVERT_STREAM_SERVICE_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "grpcpp/support/byte_buffer.h"
#include "services/common/rpc/batch_stream.h"
#include "services/fx/rate_reader.h"

namespace outlay::fx {

// Each message is converted on the executor, from one state of the rates; the next may see a later one. Answers say which. One message is
// converted while the next one arrives and the answer before goes out.
class ConvertStream final : public rpc::BatchStream {
 public:
  // `reader` outlives it.
  ConvertStream(rpc::Runtime& runtime, std::string_view method,
                grpc::CallbackServerContext& context, const RateReader& reader);

 private:
  void Take(const grpc::ByteBuffer& message) override;
  std::map<std::string, std::string> Position() const override;
  absl::StatusOr<grpc::ByteBuffer> Convert(const grpc::ByteBuffer& message) const;

  const RateReader& reader_;
  uint64_t taken_ = 0;  // messages, which are taken one at a time
};

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_CONVERT_STREAM_SERVICE_H_
