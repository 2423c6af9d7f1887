// What a reader of rates hands out, as text.
#ifndef OUTLAY_TESTS_GATEWAY_CLI_RATE_SINK_H_
#define OUTLAY_TESTS_GATEWAY_CLI_RATE_SINK_H_

#include <string>
#include <vector>

#include "fmt/format.h"
#include "gateway/cli/rate_file.h"

namespace outlay::cli {

// "EUR/USD 1.1658 of 2018-06-29".
inline std::string TextOf(const FileRate& rate) {
  return fmt::format("{}/{} {} of {}", rate.base, rate.quote, rate.value, rate.date);
}

struct CollectedRates {
  std::vector<std::string> rates;
  std::vector<std::string> problems;  // "1:300: …", or "usd.krw: …"
  std::vector<std::string> warnings;
  uint64_t skipped = 0;

  RateFileSink Sink() {
    RateFileSink sink;
    sink.on_rate = [this](const FileRate& rate) {
      rates.push_back(TextOf(rate));
      return absl::OkStatus();
    };
    sink.on_problem = [this](const RateNote& note) {
      problems.push_back(note.place.empty()
                             ? fmt::format("{}:{}: {}", note.line, note.column, note.message)
                             : fmt::format("{}: {}", note.place, note.message));
      return absl::OkStatus();
    };
    sink.on_warning = [this](const RateNote& note) { warnings.push_back(note.message); };
    sink.on_skipped = [this](uint64_t count) { skipped += count; };
    sink.on_progress = [](uint64_t) { return absl::OkStatus(); };
    return sink;
  }
};

}  // namespace outlay::cli

#endif  // OUTLAY_TESTS_GATEWAY_CLI_RATE_SINK_H_
