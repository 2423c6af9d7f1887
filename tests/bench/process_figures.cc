#include "tests/bench/process_figures.h"

#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

#include "fmt/format.h"

namespace outlay::bench {

int64_t ResidentBytes(pid_t pid) {
  std::ifstream file(fmt::format("/proc/{}/statm", pid));
  int64_t total_pages = 0;
  int64_t resident_pages = 0;
  file >> total_pages >> resident_pages;
  return resident_pages * sysconf(_SC_PAGESIZE);
}

double CpuSeconds(pid_t pid) {
  std::ifstream file(fmt::format("/proc/{}/stat", pid));
  std::string line;
  std::getline(file, line);
  // The second field, the name in parentheses, may contain blanks; utime and stime are the 14th and 15th.
  std::istringstream rest(line.substr(line.rfind(')') + 2));
  constexpr int kFieldsBefore = 11;
  std::string skipped;
  for (int i = 0; i < kFieldsBefore; ++i) rest >> skipped;
  double user_ticks = 0;
  double system_ticks = 0;
  rest >> user_ticks >> system_ticks;
  return (user_ticks + system_ticks) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace outlay::bench
