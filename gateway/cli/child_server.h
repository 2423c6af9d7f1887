// A server of Outlay as a child process.
#ifndef OUTLAY_GATEWAY_CLI_CHILD_SERVER_H_
#define OUTLAY_GATEWAY_CLI_CHILD_SERVER_H_

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace outlay::cli {

// Asked now and then while something is waited for; OK to go on.
using KeepWaiting = std::function<absl::Status()>;

class ChildServer {
 public:
  // Starts `program` with the arguments, which say all that it is to do: of this process's environment it gets what is none of Outlay's, no
  // OUTLAY_… setting. Its log goes to `log_path`. It is a process group of its own, so that Ctrl-C in a terminal does not
  // reach it, and gets SIGTERM when this process dies without stopping it. UNAVAILABLE (SERVER_FAILED).
  static absl::StatusOr<std::unique_ptr<ChildServer>> Start(
      const std::filesystem::path& program, const std::vector<std::string>& arguments,
      const std::filesystem::path& log_path);
  // Kills what still runs.
  ~ChildServer();
  ChildServer(const ChildServer&) = delete;
  ChildServer& operator=(const ChildServer&) = delete;

  // Where it listens, once its log says so. UNAVAILABLE (SERVER_FAILED) with the end of the log when it ended, or did not come up within the
  // limit; what `keep_waiting` returns.
  absl::StatusOr<std::string> WaitForAddress(std::chrono::milliseconds limit,
                                             const KeepWaiting& keep_waiting);

  // OK while it runs.
  absl::Status CheckRunning();

  // SIGTERM, and waits. UNAVAILABLE (SERVER_FAILED) unless it exits with 0 within the limit; beyond it, it is killed. Idempotent.
  absl::Status Stop(std::chrono::milliseconds limit);

 private:
  ChildServer(std::string name, std::filesystem::path log_path)
      : name_(std::move(name)), log_path_(std::move(log_path)) {}

  bool Reap(bool block);
  absl::Status Ended() const;

  const std::string name_;
  const std::filesystem::path log_path_;
  pid_t pid_ = -1;
  bool ended_ = false;
  int wait_status_ = 0;
};

// The address in the log line by which a server says that it listens; empty where there is none. For logs in JSON.
std::string ListeningAddress(const std::string& log);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_CHILD_SERVER_H_
