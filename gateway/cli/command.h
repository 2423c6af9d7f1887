// One subcommand: its flags, and what it does.
#ifndef OUTLAY_GATEWAY_CLI_COMMAND_H_
#define OUTLAY_GATEWAY_CLI_COMMAND_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "CLI/App.hpp"
#include "absl/status/statusor.h"
#include "gateway/cli/session.h"

namespace outlay::cli {

class Command {
 public:
  Command(CLI::App& parent, const std::string& name, const std::string& description)
      : app_(*parent.add_subcommand(name, description)) {
    // Unknown arguments are named by us, with what is near.
    app_.allow_extras();
  }
  virtual ~Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;

  const CLI::App& app() const { return app_; }

  // Called once, when its flags are parsed. The exit code, or an error: Usage() for what was called wrongly.
  virtual absl::StatusOr<int> Run(Session& session) = 0;

 protected:
  CLI::App& app_;
};

// Adds a command to its parent.
using CommandMaker = std::function<std::unique_ptr<Command>(CLI::App& parent)>;

// Each in the file of its name; up, which knows the services, has a header and a library of its own.
std::unique_ptr<Command> MakeConvertCommand(CLI::App& parent);
std::unique_ptr<Command> MakeDemoCommand(CLI::App& parent);
std::unique_ptr<Command> MakeRatesCommand(CLI::App& parent);
std::unique_ptr<Command> MakeReportCommand(CLI::App& parent);
// Below "export".
std::unique_ptr<Command> MakeExportDisclosuresCommand(CLI::App& parent);
// Below "import".
std::unique_ptr<Command> MakeImportCatalogCommand(CLI::App& import);
std::unique_ptr<Command> MakeImportCompanyFactsCommand(CLI::App& import);
std::unique_ptr<Command> MakeImportDisclosuresCommand(CLI::App& import);
std::unique_ptr<Command> MakeImportRatesCommand(CLI::App& import);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_COMMAND_H_
