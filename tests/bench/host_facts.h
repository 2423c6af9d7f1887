// What a figure depends on besides the program: said with every table of results.
#ifndef OUTLAY_TESTS_BENCH_HOST_FACTS_H_
#define OUTLAY_TESTS_BENCH_HOST_FACTS_H_

#include <filesystem>
#include <string>

namespace outlay::bench {

// Median of 200 times 4 KiB appended to a file in `directory` and synced by fdatasync.
double SyncLatencyUs(const std::filesystem::path& directory);

// Cores, memory, kernel, load and the latency of a sync in `directory`: a few lines.
std::string HostFacts(const std::filesystem::path& directory);

}  // namespace outlay::bench

#endif  // OUTLAY_TESTS_BENCH_HOST_FACTS_H_
