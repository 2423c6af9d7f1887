#include "tests/end_to_end/cluster.h"

#include <signal.h>

#include <stdexcept>
#include <thread>

#include <grpcpp/grpcpp.h>

namespace outlay::tests {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kStartLimit{30};
constexpr seconds kStopLimit{30};

// The address that a server's "listening" line names.
std::string ListeningAddress(const std::string& log) {
  const std::string key = "\"address\":\"";
  const size_t line = log.find("\"listening\"");
  if (line == std::string::npos) return "";
  const size_t line_start = log.rfind('\n', line) + 1;
  const size_t start = log.find(key, line_start);
  if (start == std::string::npos) return "";
  const size_t end = log.find('"', start + key.size());
  return log.substr(start + key.size(), end - start - key.size());
}

}  // namespace

ServerProcess::ServerProcess(const std::string& name, std::vector<std::string> flags,
                             const std::filesystem::path& scratch) {
  Process::Options options{.arguments = {Binary(name), "--log-format=json"}};
  options.arguments.insert(options.arguments.end(), flags.begin(), flags.end());
  process_ = std::make_unique<Process>(options, scratch);
  if (!process_->WaitForText("\"listening\"", kStartLimit)) {
    throw std::runtime_error(name + " did not start:\n" + process_->StandardError());
  }
  address_ = ListeningAddress(process_->StandardError());
}

std::shared_ptr<grpc::Channel> ServerProcess::Channel() const {
  return grpc::CreateChannel(address_, grpc::InsecureChannelCredentials());
}

Cluster::Cluster() {
  for (const char* service : {"ingest", "fx", "aggregation", "gateway"}) Start(service);
  WaitForAggregation();
}

std::vector<std::string> Cluster::FlagsOf(const std::string& service) const {
  const auto known = addresses_.find(service);
  std::vector<std::string> flags = {
      "--listen-address=" + (known == addresses_.end() ? "127.0.0.1:0" : known->second),
      "--drain-ms=50"};
  if (service == "ingest" || service == "fx")
    flags.push_back("--data-dir=" + DataDirectory(service).string());
  if (service == "aggregation" || service == "gateway")
    flags.push_back("--ingest-address=" + Address("ingest"));
  if (service == "gateway") {
    flags.push_back("--fx-address=" + Address("fx"));
    flags.push_back("--aggregation-address=" + Address("aggregation"));
    flags.push_back("--part-timeout-ms=2000");
  }
  return flags;
}

void Cluster::Start(const std::string& service) {
  servers_[service] =
      std::make_unique<ServerProcess>("outlay-" + service, FlagsOf(service), folder_.path());
  addresses_[service] = servers_[service]->address();
}

ProcessResult Cluster::Stop(const std::string& service) {
  Process& process = Server(service).process();
  process.Signal(SIGTERM);
  const std::optional<ProcessResult> result = process.Wait(kStopLimit);
  if (!result) throw std::runtime_error(service + " did not stop:\n" + process.StandardError());
  return *result;
}

void Cluster::Kill(const std::string& service) {
  Server(service).process().Signal(SIGKILL);
  Server(service).process().Wait(kStopLimit);
}

int Cluster::StopAll() {
  int codes = 0;
  for (const char* service : {"gateway", "aggregation", "fx", "ingest"})
    codes += Stop(service).exit_code;
  return codes;
}

void Cluster::WaitForAggregation() {
  const auto end = std::chrono::steady_clock::now() + kStartLimit;
  for (;;) {
    // The head of ingest, from the stamp of any read.
    ingest::v1::ListOrganizationsResponse organizations;
    aggregation::v1::GetStatusResponse status;
    const bool read = Ingest()->ListOrganizations(Context().get(), {}, &organizations).ok() &&
                      Aggregation()->GetStatus(Context().get(), {}, &status).ok();
    if (read && status.ready() &&
        status.applied_sequence() >= organizations.stamp().ingest_sequence())
      return;
    if (std::chrono::steady_clock::now() > end)
      throw std::runtime_error("aggregation does not catch up: " + status.ShortDebugString());
    std::this_thread::sleep_for(milliseconds(20));
  }
}

ProcessResult Cluster::Outlay(std::vector<std::string> arguments,
                              const std::string& standard_input) {
  Process::Options options{.arguments = {Binary("outlay")},
                           .environment = {{"OUTLAY_GATEWAY", Address("gateway")}},
                           .standard_input = standard_input};
  options.arguments.insert(options.arguments.end(), arguments.begin(), arguments.end());
  return RunToEnd(options);
}

void Cluster::ImportDemo() {
  const std::filesystem::path deploy = SourceDirectory() / "deploy";
  const auto import = [&](const char* what, const std::filesystem::path& path) {
    const ProcessResult result = Outlay({"import", what, path.string()});
    if (result.exit_code != 0)
      throw std::runtime_error("import of " + path.string() + " failed:\n" + result.standard_error +
                               result.standard_output);
  };
  import("catalog", deploy / "catalog");
  import("disclosures", deploy / "demo" / "disclosures.jsonl");
  import("rates", deploy / "demo" / "eurofxref-hist.csv");
  import("rates", deploy / "demo" / "rates.jsonl");
  WaitForAggregation();
}

std::unique_ptr<ingest::v1::IngestService::Stub> Cluster::Ingest() {
  return ingest::v1::IngestService::NewStub(Server("ingest").Channel());
}
std::unique_ptr<fx::v1::FxService::Stub> Cluster::Fx() {
  return fx::v1::FxService::NewStub(Server("fx").Channel());
}
std::unique_ptr<aggregation::v1::AggregationService::Stub> Cluster::Aggregation() {
  return aggregation::v1::AggregationService::NewStub(Server("aggregation").Channel());
}
std::unique_ptr<gateway::v1::GatewayService::Stub> Cluster::Gateway() {
  return gateway::v1::GatewayService::NewStub(Server("gateway").Channel());
}

std::unique_ptr<grpc::ClientContext> Context(milliseconds limit) {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + limit);
  context->set_wait_for_ready(true);
  return context;
}

}  // namespace outlay::tests
