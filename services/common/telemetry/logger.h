// Structured logging: a message and named fields, one line each, as JSON or as text.
#ifndef OUTLAY_SERVICES_COMMON_TELEMETRY_LOGGER_H_
#define OUTLAY_SERVICES_COMMON_TELEMETRY_LOGGER_H_

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace outlay::telemetry {

enum class Level { kDebug, kInfo, kWarning, kError, kOff };
enum class Format { kJson, kText };

// Values keep their JSON type. Views: valid for the statement they are made in. Implicit, so that a field reads {"sequence", 12}.
class Value {
 public:
  // NOLINTBEGIN(google-explicit-constructor)
  Value(std::string_view text) : value_(text) {}
  Value(const std::string& text) : value_(std::string_view(text)) {}
  Value(const char* text) : value_(std::string_view(text)) {}
  Value(bool value) : value_(value) {}
  template <std::integral Integer>
  requires(!std::same_as<Integer, bool>) Value(Integer value)
      : value_(static_cast<int64_t>(value)) {}
  // NOLINTEND(google-explicit-constructor)

  const std::variant<std::string_view, int64_t, bool>& get() const { return value_; }

 private:
  std::variant<std::string_view, int64_t, bool> value_;
};

// Keys are lower_snake_case; time, level, message and those given to With are taken.
struct Field {
  std::string_view key;
  Value value;
};

struct LoggerOptions {
  Level level = Level::kInfo;
  Format format = Format::kJson;
};

// A handle that is cheap to copy and safe for concurrent use. There is no global logger: main makes
// one and passes it down. A line that fails to be written is lost; logging never throws and never
// fails a caller.
class Logger {
 public:
  using Sink = std::function<void(
      std::string_view line)>;  // called by one thread at a time, without the newline

  // Logs nothing.
  Logger();

  static Logger ToStderr(const LoggerOptions& options);
  static Logger ToSink(const LoggerOptions& options, Sink sink);

  // logger.Info("listening", {{"address", address}, {"port", port}});
  void Debug(std::string_view message, std::initializer_list<Field> fields = {}) const;
  void Info(std::string_view message, std::initializer_list<Field> fields = {}) const;
  void Warning(std::string_view message, std::initializer_list<Field> fields = {}) const;
  void Error(std::string_view message, std::initializer_list<Field> fields = {}) const;
  void Log(Level level, std::string_view message, const std::vector<Field>& fields) const;

  bool Enabled(Level level) const;

  // A logger whose lines all carry these fields too.
  Logger With(std::initializer_list<Field> fields) const;

 private:
  class Backend;

  void Write(Level level, std::string_view message, const Field* fields, size_t count) const;

  std::shared_ptr<Backend> backend_;  // null: logs nothing
  std::string bound_;                 // fields of With, already rendered
};

// "debug", "info", "warning", "error", "off", as the setting log-level has them; kInfo for anything
// else.
Level ParseLevel(std::string_view name);

// The setting log-format: "json", "text", or "auto", which is text when stderr is a terminal.
Format ResolveFormat(std::string_view name);

}  // namespace outlay::telemetry

#endif  // OUTLAY_SERVICES_COMMON_TELEMETRY_LOGGER_H_
