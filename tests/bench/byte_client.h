// Calls with messages that are serialized already: what the client costs is gRPC's own.
#ifndef OUTLAY_TESTS_BENCH_BYTE_CLIENT_H_
#define OUTLAY_TESTS_BENCH_BYTE_CLIENT_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "grpcpp/channel.h"
#include "grpcpp/support/byte_buffer.h"

namespace outlay::bench {

// Methods are full names with the leading slash. A call that fails throws std::runtime_error with its message.
class ByteClient {
 public:
  // Called with every response, on gRPC's threads, one at a time for a call.
  using OnResponse = std::function<void(grpc::ByteBuffer& response)>;

  explicit ByteClient(const std::string& address);

  grpc::ByteBuffer Call(const std::string& method, const grpc::ByteBuffer& request);

  // All messages, each once, `outstanding` of them under way at any time. `on_response` may run on several threads at once. Returns the
  // seconds that it took.
  double CallAll(const std::string& method, const std::vector<grpc::ByteBuffer>& messages,
                 size_t outstanding, const OnResponse& on_response);

  // One bidirectional call: writes as fast as flow control lets it, reads to the end. Returns the seconds from the first write to the
  // last response.
  double Stream(const std::string& method, const std::vector<grpc::ByteBuffer>& messages,
                const OnResponse& on_response);

  // One request, responses until `wants_more` says no: then the call is cancelled. Returns the seconds up to there.
  double Subscribe(const std::string& method, const grpc::ByteBuffer& request,
                   const std::function<bool(grpc::ByteBuffer& response)>& wants_more);

 private:
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace outlay::bench

#endif  // OUTLAY_TESTS_BENCH_BYTE_CLIENT_H_
