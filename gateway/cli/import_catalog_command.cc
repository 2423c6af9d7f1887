#include <ostream>

#include "CLI/CLI.hpp"
#include "gateway/cli/client.h"
#include "gateway/cli/command.h"
#include "gateway/cli/import_catalog.h"
#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

class ImportCatalogCommand final : public Command {
 public:
  explicit ImportCatalogCommand(CLI::App& import)
      : Command(import, "catalog",
                "Organizations and groups, from JSON lines; up to 1,000 of each all or none") {
    app_.add_option(
        "PATH", paths_,
        "Files, or folders with .jsonl files; without any the catalogue that Outlay brings along");
    AddNoteOptions(app_, options_);
    AddGatewayOptions(app_, gateway_);
  }

  absl::StatusOr<int> Run(Session& session) override {
    if (paths_.empty()) paths_.push_back((session.share_directory() / "catalog").string());
    ASSIGN_OR_RETURN(const CatalogRecords records, ReadCatalog(paths_));
    ASSIGN_OR_RETURN(const Client client,
                     MakeClient(gateway_.Address(session), gateway_.timeout()));
    Patience patience(session);
    ASSIGN_OR_RETURN(const CatalogTally tally, ImportCatalog(client, records, options_, patience));
    session.out << CatalogSummary(tally, options_.output.Lang()) << "\n";
    return kSuccess;
  }

 private:
  std::vector<std::string> paths_;
  ImportOptions options_;
  GatewayOptions gateway_;
};

}  // namespace

std::unique_ptr<Command> MakeImportCatalogCommand(CLI::App& import) {
  return std::make_unique<ImportCatalogCommand>(import);
}

}  // namespace outlay::cli
