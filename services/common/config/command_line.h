// Reads a program's settings from its flags and environment.
#ifndef OUTLAY_SERVICES_COMMON_CONFIG_COMMAND_LINE_H_
#define OUTLAY_SERVICES_COMMON_CONFIG_COMMAND_LINE_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/common/config/setting.h"
#include "services/common/config/settings.h"

namespace outlay::config {

struct Program {
  std::string name;     // "outlay-fx"
  std::string summary;  // one sentence for --help
  std::string version;
  Table table;
};

struct CommandLine {
  Settings settings;
  // Set for --help, --version and --print-settings-markdown: print it on stdout and exit 0.
  std::optional<std::string> output;
};

// Flags are --name=value or --name value; a bool may stand alone for true. `environment` is a
// null-terminated list of NAME=value, as `environ`. INVALID_ARGUMENT for an unknown flag, a stray
// argument, a bad value, and a variable that starts with OUTLAY_ and belongs to no program (see
// known_names.h); the message names the flag or variable, what it takes, and the nearest known
// name.
absl::StatusOr<CommandLine> ParseCommandLine(const Program& program, int argc,
                                             const char* const* argv,
                                             const char* const* environment);

// The table as --help prints it.
std::string HelpText(const Program& program);

// The table as a Markdown table with the columns flag, variable, type, default, meaning.
std::string SettingsMarkdown(const Program& program);

}  // namespace outlay::config

#endif  // OUTLAY_SERVICES_COMMON_CONFIG_COMMAND_LINE_H_
