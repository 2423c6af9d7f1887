// What ./run bench fx measures of the server.
#ifndef OUTLAY_TESTS_BENCH_FX_FX_MEASURES_H_
#define OUTLAY_TESTS_BENCH_FX_FX_MEASURES_H_

#include <cstdint>
#include <filesystem>

#include "tests/bench/fx/fx_server.h"

namespace outlay::bench {

struct FxMeasureOptions {
  std::filesystem::path directory;
  std::filesystem::path node_peer;  // empty: without that peer
  uint64_t runs = 5;
  uint64_t unary_calls = 50'000;
  uint64_t stream_messages = 1'000;
};

// How long the history takes to be recorded and, at a start, to be read back; what a rate takes in memory.
void MeasureLoading(const FxMeasureOptions& options, const RateHistory& history);

// ConvertMoney, 64 outstanding, beside an empty echo and beside the server on Node.
void MeasureUnary(const FxMeasureOptions& options, const RateHistory& history);

// StreamConvert, 1,000 conversions a message, with one rate for all and with a rate each, beside the batches of the server on Node.
void MeasureStream(const FxMeasureOptions& options, const RateHistory& history);

}  // namespace outlay::bench

#endif  // OUTLAY_TESTS_BENCH_FX_FX_MEASURES_H_
