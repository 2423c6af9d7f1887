// What a running process uses, from /proc.
#ifndef OUTLAY_TESTS_BENCH_PROCESS_FIGURES_H_
#define OUTLAY_TESTS_BENCH_PROCESS_FIGURES_H_

#include <sys/types.h>

#include <cstdint>

namespace outlay::bench {

int64_t ResidentBytes(pid_t pid);

// User and system time of all of its threads so far.
double CpuSeconds(pid_t pid);

}  // namespace outlay::bench

#endif  // OUTLAY_TESTS_BENCH_PROCESS_FIGURES_H_
