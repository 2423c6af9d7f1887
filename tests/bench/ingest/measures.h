// What `./run bench ingest` measures.
#ifndef OUTLAY_TESTS_BENCH_INGEST_MEASURES_H_
#define OUTLAY_TESTS_BENCH_INGEST_MEASURES_H_

#include <cstdint>
#include <filesystem>
#include <string>

#include "tests/bench/ingest/generated_disclosures.h"

namespace outlay::bench {

struct MeasureOptions {
  std::filesystem::path directory;  // of the stores; emptied as it goes
  bool store_in_postgres = false;   // whether the measured journal is in PostgreSQL, else in SQLite
  std::string postgres_url;         // of the peer on PostgreSQL; empty: it is left out
  uint64_t runs = 3;
  uint64_t streams = 1;             // calls of StreamDisclosures at once
  uint64_t records = 300'000;       // of a run of the stream
  uint64_t preloaded = 1'000'000;   // records that are there before
  uint64_t unary_records = 30'000;  // of a run
};

// The stream into an empty store, against the bare loader and PostgreSQL.
void MeasureEmptyStream(const MeasureOptions& options, const DisclosureGenerator& generator);

// The stream into a store with records, memory by the record, the start, and the feed.
void MeasurePreloaded(const MeasureOptions& options, const DisclosureGenerator& generator);

// Single records, 64 under way, against the echo.
void MeasureUnary(const MeasureOptions& options, const DisclosureGenerator& generator);

}  // namespace outlay::bench

#endif  // OUTLAY_TESTS_BENCH_INGEST_MEASURES_H_
