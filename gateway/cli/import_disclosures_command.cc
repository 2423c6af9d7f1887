#include <ostream>

#include "CLI/CLI.hpp"
#include "gateway/cli/client.h"
#include "gateway/cli/command.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/import_disclosures.h"
#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

class ImportDisclosuresCommand final : public Command {
 public:
  explicit ImportDisclosuresCommand(CLI::App& import)
      : Command(import, "disclosures", "Statements of spending, from a table or JSON lines") {
    app_.add_option("FILE", path_, "The file; the format is found out");
    app_.add_option("--template", template_,
                    "Print a file to begin with, csv or jsonl, and import nothing")
        ->check(CLI::IsMember({"csv", "jsonl"}))
        ->type_name("FORMAT");
    app_.add_option("--format-of-file", options_.format,
                    "What the file is, csv or jsonl, where that is in doubt")
        ->check(CLI::IsMember({"csv", "jsonl"}))
        ->type_name("FORMAT");
    AddImportOptions(app_, options_);
    AddGatewayOptions(app_, gateway_);
  }

  absl::StatusOr<int> Run(Session& session) override {
    if (!template_.empty()) {
      session.out << DisclosureTemplate(template_ == "csv" ? DisclosureFormat::kCsv
                                                           : DisclosureFormat::kJsonLines);
      return kSuccess;
    }
    if (path_.empty()) {
      return Usage("FILE is required; --template csv or --template jsonl prints one to begin with");
    }
    RETURN_IF_ERROR(StartRejected({path_}, options_));
    ASSIGN_OR_RETURN(const Client client,
                     MakeClient(gateway_.Address(session), gateway_.timeout()));
    ASSIGN_OR_RETURN(ImportTally tally, ImportDisclosures(client, path_, options_, session));
    return FinishImport(path_, kDisclosures, std::move(tally), options_, session);
  }

 private:
  std::string path_;
  std::string template_;
  ImportOptions options_;
  GatewayOptions gateway_;
};

}  // namespace

std::unique_ptr<Command> MakeImportDisclosuresCommand(CLI::App& import) {
  return std::make_unique<ImportDisclosuresCommand>(import);
}

}  // namespace outlay::cli
