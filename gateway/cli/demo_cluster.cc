#include "gateway/cli/demo_cluster.h"

#include <stdlib.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "fmt/format.h"
#include "gateway/cli/errors.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpcpp/client_context.h"
#include "services/common/rpc/channel.h"
#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds kStartLimit{60};
constexpr std::chrono::seconds kStopLimit{30};
constexpr std::chrono::milliseconds kPoll{50};

bool IsServing(grpc::health::v1::Health::Stub& health) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(1));
  grpc::health::v1::HealthCheckResponse response;
  const grpc::Status status =
      health.Check(&context, grpc::health::v1::HealthCheckRequest(), &response);
  return status.ok() && response.status() == grpc::health::v1::HealthCheckResponse::SERVING;
}

}  // namespace

absl::StatusOr<std::unique_ptr<TemporaryFolder>> TemporaryFolder::Make() {
  std::error_code error;
  const std::filesystem::path parent = std::filesystem::temp_directory_path(error);
  if (error) return CannotWrite("the folder for temporary files", error.message());
  std::string name = (parent / "outlay-demo-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return CannotWrite(name, std::strerror(errno));
  return std::unique_ptr<TemporaryFolder>(new TemporaryFolder(name));
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code error;
  if (!kept_) std::filesystem::remove_all(path_, error);
}

absl::StatusOr<std::unique_ptr<DemoCluster>> DemoCluster::Start(
    const std::filesystem::path& binaries, const std::filesystem::path& folder,
    const KeepWaiting& keep_waiting) {
  std::unique_ptr<DemoCluster> cluster(new DemoCluster);
  RETURN_IF_ERROR(cluster->StartAll(binaries, folder, keep_waiting));
  RETURN_IF_ERROR(cluster->WaitForHealth(keep_waiting));
  return cluster;
}

DemoCluster::~DemoCluster() { (void)Stop(); }

absl::Status DemoCluster::StartAll(const std::filesystem::path& binaries,
                                   const std::filesystem::path& folder,
                                   const KeepWaiting& keep_waiting) {
  const auto data = [&](const char* name) { return "--data-dir=" + (folder / name).string(); };
  const auto add = [&](const char* program, std::vector<std::string> arguments) {
    return Add(program, std::move(arguments), binaries, folder, keep_waiting);
  };
  ASSIGN_OR_RETURN(const std::string ingest, add("outlay-ingest", {data("ingest")}));
  ASSIGN_OR_RETURN(const std::string fx, add("outlay-fx", {data("fx")}));
  ASSIGN_OR_RETURN(const std::string aggregation,
                   add("outlay-aggregation", {"--ingest-address=" + ingest}));
  return add("outlay-gateway", {"--ingest-address=" + ingest, "--fx-address=" + fx,
                                "--aggregation-address=" + aggregation})
      .status();
}

absl::StatusOr<std::string> DemoCluster::Add(const std::string& program,
                                             std::vector<std::string> arguments,
                                             const std::filesystem::path& binaries,
                                             const std::filesystem::path& folder,
                                             const KeepWaiting& keep_waiting) {
  // Nobody balances over them: a drain has nothing to wait for.
  for (const char* const common :
       {"--listen-address=127.0.0.1:0", "--log-format=json", "--drain-ms=0"}) {
    arguments.emplace_back(common);
  }
  ASSIGN_OR_RETURN(std::unique_ptr<ChildServer> server,
                   ChildServer::Start(binaries / program, arguments, folder / (program + ".log")));
  members_.push_back({program, "", std::move(server)});
  ASSIGN_OR_RETURN(members_.back().address,
                   members_.back().server->WaitForAddress(kStartLimit, keep_waiting));
  return members_.back().address;
}

absl::Status DemoCluster::WaitForHealth(const KeepWaiting& keep_waiting) {
  const auto end = steady_clock::now() + kStartLimit;
  for (Member& member : members_) {
    rpc::ChannelOptions options;
    options.target = member.address;
    ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> channel, rpc::MakeChannel(options));
    const auto health = grpc::health::v1::Health::NewStub(channel);
    while (!IsServing(*health)) {
      RETURN_IF_ERROR(member.server->CheckRunning());
      RETURN_IF_ERROR(keep_waiting());
      if (steady_clock::now() > end) {
        return ServerFailed(member.program,
                            fmt::format("is not healthy after {} s", kStartLimit.count()));
      }
      std::this_thread::sleep_for(kPoll);
    }
  }
  return absl::OkStatus();
}

absl::Status DemoCluster::Stop() {
  absl::Status first;
  for (auto member = members_.rbegin(); member != members_.rend(); ++member) {
    absl::Status stopped = member->server->Stop(kStopLimit);
    if (first.ok()) first = std::move(stopped);
  }
  members_.clear();
  return first;
}

}  // namespace outlay::cli
