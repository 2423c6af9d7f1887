// A bounded pool of worker threads, for handlers that compute for long or wait for a disk.
#ifndef OUTLAY_SERVICES_COMMON_RPC_EXECUTOR_H_
#define OUTLAY_SERVICES_COMMON_RPC_EXECUTOR_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/functional/any_invocable.h"

namespace outlay::rpc {

// Safe for concurrent use. Tasks start in the order of submission and must not throw.
class Executor {
 public:
  using Task = absl::AnyInvocable<void()>;

  // `threads` and `queue_limit` (tasks that wait for a thread) are at least 1.
  Executor(size_t threads, size_t queue_limit);
  // Shuts down.
  ~Executor();

  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  // False, and the task is not run, when the queue is full or after Shutdown. Never blocks.
  [[nodiscard]] bool TrySubmit(Task task);

  // Runs what is queued, then ends the threads. Idempotent; not to be called from a task.
  void Shutdown();

  size_t queue_limit() const { return queue_limit_; }

 private:
  void Work();

  const size_t queue_limit_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Task> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_EXECUTOR_H_
