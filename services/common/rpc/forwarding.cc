#include "services/common/rpc/forwarding.h"

#include <chrono>
#include <mutex>
#include <optional>
#include <utility>

#include "google/protobuf/descriptor.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/byte_buffer.h"
#include "services/common/rpc/call_context.h"
#include "services/common/rpc/error_mapping.h"
#include "services/common/rpc/errors.h"

namespace outlay::rpc {
namespace {

constexpr const char* kCarriedMetadata[] = {"traceparent", "tracestate", "authorization"};

// Carried by grpc::Status itself.
constexpr std::string_view kStatusDetailsKey = "grpc-status-details-bin";

std::string_view View(const grpc::string_ref& text) { return {text.data(), text.size()}; }

// Answers a call with a status and nothing else.
class Refusal final : public grpc::ServerGenericBidiReactor {
 public:
  explicit Refusal(const absl::Status& status) { Finish(ToGrpcStatus(status)); }

 private:
  void OnDone() override { delete this; }
};

}  // namespace

// Both halves of one forwarded call: the server's side towards the caller is this object, the
// client's side towards the backend its member. Each direction is a chain of read, write, read …,
// so that one message at a time is under way.
//
// Life: the backend's half ends first (its OnDone ends ours by Finish), then our OnDone deletes
// both. Two holds keep the backend's half from ending while our side may start operations on it:
// one for writes, given up by EndWrites under the same lock that those writes take, and one for
// reads, given up when the read chain ends.
class Forwarder::ForwardedCall final : public grpc::ServerGenericBidiReactor,
                                       public DrainableStream {
 public:
  ForwardedCall(Runtime& runtime, const Destination& destination,
                grpc::GenericCallbackServerContext& context)
      : runtime_(runtime),
        destination_(destination),
        server_context_(context),
        call_(context, context.method().substr(1),
              destination.streaming ? context.deadline() : runtime.UnaryDeadline(context)),
        stub_(destination.channel),
        backend_(*this) {}

  // Takes the call, or refuses it where the server has too many.
  void Begin() {
    const absl::Status admitted =
        destination_.streaming ? runtime_.streams().Add(*this) : runtime_.gate().Enter();
    counted_ = admitted.ok();
    if (!counted_) {
      runtime_.LogFailure(call_, admitted, start_);
      Finish(ToGrpcStatus(admitted));
      return;
    }
    client_context_.set_deadline(call_.deadline());
    for (const char* const key : kCarriedMetadata) {
      if (const auto value = call_.Metadata(key)) client_context_.AddMetadata(key, *value);
    }
    client_context_.AddMetadata("x-request-id", call_.request_id());
    stub_.PrepareBidiStreamingCall(&client_context_, "/" + call_.method(), {}, &backend_);
    backend_.AddMultipleHolds(2);
    backend_.StartCall();
    StartRead(&request_);
  }

 private:
  // The client's half.
  class Backend final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
   public:
    explicit Backend(ForwardedCall& call) : call_(call) {}

   private:
    void OnReadInitialMetadataDone(bool ok) override { call_.OnBackendMetadata(ok); }
    void OnReadDone(bool ok) override { call_.OnBackendRead(ok); }
    void OnWriteDone(bool ok) override { call_.OnBackendWritten(ok); }
    void OnDone(const grpc::Status& status) override { call_.OnBackendDone(status); }

    ForwardedCall& call_;
  };

  // Caller → backend.
  void OnReadDone(bool ok) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (writes_over_) return;
    if (ok) {
      backend_.StartWrite(&request_);
    } else {
      backend_.StartWritesDone();
      EndWrites();
    }
  }

  void OnBackendWritten(bool ok) {
    request_.Clear();
    // Reading on after a failed write would find out nothing: the backend's reads tell how it
    // ended.
    if (ok) StartRead(&request_);
  }

  // Backend → caller.
  void OnBackendMetadata(bool ok) {
    if (ok) {
      for (const auto& [key, value] : client_context_.GetServerInitialMetadata()) {
        server_context_.AddInitialMetadata(std::string(View(key)), std::string(View(value)));
      }
      // A unary answer carries it along. Sent by itself, it would keep the caller from retrying a
      // failure.
      if (destination_.streaming) StartSendInitialMetadata();
    }
    backend_.StartRead(&response_);
  }

  void OnBackendRead(bool ok) {
    if (ok) {
      StartWrite(&response_);
      return;
    }
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      EndWrites();
    }
    backend_.RemoveHold();
  }

  void OnWriteDone(bool /*ok*/) override {
    response_.Clear();
    // After a failed write, too: the call was cancelled, and so the read ends the chain.
    backend_.StartRead(&response_);
  }

  // With the lock held.
  void EndWrites() {
    if (writes_over_) return;
    writes_over_ = true;
    backend_.RemoveHold();
  }

  void OnBackendDone(const grpc::Status& status) {
    for (const auto& [key, value] : client_context_.GetServerTrailingMetadata()) {
      if (View(key) == kStatusDetailsKey) continue;
      server_context_.AddTrailingMetadata(std::string(View(key)), std::string(View(value)));
    }
    grpc::Status result = status;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (draining_) {
        result = ToGrpcStatus(Draining());
      } else if (!status.ok() && status.error_details().empty()) {
        result = ToGrpcStatus(FromGrpcStatus(status, destination_.service));
      }
    }
    runtime_.LogFailure(call_, FromGrpcStatus(result), start_);
    if (!destination_.streaming) runtime_.gate().Answered();
    Finish(std::move(result));
  }

  void Drain() override {
    const std::lock_guard<std::mutex> lock(mutex_);
    draining_ = true;
    client_context_.TryCancel();
  }

  void OnCancel() override {
    call_.MarkCancelled();
    client_context_.TryCancel();
  }

  void OnDone() override {
    if (counted_) {
      if (destination_.streaming) {
        runtime_.streams().Remove(*this);
      } else {
        runtime_.gate().Leave();
      }
    }
    delete this;
  }

  Runtime& runtime_;
  const Destination& destination_;
  grpc::GenericCallbackServerContext& server_context_;
  CallContext call_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  bool counted_ = false;

  grpc::ClientContext client_context_;
  grpc::GenericStub stub_;
  Backend backend_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;

  std::mutex mutex_;          // what follows
  bool writes_over_ = false;  // no more writes to the backend
  bool draining_ = false;
};

absl::StatusOr<std::unique_ptr<Forwarder>> Forwarder::Make(Runtime& runtime,
                                                           std::vector<Route> routes) {
  std::map<std::string, Destination> destinations;
  for (Route& route : routes) {
    std::string name = route.method;
    const size_t slash = name.find('/');
    if (slash != std::string::npos) name[slash] = '.';
    const auto* const method =
        google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name);
    if (method == nullptr || slash == std::string::npos) {
      return BadRoute(route.method, "is not a method of a proto that is linked in");
    }
    Destination destination{.service = std::move(route.service),
                            .streaming = method->client_streaming() || method->server_streaming(),
                            .channel = std::move(route.channel)};
    if (!destinations.emplace("/" + route.method, std::move(destination)).second) {
      return BadRoute(route.method, "is listed twice");
    }
  }
  return std::unique_ptr<Forwarder>(new Forwarder(runtime, std::move(destinations)));
}

grpc::ServerGenericBidiReactor* Forwarder::CreateReactor(
    grpc::GenericCallbackServerContext* context) {
  const auto destination = destinations_.find(context->method());
  if (destination == destinations_.end()) {
    const std::string& path = context->method();
    return new Refusal(UnknownMethod(path.substr(path.empty() ? 0 : 1)));
  }
  auto* const call = new ForwardedCall(runtime_, destination->second, *context);
  call->Begin();
  return call;
}

}  // namespace outlay::rpc
