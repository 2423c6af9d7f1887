// The four servers as processes of their own, on loopback, with a temporary folder.
#ifndef OUTLAY_GATEWAY_CLI_DEMO_CLUSTER_H_
#define OUTLAY_GATEWAY_CLI_DEMO_CLUSTER_H_

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gateway/cli/child_server.h"

namespace outlay::cli {

// A folder below the system's for temporary files, gone with the object unless it is kept.
class TemporaryFolder {
 public:
  // FAILED_PRECONDITION (CANNOT_WRITE).
  static absl::StatusOr<std::unique_ptr<TemporaryFolder>> Make();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  void Keep() { kept_ = true; }

 private:
  explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}

  const std::filesystem::path path_;
  bool kept_ = false;
};

class DemoCluster {
 public:
  struct Member {
    std::string program;  // "outlay-fx"
    std::string address;
    std::unique_ptr<ChildServer> server;
  };

  // Starts the servers that stand in `binaries`, each on a port that the system chooses, and waits until all are healthy. When it fails, what was
  // started is stopped.
  static absl::StatusOr<std::unique_ptr<DemoCluster>> Start(const std::filesystem::path& binaries,
                                                            const std::filesystem::path& folder,
                                                            const KeepWaiting& keep_waiting);
  // Stops.
  ~DemoCluster();

  // In the order of their start; the gateway is the last.
  const std::vector<Member>& members() const { return members_; }
  const std::string& gateway_address() const { return members_.back().address; }

  // In the reverse order. The first error; the others are stopped all the same. Idempotent.
  absl::Status Stop();

 private:
  DemoCluster() = default;

  absl::StatusOr<std::string> Add(const std::string& program, std::vector<std::string> arguments,
                                  const std::filesystem::path& binaries,
                                  const std::filesystem::path& folder,
                                  const KeepWaiting& keep_waiting);
  absl::Status StartAll(const std::filesystem::path& binaries, const std::filesystem::path& folder,
                        const KeepWaiting& keep_waiting);
  absl::Status WaitForHealth(const KeepWaiting& keep_waiting);

  std::vector<Member> members_;
};

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_DEMO_CLUSTER_H_
