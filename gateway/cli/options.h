// The flags that every command which asks the gateway has.
#ifndef OUTLAY_GATEWAY_CLI_OPTIONS_H_
#define OUTLAY_GATEWAY_CLI_OPTIONS_H_

#include <chrono>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/cli/render/language.h"
#include "gateway/cli/session.h"
#include "outlay/journal/v1/journal.pb.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the name of the library
class App;
}

namespace outlay::cli {

inline constexpr char kDefaultGateway[] = "127.0.0.1:7400";

struct GatewayOptions {
  std::string address;  // empty: not given
  int timeout_s = 30;

  // The flag, else OUTLAY_GATEWAY, else the default.
  std::string Address(const Session& session) const;
  std::chrono::seconds timeout() const { return std::chrono::seconds(timeout_s); }
};
void AddGatewayOptions(CLI::App& app, GatewayOptions& options);

enum class OutputFormat { kTable, kJson, kCsv, kMarkdown };

struct OutputOptions {
  std::string format = "table";
  std::string language = "en";

  OutputFormat Format() const;
  Language Lang() const;
};
void AddFormatOption(CLI::App& app, OutputOptions& options);
void AddLanguageOption(CLI::App& app, OutputOptions& options,
                       const char* what = "Language of names and amounts: en, ko");

// --as-of, --recorded-as-of and --now.
struct AsOfOptions {
  std::string published;
  std::string recorded_sequence;
  std::string now;
  // Whose journal the sequence counts in: ingest's for a report, fx's for a conversion.
  std::string journal = "ingest";

  bool IsGiven() const { return !(published.empty() && recorded_sequence.empty() && now.empty()); }
  // Usage errors name the flag.
  absl::StatusOr<journal::v1::AsOf> ToProto() const;
};
void AddAsOfOptions(CLI::App& app, AsOfOptions& options);

// The value of a flag that names a sequence of a journal, which `printed_by` shows.
absl::StatusOr<uint64_t> ParseSequence(const char* flag, const std::string& text,
                                       const std::string& journal, const char* printed_by);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_OPTIONS_H_
