#include "gateway/cli/cli.h"

#include <algorithm>
#include <memory>
#include <ostream>

#include "CLI/CLI.hpp"
#include "fmt/format.h"
#include "gateway/cli/errors.h"
#include "gateway/cli/print_error.h"
#include "gateway/cli/utf8.h"
#include "services/common/status/text.h"

namespace outlay::cli {
namespace {

constexpr const char* kProgram = "outlay";

// The flags that an app takes: "--format", "--help".
std::vector<std::string> FlagsOf(const CLI::App& app) {
  std::vector<std::string> flags;
  for (const CLI::Option* const option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
  }
  return flags;
}

std::vector<std::string> SubcommandsOf(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* const subcommand : app.get_subcommands(nullptr)) {
    names.push_back(subcommand->get_name());
  }
  return names;
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

absl::Status UnknownArgument(const CLI::App& app, const std::string& word) {
  if (word.starts_with('-')) {
    const std::string name = word.substr(0, word.find('='));
    return Usage(fmt::format("there is no flag {}{}", name, DidYouMean(name, FlagsOf(app))));
  }
  const std::vector<std::string> commands = SubcommandsOf(app);
  if (commands.empty()) return Usage(fmt::format("{} is one argument too many", Quote(word)));
  return Usage(fmt::format("there is no command {}{}: there are {}", Quote(word),
                           DidYouMean(word, commands), Joined(commands)));
}

// The innermost command that was named, and its name with those around it.
struct Selected {
  const CLI::App* app;
  std::string name;
};

Selected SelectedIn(const CLI::App& app) {
  Selected selected = {&app, kProgram};
  while (!selected.app->get_subcommands().empty()) {
    selected.app = selected.app->get_subcommands().front();
    selected.name += " " + selected.app->get_name();
  }
  return selected;
}

// The arguments that no flag took, of the selected command and those around it.
absl::Status CheckExtras(const CLI::App& app) {
  for (const CLI::App* level = &app; level != nullptr;) {
    std::vector<std::string> extras = level->remaining(false);
    // What ends the flags is none of them.
    extras.erase(std::remove(extras.begin(), extras.end(), "--"), extras.end());
    if (!extras.empty()) return UnknownArgument(*level, extras.front());
    const auto selected = level->get_subcommands();
    level = selected.empty() ? nullptr : selected.front();
  }
  return absl::OkStatus();
}

// A path is whatever bytes the system takes; all else may reach a request.
bool IsPath(const CLI::Option& option) {
  const std::string kind = option.get_positional() ? option.get_name() : option.get_type_name();
  return kind == "FILE" || kind == "DIR" || kind == "PATH";
}

// The values that the flags of the selected command and those around it have.
absl::Status CheckValues(const CLI::App& app) {
  for (const CLI::App* level = &app; level != nullptr;) {
    for (const CLI::Option* const option : level->get_options()) {
      if (IsPath(*option)) continue;
      for (const std::string& value : option->results()) {
        if (!IsUtf8(value)) {
          return Usage(fmt::format("{}: {}", option->get_name(), NotUtf8(value)));
        }
      }
    }
    const auto selected = level->get_subcommands();
    level = selected.empty() ? nullptr : selected.front();
  }
  return absl::OkStatus();
}

std::vector<std::unique_ptr<Command>> AddCommands(CLI::App& app,
                                                  const std::vector<CommandMaker>& further) {
  std::vector<std::unique_ptr<Command>> commands;
  commands.push_back(MakeDemoCommand(app));
  for (const CommandMaker& make : further) commands.push_back(make(app));
  commands.push_back(MakeReportCommand(app));
  commands.push_back(MakeConvertCommand(app));
  commands.push_back(MakeRatesCommand(app));
  CLI::App& import =
      *app.add_subcommand("import", "Record files: catalogue, disclosures, companyfacts or rates");
  import.allow_extras();
  commands.push_back(MakeImportCatalogCommand(import));
  commands.push_back(MakeImportCompanyFactsCommand(import));
  commands.push_back(MakeImportDisclosuresCommand(import));
  commands.push_back(MakeImportRatesCommand(import));
  CLI::App& exports = *app.add_subcommand("export", "Write what is stored into a file");
  exports.allow_extras();
  commands.push_back(MakeExportDisclosuresCommand(exports));
  return commands;
}

int Fail(const std::string& command, const absl::Status& error, Session& session) {
  session.out.flush();
  session.err << ErrorText(command, error) << std::flush;
  return IsUsage(error) ? kUsage : kFailure;
}

absl::StatusOr<int> Dispatch(const std::vector<std::unique_ptr<Command>>& commands,
                             const CLI::App& app, const Selected& selected, Session& session) {
  if (const absl::Status extras = CheckExtras(app); !extras.ok()) return extras;
  if (const absl::Status values = CheckValues(app); !values.ok()) return values;
  const auto command = std::find_if(commands.begin(), commands.end(), [&](const auto& candidate) {
    return &candidate->app() == selected.app;
  });
  if (command != commands.end()) return (*command)->Run(session);
  return Usage(fmt::format("a command is missing: {}", Joined(SubcommandsOf(*selected.app))));
}

}  // namespace

int RunCli(std::vector<std::string> arguments, const std::vector<CommandMaker>& further,
           Session& session) {
  CLI::App app("Who is spending how much on what, when, and what is that in my currency.",
               kProgram);
  app.set_version_flag("--version", std::string(kProgram) + " " + OUTLAY_VERSION);
  app.allow_extras();
  app.footer(
      "Exit codes: 0 when all went well; 1 for failures; 2 where it was called wrongly; 3 for a "
      "report that is printed, and PARTIAL.");
  const std::vector<std::unique_ptr<Command>> commands = AddCommands(app, further);
  try {
    std::reverse(arguments.begin(), arguments.end());
    app.parse(std::move(arguments));
  } catch (const CLI::CallForHelp&) {
    session.out << app.help();
    return kSuccess;
  } catch (const CLI::CallForVersion& version) {
    session.out << version.what() << "\n";
    return kSuccess;
  } catch (const CLI::ParseError& error) {
    // A misspelt flag also takes its value as an argument: say what is the cause.
    const absl::Status extras = CheckExtras(app);
    return Fail(SelectedIn(app).name, extras.ok() ? Usage(error.what()) : extras, session);
  }
  const Selected selected = SelectedIn(app);
  const absl::StatusOr<int> result = Dispatch(commands, app, selected, session);
  return result.ok() ? *result : Fail(selected.name, result.status(), session);
}

}  // namespace outlay::cli
