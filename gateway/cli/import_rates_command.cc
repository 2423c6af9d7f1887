#include "CLI/CLI.hpp"
#include "gateway/cli/client.h"
#include "gateway/cli/command.h"
#include "gateway/cli/import_rates.h"
#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

class ImportRatesCommand final : public Command {
 public:
  explicit ImportRatesCommand(CLI::App& import)
      : Command(import, "rates",
                "Exchange rates, from the ECB's historical CSV or JSON lines of Rate") {
    app_.add_option("FILE", path_, "The file; the format is found out")->required();
    app_.add_option("--provider", options_.provider,
                    "Whose rates they are, where the file does not say")
        ->type_name("P");
    AddImportOptions(app_, options_);
    AddGatewayOptions(app_, gateway_);
  }

  absl::StatusOr<int> Run(Session& session) override {
    RETURN_IF_ERROR(StartRejected({path_}, options_));
    ASSIGN_OR_RETURN(const Client client,
                     MakeClient(gateway_.Address(session), gateway_.timeout()));
    ASSIGN_OR_RETURN(ImportTally tally, ImportRates(client, path_, options_, session));
    return FinishImport(path_, kRates, std::move(tally), options_, session);
  }

 private:
  std::string path_;
  ImportOptions options_;
  GatewayOptions gateway_;
};

}  // namespace

std::unique_ptr<Command> MakeImportRatesCommand(CLI::App& import) {
  return std::make_unique<ImportRatesCommand>(import);
}

}  // namespace outlay::cli
