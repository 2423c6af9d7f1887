// A program's settings, described once: each is a flag, an environment variable, a line of --help
// and a row of the docs.
#ifndef OUTLAY_SERVICES_COMMON_CONFIG_SETTING_H_
#define OUTLAY_SERVICES_COMMON_CONFIG_SETTING_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace outlay::config {

enum class Type { kString, kInteger, kBool, kDurationMs, kEnum };

struct Setting {
  std::string name;  // lower-case-with-dashes: the flag without "--"
  Type type = Type::kString;
  std::string default_value;         // as it would be written; must itself be valid
  int64_t min = 0;                   // kInteger, kDurationMs: the least allowed value
  int64_t max = 0;                   // kInteger, kDurationMs: the greatest allowed value
  std::vector<std::string> choices;  // kEnum: the allowed values
  std::string meaning;               // one sentence, no full stop
  // kString: what is wrong with a value that is not the default, "must be …"; empty: nothing. It
  // must not repeat the value where that may hold a secret. None: every text will do.
  std::function<std::string(const std::string& text)> fault;
};

using Table = std::vector<Setting>;

Setting StringSetting(std::string_view name, std::string_view default_value,
                      std::string_view meaning);
Setting IntegerSetting(std::string_view name, int64_t default_value, int64_t min, int64_t max,
                       std::string_view meaning);
Setting BoolSetting(std::string_view name, bool default_value, std::string_view meaning);
// Milliseconds, written as a whole number; the name ends in "-ms".
Setting DurationSetting(std::string_view name, int64_t default_ms, int64_t min_ms, int64_t max_ms,
                        std::string_view meaning);
Setting EnumSetting(std::string_view name, std::string_view default_value,
                    std::vector<std::string> choices, std::string_view meaning);

// "listen-address" → "OUTLAY_LISTEN_ADDRESS".
std::string EnvironmentName(std::string_view setting_name);

// What the setting takes, for messages and docs: "a whole number between 1 and 256", "json, text or
// auto".
std::string DescribeType(const Setting& setting);

}  // namespace outlay::config

#endif  // OUTLAY_SERVICES_COMMON_CONFIG_SETTING_H_
