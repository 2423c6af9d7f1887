// A bidirectional call that a test writes and reads message by message.
#ifndef OUTLAY_TESTS_SUPPORT_BATCH_WRITER_H_
#define OUTLAY_TESTS_SUPPORT_BATCH_WRITER_H_

#include <memory>
#include <optional>

#include "grpcpp/client_context.h"
#include "grpcpp/support/sync_stream.h"

namespace outlay::tests {

template <class Request, class Response>
class BatchWriter {
 public:
  // `start` begins the call: [&](auto* context) { return stub.StreamRates(context); }
  template <class Start>
  explicit BatchWriter(Start start) : stream_(start(&context_)) {}
  ~BatchWriter() { context_.TryCancel(); }

  bool Send(const Request& request) { return stream_->Write(request); }
  // With the end of the stream in the same write.
  void SendLast(const Request& request) { stream_->WriteLast(request, grpc::WriteOptions()); }
  void Done() { stream_->WritesDone(); }
  void Cancel() { context_.TryCancel(); }

  // nullopt at the stream's end.
  std::optional<Response> Next() {
    Response response;
    if (!stream_->Read(&response)) return std::nullopt;
    return response;
  }

  grpc::Status FinishCall() { return stream_->Finish(); }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<Request, Response>> stream_;
};

}  // namespace outlay::tests

#endif  // OUTLAY_TESTS_SUPPORT_BATCH_WRITER_H_
