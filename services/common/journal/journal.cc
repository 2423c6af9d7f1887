#include "services/common/journal/journal.h"

#include <future>
#include <memory>
#include <utility>

namespace outlay::journal {

absl::StatusOr<AppendResult> Journal::Append(Batch batch) {
  // Shared: the commit thread may still be inside set_value when the waiting thread has its result.
  const auto promise = std::make_shared<std::promise<absl::StatusOr<AppendResult>>>();
  std::future<absl::StatusOr<AppendResult>> result = promise->get_future();
  Submit(std::move(batch), [promise](absl::StatusOr<AppendResult> outcome) {
    promise->set_value(std::move(outcome));
  });
  return result.get();
}

}  // namespace outlay::journal
