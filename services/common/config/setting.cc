#include "services/common/config/setting.h"

#include <cctype>
#include <utility>

#include "fmt/format.h"

namespace outlay::config {

Setting StringSetting(std::string_view name, std::string_view default_value,
                      std::string_view meaning) {
  return {.name = std::string(name),
          .type = Type::kString,
          .default_value = std::string(default_value),
          .meaning = std::string(meaning)};
}

Setting IntegerSetting(std::string_view name, int64_t default_value, int64_t min, int64_t max,
                       std::string_view meaning) {
  return {.name = std::string(name),
          .type = Type::kInteger,
          .default_value = std::to_string(default_value),
          .min = min,
          .max = max,
          .meaning = std::string(meaning)};
}

Setting BoolSetting(std::string_view name, bool default_value, std::string_view meaning) {
  return {.name = std::string(name),
          .type = Type::kBool,
          .default_value = default_value ? "true" : "false",
          .meaning = std::string(meaning)};
}

Setting DurationSetting(std::string_view name, int64_t default_ms, int64_t min_ms, int64_t max_ms,
                        std::string_view meaning) {
  return {.name = std::string(name),
          .type = Type::kDurationMs,
          .default_value = std::to_string(default_ms),
          .min = min_ms,
          .max = max_ms,
          .meaning = std::string(meaning)};
}

Setting EnumSetting(std::string_view name, std::string_view default_value,
                    std::vector<std::string> choices, std::string_view meaning) {
  return {.name = std::string(name),
          .type = Type::kEnum,
          .default_value = std::string(default_value),
          .choices = std::move(choices),
          .meaning = std::string(meaning)};
}

std::string EnvironmentName(std::string_view setting_name) {
  std::string name = "OUTLAY_";
  for (const char c : setting_name) {
    name += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return name;
}

std::string DescribeType(const Setting& setting) {
  switch (setting.type) {
    case Type::kString:
      return "text";
    case Type::kInteger:
      return fmt::format("a whole number from {} to {}", setting.min, setting.max);
    case Type::kDurationMs:
      return fmt::format("milliseconds, a whole number from {} to {}", setting.min, setting.max);
    case Type::kBool:
      return "true or false";
    case Type::kEnum:
      break;
  }
  std::string choices;
  for (size_t i = 0; i < setting.choices.size(); ++i) {
    if (i > 0) choices += i + 1 == setting.choices.size() ? " or " : ", ";
    choices += setting.choices[i];
  }
  return choices;
}

}  // namespace outlay::config
