#include "tests/bench/byte_client.h"

#include <atomic>
#include <future>
#include <memory>
#include <stdexcept>

#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "tests/bench/report_table.h"

namespace outlay::bench {
namespace {

using Stub = grpc::TemplatedGenericStub<grpc::ByteBuffer, grpc::ByteBuffer>;

constexpr int kMessageBytesMax = 256 << 20;

void Require(const grpc::Status& status, const std::string& method) {
  if (!status.ok()) throw std::runtime_error(method + " failed: " + status.error_message());
}

// One stream: a writer and a reader that do not wait for each other.
class StreamCall final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  using WantsMore = std::function<bool(grpc::ByteBuffer&)>;

  StreamCall(const std::vector<grpc::ByteBuffer>& messages, WantsMore wants_more)
      : messages_(messages), wants_more_(std::move(wants_more)) {}

  grpc::Status Run(Stub& stub, const std::string& method) {
    stub.PrepareBidiStreamingCall(&context_, method, {}, this);
    StartRead(&response_);
    StartWrite(&messages_[0]);
    StartCall();
    return ended_->get_future().get();
  }

  bool satisfied() const { return satisfied_; }

 private:
  void OnWriteDone(bool ok) override {
    if (!ok) return;
    if (++written_ < messages_.size()) {
      StartWrite(&messages_[written_]);
    } else {
      StartWritesDone();
    }
  }

  void OnReadDone(bool ok) override {
    if (!ok) return;
    if (wants_more_(response_)) {
      StartRead(&response_);
    } else {
      satisfied_ = true;
      context_.TryCancel();
    }
  }

  void OnDone(const grpc::Status& status) override {
    const auto ended = ended_;  // the call may be gone before set_value returns
    ended->set_value(status);
  }

  const std::vector<grpc::ByteBuffer>& messages_;
  const WantsMore wants_more_;
  grpc::ClientContext context_;
  grpc::ByteBuffer response_;
  size_t written_ = 0;
  bool satisfied_ = false;
  const std::shared_ptr<std::promise<grpc::Status>> ended_ =
      std::make_shared<std::promise<grpc::Status>>();
};

// Many unary calls, each followed by the next that nobody has taken.
class ManyCalls {
 public:
  ManyCalls(Stub& stub, const std::string& method, const std::vector<grpc::ByteBuffer>& messages,
            const ByteClient::OnResponse& on_response)
      : stub_(stub), method_(method), messages_(messages), on_response_(on_response) {}

  void Run(size_t outstanding) {
    const auto ended = std::make_shared<std::promise<void>>();
    {
      const Running running(nullptr, [ended](void*) { ended->set_value(); });
      for (size_t i = 0; i < outstanding; ++i) StartNext(running);
    }
    ended->get_future().get();
    Require(failure_, method_);
  }

 private:
  // Ends when the last call is gone, with its context: a context holds the channel, which gRPC's own thread must not be the last to let go of.
  using Running = std::shared_ptr<void>;

  struct One {
    explicit One(Running the_running) : running(std::move(the_running)) {}

    const Running running;  // the first, so that it goes last
    grpc::ClientContext context;
    grpc::ByteBuffer response;
  };

  void StartNext(const Running& running) {
    const size_t index = next_++;
    if (index >= messages_.size()) return;
    const auto one = std::make_shared<One>(running);
    stub_.UnaryCall(&one->context, method_, {}, &messages_[index], &one->response,
                    [this, one](const grpc::Status& status) {
                      if (!status.ok()) {
                        const std::lock_guard<std::mutex> lock(mutex_);
                        failure_ = status;
                      } else {
                        on_response_(one->response);
                      }
                      StartNext(one->running);
                    });
  }

  Stub& stub_;
  const std::string& method_;
  const std::vector<grpc::ByteBuffer>& messages_;
  const ByteClient::OnResponse& on_response_;
  std::atomic<size_t> next_{0};
  std::mutex mutex_;
  grpc::Status failure_;
};

}  // namespace

ByteClient::ByteClient(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMessageBytesMax);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  channel_ = grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

grpc::ByteBuffer ByteClient::Call(const std::string& method, const grpc::ByteBuffer& request) {
  grpc::ByteBuffer answer;
  CallAll(method, {request}, 1, [&](grpc::ByteBuffer& response) { answer.Swap(&response); });
  return answer;
}

double ByteClient::CallAll(const std::string& method, const std::vector<grpc::ByteBuffer>& messages,
                           size_t outstanding, const OnResponse& on_response) {
  Stub stub(channel_);
  const Stopwatch watch;
  ManyCalls(stub, method, messages, on_response).Run(outstanding);
  return watch.Seconds();
}

double ByteClient::Stream(const std::string& method, const std::vector<grpc::ByteBuffer>& messages,
                          const OnResponse& on_response) {
  Stub stub(channel_);
  StreamCall call(messages, [&](grpc::ByteBuffer& response) {
    on_response(response);
    return true;
  });
  const Stopwatch watch;
  Require(call.Run(stub, method), method);
  return watch.Seconds();
}

double ByteClient::Subscribe(const std::string& method, const grpc::ByteBuffer& request,
                             const std::function<bool(grpc::ByteBuffer&)>& wants_more) {
  Stub stub(channel_);
  const std::vector<grpc::ByteBuffer> messages = {request};
  double seconds = 0;
  const Stopwatch watch;
  StreamCall call(messages, [&](grpc::ByteBuffer& response) {
    const bool more = wants_more(response);
    if (!more) seconds = watch.Seconds();
    return more;
  });
  const grpc::Status status = call.Run(stub, method);
  if (!call.satisfied()) throw std::runtime_error(method + " ended: " + status.error_message());
  return seconds;
}

}  // namespace outlay::bench
