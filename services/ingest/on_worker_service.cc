#include "services/ingest/on_worker_service.h"

#include <exception>
#include <utility>

#include "services/common/rpc/errors.h"

namespace outlay::ingest {

void StartOnWorker(rpc::Runtime& runtime, const rpc::CallContext& call, rpc::FinishCall finish,
                   std::function<void(rpc::FinishCall finish)> start) {
  rpc::Executor& executor = runtime.executor();
  const bool taken = executor.TrySubmit([&call, finish, start = std::move(start)] {
    if (const absl::Status live = call.CheckLive(); !live.ok()) {
      finish(live);
      return;
    }
    try {
      start(finish);
    } catch (const std::exception& exception) {
      finish(rpc::UncaughtException(exception.what()));
    }
  });
  if (!taken) finish(rpc::WorkersBusy(executor.queue_limit()));
}

void RunOnWorker(rpc::Runtime& runtime, const rpc::CallContext& call, rpc::FinishCall finish,
                 rpc::UnaryHandler handler) {
  StartOnWorker(
      runtime, call, std::move(finish),
      [&call, handler = std::move(handler)](const rpc::FinishCall& done) { done(handler(call)); });
}

}  // namespace outlay::ingest
