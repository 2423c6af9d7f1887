// The four real binaries on loopback, for tests.
#ifndef OUTLAY_TESTS_END_TO_END_CLUSTER_H_
#define OUTLAY_TESTS_END_TO_END_CLUSTER_H_

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "outlay/aggregation/v1/aggregation_service.grpc.pb.h"
#include "outlay/fx/v1/fx_service.grpc.pb.h"
#include "outlay/gateway/v1/gateway_service.grpc.pb.h"
#include "outlay/ingest/v1/ingest_service.grpc.pb.h"
#include "tests/support/process.h"

namespace outlay::tests {

// One running server. It listens on a port that the system chose, and tells it in its log.
class ServerProcess {
 public:
  // `name` is the binary's: "outlay-fx". Throws when it does not come up; the message has what it wrote.
  ServerProcess(const std::string& name, std::vector<std::string> flags,
                const std::filesystem::path& scratch);

  Process& process() { return *process_; }
  const std::string& address() const { return address_; }
  std::shared_ptr<grpc::Channel> Channel() const;

 private:
  std::unique_ptr<Process> process_;
  std::string address_;
};

// Starts all four, data in a folder of its own. Servers may be stopped and started again on the same port and data.
class Cluster {
 public:
  Cluster();

  const std::string& Address(const std::string& service) const { return addresses_.at(service); }
  ServerProcess& Server(const std::string& service) { return *servers_.at(service); }

  // SIGTERM and wait; the exit code and what it wrote.
  ProcessResult Stop(const std::string& service);
  void Kill(const std::string& service);
  void Start(const std::string& service);
  // Stops all, in the order gateway, aggregation, fx, ingest; the sum of their exit codes.
  int StopAll();

  // Waits until aggregation has taken in everything that ingest has.
  void WaitForAggregation();

  // The command `outlay` against this cluster's gateway.
  ProcessResult Outlay(std::vector<std::string> arguments, const std::string& standard_input = "");
  // Catalogue, demo disclosures and rates.
  void ImportDemo();

  std::unique_ptr<ingest::v1::IngestService::Stub> Ingest();
  std::unique_ptr<fx::v1::FxService::Stub> Fx();
  std::unique_ptr<aggregation::v1::AggregationService::Stub> Aggregation();
  std::unique_ptr<gateway::v1::GatewayService::Stub> Gateway();
  std::filesystem::path DataDirectory(const std::string& service) const {
    return folder_.path() / service;
  }
  const std::filesystem::path& Folder() const { return folder_.path(); }

 private:
  std::vector<std::string> FlagsOf(const std::string& service) const;

  TemporaryFolder folder_;
  std::map<std::string, std::string> addresses_;
  std::map<std::string, std::unique_ptr<ServerProcess>> servers_;
};

// A context with a deadline, so that a test cannot hang.
std::unique_ptr<grpc::ClientContext> Context(
    std::chrono::milliseconds limit = std::chrono::seconds(20));

}  // namespace outlay::tests

#endif  // OUTLAY_TESTS_END_TO_END_CLUSTER_H_
