// The values of a program's settings, checked. A flag beats the environment variable, which beats
// the default.
#ifndef OUTLAY_SERVICES_COMMON_CONFIG_SETTINGS_H_
#define OUTLAY_SERVICES_COMMON_CONFIG_SETTINGS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/config/setting.h"

namespace outlay::config {

// Immutable and safe for concurrent use. Asking for a name that is not in the table, or as another
// type, is a mistake in the program: it aborts with a message.
class Settings {
 public:
  // The defaults of `table` with `values` (by setting name) in place of some. INVALID_ARGUMENT
  // names the setting, its type and range, for an unknown name or a bad value.
  static absl::StatusOr<Settings> Make(const Table& table,
                                       const std::map<std::string, std::string>& values);

  const std::string& String(std::string_view name) const;  // kString and kEnum
  int64_t Integer(std::string_view name) const;
  bool Bool(std::string_view name) const;
  int64_t DurationMs(std::string_view name) const;

 private:
  struct Value {
    Type type;
    std::string text;
    int64_t number = 0;  // kInteger, kDurationMs, kBool
  };

  const Value& Get(std::string_view name, std::string_view type_name) const;

  std::map<std::string, Value, std::less<>> values_;
};

// OK where `text` is a value that `setting` takes; otherwise INVALID_ARGUMENT that starts with
// `where` ("--drain-ms", "OUTLAY_DRAIN_MS") and says what would be right.
absl::Status CheckValue(const Setting& setting, std::string_view where, std::string_view text);

}  // namespace outlay::config

#endif  // OUTLAY_SERVICES_COMMON_CONFIG_SETTINGS_H_
