#include "services/common/telemetry/logger.h"

#include <unistd.h>

#include <chrono>
#include <ctime>
#include <exception>
#include <utility>

#include "fmt/chrono.h"
#include "fmt/format.h"
#include "spdlog/details/log_msg.h"
#include "spdlog/logger.h"
#include "spdlog/pattern_formatter.h"
#include "spdlog/sinks/base_sink.h"
#include "spdlog/sinks/stdout_sinks.h"

namespace outlay::telemetry {
namespace {

// Hands each line to a function.
class FunctionSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit FunctionSink(Logger::Sink function) : sink_(std::move(function)) {}

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    sink_(std::string_view(message.payload.data(), message.payload.size()));
  }
  void flush_() override {}

  Logger::Sink sink_;
};

spdlog::level::level_enum ToSpdlog(Level level) {
  switch (level) {
    case Level::kDebug:
      return spdlog::level::debug;
    case Level::kInfo:
      return spdlog::level::info;
    case Level::kWarning:
      return spdlog::level::warn;
    case Level::kError:
      return spdlog::level::err;
    case Level::kOff:
      break;
  }
  return spdlog::level::off;
}

std::string_view Name(Level level) {
  switch (level) {
    case Level::kDebug:
      return "debug";
    case Level::kInfo:
      return "info";
    case Level::kWarning:
      return "warning";
    case Level::kError:
      return "error";
    case Level::kOff:
      break;
  }
  return "off";
}

// Length of the valid UTF-8 sequence at the start of `text`, 0 if it is none.
size_t Utf8Length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const size_t length = lead < 0x80                   ? 1
                        : lead >= 0xc2 && lead < 0xe0 ? 2
                        : (lead & 0xf0) == 0xe0       ? 3
                        : lead >= 0xf0 && lead < 0xf5 ? 4
                                                      : 0;
  if (length == 0 || length > text.size()) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) return 0;
  }
  return length;
}

// A JSON string; bytes that are not UTF-8 become U+FFFD, so that a line always parses.
void AppendQuoted(std::string& out, std::string_view text) {
  out += '"';
  for (size_t i = 0; i < text.size();) {
    const char c = text[i];
    const size_t length = Utf8Length(text.substr(i));
    if (length == 0) {
      out += "\\ufffd";
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      out += text.substr(i, length);
    }
    i += std::max<size_t>(length, 1);
  }
  out += '"';
}

void AppendValue(std::string& out, const Value& value) {
  if (const auto* text = std::get_if<std::string_view>(&value.get())) {
    AppendQuoted(out, *text);
  } else if (const auto* number = std::get_if<int64_t>(&value.get())) {
    out += std::to_string(*number);
  } else {
    out += std::get<bool>(value.get()) ? "true" : "false";
  }
}

void AppendFields(std::string& out, Format format, const Field* fields, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    if (format == Format::kJson) {
      out += ',';
      AppendQuoted(out, fields[i].key);
      out += ':';
    } else {
      out += ' ';
      out += fields[i].key;
      out += '=';
    }
    AppendValue(out, fields[i].value);
  }
}

// "2025-02-07T09:30:00.123Z"
std::string Timestamp(std::chrono::system_clock::time_point now) {
  const auto since_epoch = now.time_since_epoch();
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count() % 1000;
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(now)), ms);
}

}  // namespace

class Logger::Backend {
 public:
  Backend(const LoggerOptions& options, spdlog::sink_ptr sink)
      : format_(options.format), log_("outlay", std::move(sink)) {
    log_.set_level(ToSpdlog(options.level));
    log_.set_formatter(std::make_unique<spdlog::pattern_formatter>("%v"));
    log_.flush_on(spdlog::level::debug);
    // The default handler writes to stderr once a second, which is where the log already failed to
    // go.
    log_.set_error_handler([](const std::string&) {});
  }

  Format format() const { return format_; }
  spdlog::logger& log() { return log_; }

 private:
  const Format format_;
  spdlog::logger log_;
};

Logger::Logger() = default;

Logger Logger::ToStderr(const LoggerOptions& options) {
  Logger logger;
  logger.backend_ =
      std::make_shared<Backend>(options, std::make_shared<spdlog::sinks::stderr_sink_mt>());
  return logger;
}

Logger Logger::ToSink(const LoggerOptions& options, Sink sink) {
  Logger logger;
  logger.backend_ =
      std::make_shared<Backend>(options, std::make_shared<FunctionSink>(std::move(sink)));
  return logger;
}

void Logger::Debug(std::string_view message, std::initializer_list<Field> fields) const {
  Write(Level::kDebug, message, fields.begin(), fields.size());
}
void Logger::Info(std::string_view message, std::initializer_list<Field> fields) const {
  Write(Level::kInfo, message, fields.begin(), fields.size());
}
void Logger::Warning(std::string_view message, std::initializer_list<Field> fields) const {
  Write(Level::kWarning, message, fields.begin(), fields.size());
}
void Logger::Error(std::string_view message, std::initializer_list<Field> fields) const {
  Write(Level::kError, message, fields.begin(), fields.size());
}
void Logger::Log(Level level, std::string_view message, const std::vector<Field>& fields) const {
  Write(level, message, fields.data(), fields.size());
}

bool Logger::Enabled(Level level) const {
  return backend_ != nullptr && level != Level::kOff && backend_->log().should_log(ToSpdlog(level));
}

Logger Logger::With(std::initializer_list<Field> fields) const {
  Logger child = *this;
  if (backend_ != nullptr) {
    AppendFields(child.bound_, backend_->format(), fields.begin(), fields.size());
  }
  return child;
}

void Logger::Write(Level level, std::string_view message, const Field* fields, size_t count) const {
  if (!Enabled(level)) return;
  try {
    const std::string time = Timestamp(std::chrono::system_clock::now());
    std::string line;
    if (backend_->format() == Format::kJson) {
      line = fmt::format("{{\"time\":\"{}\",\"level\":\"{}\",\"message\":", time, Name(level));
      AppendQuoted(line, message);
    } else {
      line = fmt::format("{} {:7} {}", time, Name(level), message);
    }
    line += bound_;
    AppendFields(line, backend_->format(), fields, count);
    if (backend_->format() == Format::kJson) line += '}';
    backend_->log().log(ToSpdlog(level), spdlog::string_view_t(line.data(), line.size()));
  } catch (const std::exception&) {
    // Out of memory: the line is lost, the caller goes on.
  }
}

Level ParseLevel(std::string_view name) {
  for (const Level level : {Level::kDebug, Level::kWarning, Level::kError, Level::kOff}) {
    if (name == Name(level)) return level;
  }
  return Level::kInfo;
}

Format ResolveFormat(std::string_view name) {
  if (name == "json") return Format::kJson;
  if (name == "text") return Format::kText;
  return isatty(STDERR_FILENO) != 0 ? Format::kText : Format::kJson;
}

}  // namespace outlay::telemetry
