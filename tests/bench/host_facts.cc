#include "tests/bench/host_facts.h"

#include <fcntl.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "fmt/format.h"
#include "tests/bench/report_table.h"

namespace outlay::bench {
namespace {

std::string ProcessorName() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  return "an unknown processor";
}

}  // namespace

double SyncLatencyUs(const std::filesystem::path& directory) {
  constexpr int kSyncs = 200;
  const std::filesystem::path path = directory / "sync-latency";
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) throw std::runtime_error("cannot write into " + directory.string());
  const std::string page(4096, 'x');
  std::vector<double> latencies_us;
  for (int i = 0; i < kSyncs; ++i) {
    if (write(fd, page.data(), page.size()) < 0) break;
    const Stopwatch watch;
    if (fdatasync(fd) != 0) break;
    latencies_us.push_back(watch.Seconds() * 1e6);
  }
  close(fd);
  std::filesystem::remove(path);
  return Median(std::move(latencies_us));
}

std::string HostFacts(const std::filesystem::path& directory) {
  utsname system{};
  uname(&system);
  double load[3] = {};
  getloadavg(load, 3);
  const int64_t memory_bytes = int64_t{sysconf(_SC_PHYS_PAGES)} * sysconf(_SC_PAGESIZE);
  return fmt::format(
      "host: {} cores ({}), {} GiB, {} {}\n"
      "load before the run: {:.2f} {:.2f} {:.2f}; a sync of 4 KiB in {}: {:.0f} us (median of 200)",
      std::thread::hardware_concurrency(), ProcessorName(), memory_bytes >> 30, system.sysname,
      system.release, load[0], load[1], load[2], directory.string(), SyncLatencyUs(directory));
}

}  // namespace outlay::bench
