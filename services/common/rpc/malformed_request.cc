#include "services/common/rpc/malformed_request.h"

#include <string>
#include <utility>

#include "services/common/rpc/error_mapping.h"
#include "services/common/rpc/errors.h"

namespace outlay::rpc {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::Interceptor;
using grpc::experimental::InterceptorBatchMethods;
using grpc::experimental::ServerRpcInfo;

class Naming final : public Interceptor {
 public:
  Naming(std::string method, const telemetry::Logger& logger)
      : method_(std::move(method)), logger_(logger) {}

  void Intercept(InterceptorBatchMethods* batch) override {
    if (batch->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
      const grpc::Status status = batch->GetSendStatus();
      // All of our own refusals have a message.
      if (status.error_code() == grpc::StatusCode::UNIMPLEMENTED &&
          status.error_message().empty()) {
        logger_.Warning("malformed request", {{"method", method_}});
        batch->ModifySendStatus(ToGrpcStatus(MalformedRequest(method_)));
      }
    }
    batch->Proceed();
  }

 private:
  const std::string method_;
  const telemetry::Logger& logger_;
};

class NamingFactory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  explicit NamingFactory(telemetry::Logger logger) : logger_(std::move(logger)) {}

  Interceptor* CreateServerInterceptor(ServerRpcInfo* info) override {
    // Streams from the client begin before a message is read; their UNIMPLEMENTED means what it says.
    if (info->type() != ServerRpcInfo::Type::UNARY &&
        info->type() != ServerRpcInfo::Type::SERVER_STREAMING) {
      return nullptr;
    }
    const std::string method = info->method() == nullptr ? "" : info->method();
    return new Naming(method.empty() ? method : method.substr(1), logger_);
  }

 private:
  const telemetry::Logger logger_;
};

}  // namespace

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> NameMalformedRequests(
    telemetry::Logger logger) {
  return std::make_unique<NamingFactory>(std::move(logger));
}

}  // namespace outlay::rpc
