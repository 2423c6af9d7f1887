// Passing a call on to the executor.
#ifndef OUTLAY_SERVICES_INGEST_ON_WORKER_SERVICE_H_
#define OUTLAY_SERVICES_INGEST_ON_WORKER_SERVICE_H_

#include <functional>

#include "services/common/rpc/call_context.h"
#include "services/common/rpc/runtime.h"
#include "services/common/rpc/unary.h"

namespace outlay::ingest {

// Runs `start` on the executor; it finishes the call, now or later, by the `finish` it is given. Finishes the call itself where the queue
// is full, where nobody waits any more when the turn comes, and where an exception leaves `start` (which must not have passed `finish` on
// then).
void StartOnWorker(rpc::Runtime& runtime, const rpc::CallContext& call, rpc::FinishCall finish,
                   std::function<void(rpc::FinishCall finish)> start);

// The same for work that is done when `handler` returns.
void RunOnWorker(rpc::Runtime& runtime, const rpc::CallContext& call, rpc::FinishCall finish,
                 rpc::UnaryHandler handler);

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_ON_WORKER_SERVICE_H_
