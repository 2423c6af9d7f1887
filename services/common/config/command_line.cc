#include "services/common/config/command_line.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "services/common/config/known_names.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::config {
namespace {

constexpr std::string_view kPrefix = "OUTLAY_";

const Setting* Find(const Table& table, std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Setting& setting) { return setting.name == name; });
  return found == table.end() ? nullptr : &*found;
}

absl::Status UnknownFlag(const Program& program, std::string_view name) {
  std::vector<std::string> names = {"help", "version", "print-settings-markdown"};
  for (const Setting& setting : program.table) names.push_back(setting.name);
  std::string near;
  for (const std::string& candidate : Nearest(name, names)) {
    near += fmt::format("{}--{}", near.empty() ? "" : ", ", candidate);
  }
  return InvalidField("UNKNOWN_FLAG", fmt::format("--{}", name),
                      fmt::format("{} has no such flag{}; --help lists them", program.name,
                                  near.empty() ? "" : fmt::format(" (did you mean {}?)", near)));
}

// Reads the variables that are this program's into `values`.
absl::Status ReadEnvironment(const Program& program, const char* const* environment,
                             std::map<std::string, std::string>& values) {
  std::map<std::string, const Setting*, std::less<>> by_variable;
  for (const Setting& setting : program.table)
    by_variable[EnvironmentName(setting.name)] = &setting;
  for (; *environment != nullptr; ++environment) {
    const std::string_view entry = *environment;
    if (entry.substr(0, kPrefix.size()) != kPrefix) continue;
    const size_t equals = std::min(entry.find('='), entry.size());
    const std::string_view variable = entry.substr(0, equals);
    const std::string_view text = entry.substr(std::min(equals + 1, entry.size()));
    const auto own = by_variable.find(variable);
    if (own != by_variable.end()) {
      RETURN_IF_ERROR(CheckValue(*own->second, variable, text));
      values[own->second->name] = std::string(text);
    } else if (!IsKnownVariable(variable, text)) {
      std::vector<std::string> candidates = KnownVariables();
      for (const auto& [name, setting] : by_variable) candidates.push_back(name);
      std::sort(candidates.begin(), candidates.end());
      candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
      return InvalidField(
          "UNKNOWN_VARIABLE", variable,
          fmt::format("no Outlay program reads this environment variable{}; unset it or correct it",
                      DidYouMean(variable, candidates)));
    }
  }
  return absl::OkStatus();
}

// One flag at argv[i]; moves i on to its last argument.
absl::Status ReadFlag(const Program& program, int argc, const char* const* argv, int& i,
                      std::map<std::string, std::string>& values) {
  const std::string_view argument = argv[i];
  if (argument.size() < 3 || argument.substr(0, 2) != "--") {
    return InvalidField("STRAY_ARGUMENT", argument,
                        fmt::format("{} takes flags only, as --name=value", program.name));
  }
  const size_t equals = argument.find('=');
  const std::string_view name = argument.substr(2, equals == argument.npos ? equals : equals - 2);
  const std::string flag = fmt::format("--{}", name);
  const Setting* const setting = Find(program.table, name);
  if (setting == nullptr) return UnknownFlag(program, name);
  std::string text;
  if (equals != argument.npos) {
    text = argument.substr(equals + 1);
  } else if (setting->type == Type::kBool) {
    const std::string_view next = i + 1 < argc ? argv[i + 1] : "";
    const bool is_value = next == "true" || next == "false";
    text = is_value ? next : "true";
    if (is_value) ++i;
  } else if (i + 1 < argc) {
    text = argv[++i];
  } else {
    return InvalidField("MISSING_VALUE", flag,
                        fmt::format("needs a value: {}", DescribeType(*setting)));
  }
  RETURN_IF_ERROR(CheckValue(*setting, flag, text));
  values[setting->name] = std::move(text);
  return absl::OkStatus();
}

std::optional<std::string> ReadCommand(const Program& program, std::string_view argument) {
  if (argument == "--help") return HelpText(program);
  if (argument == "--version") return fmt::format("{} {}\n", program.name, program.version);
  if (argument == "--print-settings-markdown") return SettingsMarkdown(program);
  return std::nullopt;
}

}  // namespace

absl::StatusOr<CommandLine> ParseCommandLine(const Program& program, int argc,
                                             const char* const* argv,
                                             const char* const* environment) {
  CommandLine line;
  std::map<std::string, std::string> values;
  // --help answers even where something else is wrong.
  for (int i = 1; i < argc && !line.output; ++i) line.output = ReadCommand(program, argv[i]);
  if (!line.output) {
    RETURN_IF_ERROR(ReadEnvironment(program, environment, values));
    for (int i = 1; i < argc; ++i) RETURN_IF_ERROR(ReadFlag(program, argc, argv, i, values));
  }
  ASSIGN_OR_RETURN(line.settings, Settings::Make(program.table, values));
  return line;
}

std::string HelpText(const Program& program) {
  std::string text = fmt::format(
      "{}: {}\n\nUsage: {} [--name=value …]\nEach setting is a flag and an environment variable; "
      "the "
      "flag wins.\n\n",
      program.name, program.summary, program.name);
  for (const Setting& setting : program.table) {
    const std::string default_value =
        setting.default_value.empty() ? "" : fmt::format("; default {}", setting.default_value);
    text += fmt::format("  --{}  ({})\n      {}\n      {}{}\n", setting.name,
                        EnvironmentName(setting.name), setting.meaning, DescribeType(setting),
                        default_value);
  }
  text += "\n  --help, --version, --print-settings-markdown\n";
  return text;
}

std::string SettingsMarkdown(const Program& program) {
  std::string text =
      "| flag | environment variable | takes | default | meaning |\n|---|---|---|---|---|\n";
  for (const Setting& setting : program.table) {
    text += fmt::format("| `--{}` | `{}` | {} | {} | {} |\n", setting.name,
                        EnvironmentName(setting.name), DescribeType(setting),
                        setting.default_value.empty() ? "" : "`" + setting.default_value + "`",
                        setting.meaning);
  }
  return text;
}

}  // namespace outlay::config
