#include "CLI/CLI.hpp"
#include "gateway/cli/client.h"
#include "gateway/cli/command.h"
#include "gateway/cli/import_disclosures.h"
#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

class ImportDisclosuresCommand final : public Command {
 public:
  explicit ImportDisclosuresCommand(CLI::App& import)
      : Command(import, "disclosures",
                "Statements of spending, from JSON lines of Disclosure or DisclosureEntry") {
    app_.add_option("FILE", path_, "The file")->required();
    AddImportOptions(app_, options_);
    AddGatewayOptions(app_, gateway_);
  }

  absl::StatusOr<int> Run(Session& session) override {
    ASSIGN_OR_RETURN(const Client client,
                     MakeClient(gateway_.Address(session), gateway_.timeout()));
    ASSIGN_OR_RETURN(ImportTally tally, ImportDisclosures(client, path_, options_, session));
    return FinishImport(path_, "disclosures", std::move(tally), options_, session);
  }

 private:
  std::string path_;
  ImportOptions options_;
  GatewayOptions gateway_;
};

}  // namespace

std::unique_ptr<Command> MakeImportDisclosuresCommand(CLI::App& import) {
  return std::make_unique<ImportDisclosuresCommand>(import);
}

}  // namespace outlay::cli
