// outlay-fx as a process of its own, with a history of the ECB's size.
#ifndef OUTLAY_TESTS_BENCH_FX_FX_SERVER_H_
#define OUTLAY_TESTS_BENCH_FX_FX_SERVER_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "grpcpp/support/byte_buffer.h"
#include "tests/bench/byte_client.h"
#include "tests/bench/server_process.h"

namespace outlay::bench {

inline constexpr char kConvertMethod[] = "/outlay.fx.v1.FxService/ConvertMoney";
inline constexpr char kBatchMethod[] = "/outlay.fx.v1.FxService/BatchConvert";
inline constexpr char kStreamConvertMethod[] = "/outlay.fx.v1.FxService/StreamConvert";

// The generated history: weekdays from 1999 on, rates per euro.
class RateHistory {
 public:
  RateHistory();

  uint64_t rate_count() const { return rate_count_; }
  // RecordRatesRequests.
  const std::vector<grpc::ByteBuffer>& batches() const { return batches_; }
  const std::vector<std::string>& dates() const { return dates_; }

 private:
  uint64_t rate_count_ = 0;
  std::vector<grpc::ByteBuffer> batches_;
  std::vector<std::string> dates_;
};

class FxServer {
 public:
  explicit FxServer(const std::filesystem::path& directory)
      : server_("outlay-fx", directory), client_(server_.address()) {}

  ByteClient& client() { return client_; }
  pid_t pid() const { return server_.pid(); }
  double start_seconds() const { return server_.start_seconds(); }
  // Records the history; returns the seconds up to the last answer.
  double Load(const RateHistory& history);
  void Stop() { server_.Stop(); }

 private:
  ServerProcess server_;
  ByteClient client_;
};

}  // namespace outlay::bench

#endif  // OUTLAY_TESTS_BENCH_FX_FX_SERVER_H_
