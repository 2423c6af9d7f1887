#include "gateway/cli/options.h"

#include <charconv>
#include <cstdint>

#include "CLI/CLI.hpp"
#include "fmt/format.h"
#include "gateway/cli/errors.h"
#include "services/common/status/error.h"
#include "services/common/time/instant.h"
#include "services/common/time/moment.h"
#include "services/common/wire/time_proto.h"

namespace outlay::cli {
std::string GatewayOptions::Address(const Session& session) const {
  if (!address.empty()) return address;
  return session.variable("OUTLAY_GATEWAY").value_or(kDefaultGateway);
}

void AddGatewayOptions(CLI::App& app, GatewayOptions& options) {
  app.add_option(
         "--gateway", options.address,
         "Where the gateway listens, host:port (default: $OUTLAY_GATEWAY, else 127.0.0.1:7400)")
      ->type_name("ADDRESS");
  app.add_option("--timeout", options.timeout_s, "Seconds to wait for an answer")
      ->type_name("SECONDS")
      ->check(CLI::Range(1, 300))
      ->capture_default_str();
}

OutputFormat OutputOptions::Format() const {
  if (format == "json") return OutputFormat::kJson;
  if (format == "csv") return OutputFormat::kCsv;
  return format == "markdown" ? OutputFormat::kMarkdown : OutputFormat::kTable;
}

Language OutputOptions::Lang() const {
  return language == "ko" ? Language::kKorean : Language::kEnglish;
}

void AddFormatOption(CLI::App& app, OutputOptions& options) {
  app.add_option("--format", options.format,
                 "How to print it: table, json (the proto's JSON), csv, markdown")
      ->check(CLI::IsMember({"table", "json", "csv", "markdown"}))
      ->type_name("FORMAT")
      ->capture_default_str();
}

void AddLanguageOption(CLI::App& app, OutputOptions& options, const char* what) {
  app.add_option("--lang", options.language, what)
      ->check(CLI::IsMember({"en", "ko"}))
      ->type_name("LANGUAGE")
      ->capture_default_str();
}

absl::StatusOr<uint64_t> ParseSequence(const char* flag, const std::string& text,
                                       const std::string& journal, const char* printed_by) {
  uint64_t sequence = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, sequence);
  if (error != std::errc() || rest != end || sequence == 0) {
    return BadFlag(flag, text,
                   fmt::format("give a sequence of {}'s journal, a whole number from 1; {} prints "
                               "the one it reflects",
                               journal, printed_by));
  }
  return sequence;
}

absl::StatusOr<journal::v1::AsOf> AsOfOptions::ToProto() const {
  const char* const printed_by = journal == "fx" ? "a conversion in JSON" : "a report";
  journal::v1::AsOf as_of;
  if (!published.empty()) {
    const auto moment = time::ParseDateOrInstant(published);
    if (!moment.ok()) {
      return BadFlag("--as-of", published,
                     "give a day, 2025-02-09, which counts as a whole in UTC, or an instant, "
                     "2025-02-09T12:00:00Z");
    }
    as_of.set_published(published);
  }
  if (!recorded_sequence.empty()) {
    ASSIGN_OR_RETURN(const uint64_t sequence,
                     ParseSequence("--recorded-as-of", recorded_sequence, journal, printed_by));
    as_of.set_recorded_sequence(sequence);
  }
  if (!now.empty()) {
    const auto instant = time::ParseInstant(now);
    if (!instant.ok()) {
      return BadFlag("--now", now,
                     "give an instant, 2025-02-09T12:00:00.123456Z, as the stamp of an earlier "
                     "answer in JSON has it");
    }
    wire::ToProto(*instant, as_of.mutable_now());
  }
  return as_of;
}

void AddAsOfOptions(CLI::App& app, AsOfOptions& options) {
  app.add_option("--as-of", options.published,
                 "Only what the world could know by then: a day (all of it, UTC) or an instant")
      ->type_name("DATE|INSTANT");
  app.add_option(
         "--recorded-as-of", options.recorded_sequence,
         fmt::format("Only what was stored up to this sequence of {}'s journal", options.journal))
      ->type_name("SEQUENCE");
  app.add_option("--now", options.now,
                 "Answer as at this instant, the now of an earlier answer's stamp: with its "
                 "sequences too, the answer is the same")
      ->type_name("INSTANT");
}

}  // namespace outlay::cli
