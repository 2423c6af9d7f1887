#include "services/common/rpc/grpc_log.h"

#include <memory>
#include <mutex>
#include <string_view>
#include <utility>

#include "grpc/support/log.h"

namespace outlay::rpc {
namespace {

// Never destroyed: gRPC's threads may log until the process is gone.
struct Target {
  std::mutex mutex;
  telemetry::Logger logger;
};

Target& GrpcLogTarget() {
  static Target* const target = new Target;
  return *target;
}

// How many QuietGrpcErrors live on this thread.
thread_local int quiet_count = 0;

void Forward(gpr_log_func_args* args) {
  Target& target = GrpcLogTarget();
  telemetry::Logger logger;
  {
    const std::lock_guard<std::mutex> lock(target.mutex);
    logger = target.logger;
  }
  const std::string_view path = args->file;
  const std::string_view file = path.substr(path.rfind('/') + 1);
  const bool is_error = args->severity == GPR_LOG_SEVERITY_ERROR && quiet_count == 0;
  const telemetry::Level level = is_error ? telemetry::Level::kWarning : telemetry::Level::kDebug;
  logger.Log(level, args->message, {{"component", "grpc"}, {"file", file}, {"line", args->line}});
}

}  // namespace

QuietGrpcErrors::QuietGrpcErrors() { ++quiet_count; }
QuietGrpcErrors::~QuietGrpcErrors() { --quiet_count; }

void RouteGrpcLog(const telemetry::Logger& logger) {
  Target& target = GrpcLogTarget();
  {
    const std::lock_guard<std::mutex> lock(target.mutex);
    target.logger = logger;
  }
  gpr_set_log_verbosity(logger.Enabled(telemetry::Level::kDebug) ? GPR_LOG_SEVERITY_INFO
                                                                 : GPR_LOG_SEVERITY_ERROR);
  gpr_set_log_function(Forward);
}

}  // namespace outlay::rpc
