#include "gateway/cli/up.h"

#include <cstdlib>
#include <ostream>

#include "CLI/CLI.hpp"
#include "fmt/format.h"
#include "gateway/cli/client.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/import_catalog.h"
#include "gateway/cli/missing_catalog.h"
#include "gateway/cli/print_error.h"
#include "gateway/gateway_module.h"
#include "gateway/settings.h"
#include "services/aggregation/aggregation_module.h"
#include "services/aggregation/settings.h"
#include "services/common/config/known_names.h"
#include "services/common/config/settings.h"
#include "services/common/rpc/grpc_log.h"
#include "services/common/rpc/run_server.h"
#include "services/common/rpc/signals.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "services/fx/fx_module.h"
#include "services/fx/settings.h"
#include "services/ingest/ingest_module.h"
#include "services/ingest/settings.h"

namespace outlay::cli {
namespace {

constexpr std::chrono::seconds kCatalogTimeout{60};

using Values = std::map<std::string, std::string>;

// The four servers in the order of their start.
class Servers {
 public:
  explicit Servers(telemetry::Logger logger) : logger_(std::move(logger)) {}
  // Stops.
  ~Servers() { (void)Stop(); }
  Servers(const Servers&) = delete;
  Servers& operator=(const Servers&) = delete;

  // The address it listens on.
  absl::StatusOr<std::string> Start(const char* name, int port, Values values,
                                    const config::Table& table,
                                    const rpc::ApplicationFactory& factory) {
    values["listen-address"] = fmt::format("127.0.0.1:{}", port);
    // Nobody balances over them: a drain has nothing to wait for.
    values["drain-ms"] = "0";
    ASSIGN_OR_RETURN(const config::Settings settings, config::Settings::Make(table, values));
    ASSIGN_OR_RETURN(auto server, rpc::RunningServer::Start(settings, factory,
                                                            logger_.With({{"program", name}})));
    servers_.push_back(std::move(server));
    return servers_.back()->server().address();
  }

  // In the reverse order. The first error; the others are stopped all the same.
  absl::Status Stop() {
    absl::Status first;
    for (auto server = servers_.rbegin(); server != servers_.rend(); ++server) {
      absl::Status stopped = (*server)->Stop();
      if (first.ok()) first = std::move(stopped);
    }
    return first;
  }

 private:
  const telemetry::Logger logger_;
  std::vector<std::unique_ptr<rpc::RunningServer>> servers_;
};

struct Addresses {
  std::string gateway;
  std::string ingest;
  std::string fx;
  std::string aggregation;
};

// A setting of the single servers, which would be passed over here.
absl::Status CheckEnvironment(const Session& session) {
  for (const std::string& name : config::KnownSettingNames()) {
    const std::string variable = config::EnvironmentName(name);
    if (!session.variable(variable)) continue;
    return Usage(fmt::format(
        "{} is set, which up does not read: it keeps its store in --data-dir and takes its "
        "settings as flags; the single servers (outlay-ingest, outlay-fx, …) take --{}. Unset it, "
        "or start those",
        variable, name));
  }
  return absl::OkStatus();
}

class UpCommand final : public Command {
 public:
  explicit UpCommand(CLI::App& parent)
      : Command(parent, "up", "All four servers in one process, until Ctrl-C") {
    const auto port = [this](const char* name, int& value, const char* text) {
      app_.add_option(name, value, text)
          ->check(CLI::Range(0, 65535))
          ->type_name("N")
          ->capture_default_str();
    };
    app_.add_option("--data-dir", data_directory_, "Where the journals are; made when missing")
        ->type_name("DIR")
        ->capture_default_str();
    port("--gateway-port", gateway_port_, "Port of the gateway; 0 lets the system choose");
    port("--ingest-port", ingest_port_, "Port of ingest");
    port("--fx-port", fx_port_, "Port of fx");
    port("--aggregation-port", aggregation_port_, "Port of aggregation");
    app_.add_option("--catalog", catalog_,
                    "Catalogue to load at start (default: the one that Outlay brings along); "
                    "entries that are there already stay as they are")
        ->type_name("DIR");
    app_.add_flag("--no-catalog", no_catalog_, "Load no catalogue");
    app_.add_option("--log-level", log_level_, "Least level that is logged to stderr")
        ->check(CLI::IsMember({"debug", "info", "warning", "error", "off"}))
        ->capture_default_str();
  }

  absl::StatusOr<int> Run(Session& session) override {
    RETURN_IF_ERROR(CheckEnvironment(session));
    // Before the first thread.
    rpc::BlockTerminationSignals();
    const telemetry::Logger logger = telemetry::Logger::ToStderr(
        {.level = telemetry::ParseLevel(log_level_), .format = telemetry::ResolveFormat("auto")});
    rpc::RouteGrpcLog(logger);
    Servers servers(logger);
    ASSIGN_OR_RETURN(const Addresses addresses, StartAll(servers));
    RETURN_IF_ERROR(LoadCatalog(addresses.ingest, session));
    Announce(addresses, session);
    (void)rpc::WaitForTermination();
    session.out << "Stopping …" << std::endl;
    const absl::Status stopped = servers.Stop();
    if (GetErrorDetail(stopped).reason == "DRAIN_TIMED_OUT") {
      // Handlers that still run would use what the destructors take apart.
      session.err << ErrorText("outlay up", stopped) << std::flush;
      std::_Exit(kFailure);
    }
    RETURN_IF_ERROR(stopped);
    return kSuccess;
  }

 private:
  std::string DataDirectory(const char* service) const {
    return (std::filesystem::path(data_directory_) / service).string();
  }

  absl::StatusOr<Addresses> StartAll(Servers& servers) const {
    Addresses addresses;
    ASSIGN_OR_RETURN(addresses.ingest,
                     servers.Start("ingest", ingest_port_, {{"data-dir", DataDirectory("ingest")}},
                                   ingest::IngestSettings(), ingest::MakeIngest));
    ASSIGN_OR_RETURN(addresses.fx,
                     servers.Start("fx", fx_port_, {{"data-dir", DataDirectory("fx")}},
                                   fx::FxSettings(), fx::MakeFx));
    ASSIGN_OR_RETURN(
        addresses.aggregation,
        servers.Start("aggregation", aggregation_port_, {{"ingest-address", addresses.ingest}},
                      aggregation::AggregationSettings(), aggregation::MakeAggregation));
    ASSIGN_OR_RETURN(addresses.gateway,
                     servers.Start("gateway", gateway_port_,
                                   {{"ingest-address", addresses.ingest},
                                    {"fx-address", addresses.fx},
                                    {"aggregation-address", addresses.aggregation}},
                                   gateway::GatewaySettings(), gateway::MakeGateway));
    return addresses;
  }

  absl::Status LoadCatalog(const std::string& ingest_address, Session& session) const {
    if (no_catalog_) return absl::OkStatus();
    const std::string path =
        catalog_.empty() ? (session.share_directory() / "catalog").string() : catalog_;
    ASSIGN_OR_RETURN(CatalogRecords records, ReadCatalog({path}));
    const size_t organizations = records.organizations.size();
    const size_t groups = records.groups.size();
    ASSIGN_OR_RETURN(const Client client, MakeClient(ingest_address, kCatalogTimeout));
    ASSIGN_OR_RETURN(records, MissingFromCatalog(client, std::move(records)));
    ImportOptions options;
    options.actor = "outlay up";
    options.reason = "catalogue at start";
    Patience patience(session);
    ASSIGN_OR_RETURN(const CatalogTally tally, ImportCatalog(client, records, options, patience));
    session.out << fmt::format("Catalogue: {} and {}, {} of them new\n",
                               Counted(organizations, "organization"), Counted(groups, "group"),
                               tally.changed);
    return absl::OkStatus();
  }

  void Announce(const Addresses& addresses, Session& session) const {
    const auto line = [&](const char* name, const std::string& address, const char* example) {
      session.out << fmt::format("{:<12} {:<22} grpcurl -plaintext {} {}\n", name, address, address,
                                 example);
    };
    session.out << fmt::format("Data: {}\n", data_directory_);
    line("gateway", addresses.gateway, "describe outlay.gateway.v1.GatewayService");
    line("ingest", addresses.ingest, "outlay.ingest.v1.IngestService/ListGroups");
    line("fx", addresses.fx, "outlay.fx.v1.FxService/ListProviders");
    line("aggregation", addresses.aggregation,
         "outlay.aggregation.v1.AggregationService/GetStatus");
    session.out << "Ctrl-C stops them." << std::endl;
  }

  std::string data_directory_ = "./outlay-data";
  int gateway_port_ = 7400;
  int ingest_port_ = 7401;
  int fx_port_ = 7402;
  int aggregation_port_ = 7403;
  std::string catalog_;
  bool no_catalog_ = false;
  std::string log_level_ = "warning";
};

}  // namespace

std::unique_ptr<Command> MakeUpCommand(CLI::App& parent) {
  return std::make_unique<UpCommand>(parent);
}

}  // namespace outlay::cli
