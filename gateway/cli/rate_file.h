// What the readers of rate files hand out, whatever the format.
#ifndef OUTLAY_GATEWAY_CLI_RATE_FILE_H_
#define OUTLAY_GATEWAY_CLI_RATE_FILE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"

namespace outlay::cli {

// One figure: `unit` units of `base` are worth `value` units of `quote` on `date`.
struct FileRate {
  size_t line = 0;    // where it stands, from 1; 0: in a format without lines
  std::string place;  // there: "usd.krw"
  std::string date;
  std::string base;
  std::string quote;
  std::string value;         // a decimal's digits; never through a binary number
  int unit = 0;              // 0: not said, which is 1
  std::string provider;      // empty: the file does not say
  std::string published_at;  // empty: the file does not say
};

// What was left out, or is to be known, at a place of the file.
struct RateNote {
  size_t line = 0;    // from 1; 0: in a format without lines
  size_t column = 0;  // in bytes from 1; 0: the line as a whole
  std::string message;
  std::string place;
};

// Where a reader of a stream puts what it finds. An error ends the reading.
struct RateFileSink {
  std::function<absl::Status(const FileRate&)> on_rate;
  std::function<absl::Status(const RateNote&)> on_problem;  // one figure, or one day, is left out
  std::function<void(const RateNote&)> on_warning;
  // Figures of what is no currency of ISO 4217.
  std::function<void(uint64_t count)> on_skipped;
  std::function<absl::Status(uint64_t bytes_read)> on_progress;
};

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_RATE_FILE_H_
