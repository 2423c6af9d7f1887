#include "services/common/config/settings.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::config {
namespace {

std::optional<int64_t> ParseWhole(std::string_view text) {
  int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [position, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || position != end) return std::nullopt;
  return number;
}

bool IsValid(const Setting& setting, std::string_view text) {
  switch (setting.type) {
    case Type::kString:
      return true;
    case Type::kBool:
      return text == "true" || text == "false";
    case Type::kEnum:
      return std::find(setting.choices.begin(), setting.choices.end(), text) !=
             setting.choices.end();
    case Type::kInteger:
    case Type::kDurationMs:
      break;
  }
  const std::optional<int64_t> number = ParseWhole(text);
  return number && *number >= setting.min && *number <= setting.max;
}

[[noreturn]] void Abort(std::string_view name, std::string_view problem) {
  fmt::print(stderr, "setting \"{}\": {}\n", name, problem);
  std::abort();
}

}  // namespace

absl::Status CheckValue(const Setting& setting, std::string_view where, std::string_view text) {
  if (setting.fault && text != setting.default_value) {
    const std::string fault = setting.fault(std::string(text));
    if (!fault.empty()) return InvalidField("BAD_SETTING_VALUE", where, fault);
  }
  if (IsValid(setting, text)) return absl::OkStatus();
  const std::string hint =
      setting.type == Type::kEnum ? DidYouMean(text, setting.choices) : std::string();
  return InvalidField("BAD_SETTING_VALUE", where,
                      fmt::format("{} is not {}{}", Quote(text), DescribeType(setting), hint));
}

absl::StatusOr<Settings> Settings::Make(const Table& table,
                                        const std::map<std::string, std::string>& values) {
  std::vector<std::string> names;
  for (const Setting& setting : table) names.push_back(setting.name);
  for (const auto& [name, text] : values) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      return InvalidField("UNKNOWN_SETTING", name,
                          "there is no such setting" + DidYouMean(name, names));
    }
  }
  Settings settings;
  for (const Setting& setting : table) {
    const auto given = values.find(setting.name);
    const std::string& text = given == values.end() ? setting.default_value : given->second;
    RETURN_IF_ERROR(CheckValue(setting, setting.name, text));
    Value value{.type = setting.type, .text = text};
    if (setting.type == Type::kBool) {
      value.number = text == "true" ? 1 : 0;
    } else {
      value.number = ParseWhole(text).value_or(0);
    }
    if (!settings.values_.emplace(setting.name, std::move(value)).second) {
      Abort(setting.name, "is twice in the program's table");
    }
  }
  return settings;
}

const Settings::Value& Settings::Get(std::string_view name, std::string_view type_name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) Abort(name, "is not in the program's table");
  const Type type = found->second.type;
  const bool matches = type_name == "text"      ? type == Type::kString || type == Type::kEnum
                       : type_name == "integer" ? type == Type::kInteger
                       : type_name == "bool"    ? type == Type::kBool
                                                : type == Type::kDurationMs;
  if (!matches) Abort(name, fmt::format("is not of the type {}", type_name));
  return found->second;
}

const std::string& Settings::String(std::string_view name) const { return Get(name, "text").text; }
int64_t Settings::Integer(std::string_view name) const { return Get(name, "integer").number; }
bool Settings::Bool(std::string_view name) const { return Get(name, "bool").number != 0; }
int64_t Settings::DurationMs(std::string_view name) const { return Get(name, "duration").number; }

}  // namespace outlay::config
