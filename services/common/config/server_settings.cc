#include "services/common/config/server_settings.h"

#include <string>
#include <utility>

#include "fmt/format.h"
#include "services/common/status/text.h"

namespace outlay::config {
namespace {

constexpr int64_t kSecondMs = 1'000;
constexpr int64_t kMinuteMs = 60 * kSecondMs;
constexpr int64_t kHourMs = 60 * kMinuteMs;
constexpr int64_t kMiB = 1024 * 1024;

// Of host:port, where a host of colons stands in brackets.
std::string FaultOfAddress(const std::string& text) {
  constexpr size_t kDigitsMax = 5;
  constexpr int kPortMax = 65'535;
  const size_t colon = text.rfind(':');
  const std::string host = text.substr(0, colon);
  const std::string port = colon == text.npos ? "" : text.substr(colon + 1);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  const bool is_host = !host.empty() && host.find_first_of(" \t/") == host.npos &&
                       (bracketed || host.find_first_of(":[]") == host.npos);
  const bool is_port = !port.empty() && port.size() <= kDigitsMax &&
                       port.find_first_not_of("0123456789") == port.npos &&
                       std::stoi(port) <= kPortMax;
  if (is_host && is_port) return "";
  return fmt::format(
      "{} is not host:port with a port from 0 to {}, such as 127.0.0.1:7401 or "
      "[::1]:7401",
      Quote(text), kPortMax);
}

Table LimitSettings() {
  return {
      IntegerSetting("max-message-bytes", 16 * kMiB, 4 * kMiB, 1024 * kMiB,
                     "largest message received or sent, in bytes"),
      IntegerSetting("max-concurrent-calls", 1024, 1, 1'000'000,
                     "unary calls in flight; beyond it RESOURCE_EXHAUSTED"),
      IntegerSetting("max-concurrent-streams", 1024, 1, 1'000'000,
                     "open streaming calls; beyond it RESOURCE_EXHAUSTED"),
      IntegerSetting(
          "max-calls-per-connection", 1024, 1, 1'000'000,
          "calls and streams open on one connection; beyond it the client's library waits"),
      DurationSetting("default-deadline-ms", 30 * kSecondMs, 1, kHourMs,
                      "deadline of a unary call that comes without one"),
      DurationSetting("max-deadline-ms", 5 * kMinuteMs, 1, 24 * kHourMs,
                      "longest deadline of a unary call; a longer one is cut to it"),
      IntegerSetting("worker-threads", 4, 1, 256, "threads for handlers that compute or wait"),
      IntegerSetting("worker-queue-limit", 1024, 1, 1'000'000,
                     "calls that wait for a worker thread; beyond it RESOURCE_EXHAUSTED"),
  };
}

Table LifeSettings() {
  return {
      DurationSetting("drain-ms", kSecondMs, 0, 10 * kMinuteMs,
                      "wait after health goes off, before connections close"),
      DurationSetting("drain-timeout-ms", 20 * kSecondMs, 1, kHourMs,
                      "time for open calls and streams to end after that; then they are cancelled"),
      DurationSetting("keepalive-time-ms", kMinuteMs, kSecondMs, 24 * kHourMs,
                      "idle time after which a peer is pinged"),
      DurationSetting("keepalive-timeout-ms", 20 * kSecondMs, 100, kHourMs,
                      "time for a ping's answer before the connection is closed"),
      DurationSetting("keepalive-min-client-ping-ms", 10 * kSecondMs, 0, kHourMs,
                      "clients that ping more often than this are disconnected"),
      DurationSetting(
          "max-connection-age-ms", 30 * kMinuteMs, 0, 24 * kHourMs,
          "age at which a connection is closed so that clients balance anew; 0 for never"),
      DurationSetting("max-connection-age-grace-ms", kMinuteMs, 0, 24 * kHourMs,
                      "time for the calls of an aged connection to end"),
  };
}

Table LogSettings() {
  return {
      EnumSetting("log-level", "info", {"debug", "info", "warning", "error", "off"},
                  "least level that is logged"),
      EnumSetting("log-format", "auto", {"json", "text", "auto"},
                  "form of the log on stderr; auto is text on a terminal and JSON elsewhere"),
  };
}

}  // namespace

Table Concat(Table first, const Table& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

Table ServerSettings(int default_port) {
  Table table = {StringSetting("listen-address", fmt::format("127.0.0.1:{}", default_port),
                               "host:port to serve gRPC on; port 0 lets the system choose")};
  table.front().fault = FaultOfAddress;
  return Concat(Concat(Concat(std::move(table), LimitSettings()), LifeSettings()), LogSettings());
}

}  // namespace outlay::config
