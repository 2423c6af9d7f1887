#include <ostream>

#include "CLI/CLI.hpp"
#include "gateway/cli/client.h"
#include "gateway/cli/command.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/import_rates.h"
#include "gateway/cli/rate_columns.h"
#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

class ImportRatesCommand final : public Command {
 public:
  explicit ImportRatesCommand(CLI::App& import)
      : Command(import, "rates",
                "Exchange rates: the ECB's CSV and XML, H.10 from FRED, currency-api, a table, "
                "JSON lines") {
    app_.add_option("FILE", path_,
                    "The file; which format it has is seen by its content, not by its name");
    app_.add_flag("--template", template_, "Print a table to begin with, and import nothing");
    app_.add_option(
            "--provider", options_.provider,
            "Whose rates they are, such as ecb: instead of what the format says, or where the "
            "table or JSON line does not")
        ->type_name("P");
    AddImportOptions(app_, options_);
    AddGatewayOptions(app_, gateway_);
  }

  absl::StatusOr<int> Run(Session& session) override {
    if (template_) {
      session.out << RateTemplate();
      return kSuccess;
    }
    if (path_.empty()) return Usage("FILE is required; --template prints one to begin with");
    RETURN_IF_ERROR(StartRejected({path_}, options_));
    ASSIGN_OR_RETURN(const Client client,
                     MakeClient(gateway_.Address(session), gateway_.timeout()));
    ASSIGN_OR_RETURN(ImportTally tally, ImportRates(client, path_, options_, session));
    return FinishImport(path_, kRates, std::move(tally), options_, session);
  }

 private:
  std::string path_;
  bool template_ = false;
  ImportOptions options_;
  GatewayOptions gateway_;
};

}  // namespace

std::unique_ptr<Command> MakeImportRatesCommand(CLI::App& import) {
  return std::make_unique<ImportRatesCommand>(import);
}

}  // namespace outlay::cli
