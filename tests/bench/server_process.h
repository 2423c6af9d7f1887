// A server of the build as a process of its own, as it ships.
#ifndef OUTLAY_TESTS_BENCH_SERVER_PROCESS_H_
#define OUTLAY_TESTS_BENCH_SERVER_PROCESS_H_

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/process.h"

namespace outlay::bench {

// Waits until the program has written `before`, and returns what follows it up to the next quote or line end.
std::string WaitForAddress(tests::Process& process, const std::string& before);

// Errors are std::runtime_error.
class ServerProcess {
 public:
  // Starts `program` of the build's bin on a free port of the loopback, or goes on where `directory` has its journal.
  ServerProcess(const std::string& program, const std::filesystem::path& directory,
                const std::vector<std::string>& settings = {});
  ~ServerProcess();

  const std::string& address() const { return address_; }
  pid_t pid() const { return process_->pid(); }
  // From the start of the process until it listens: the journal is verified and replayed by then.
  double start_seconds() const { return start_seconds_; }
  // Does nothing the second time.
  void Stop();

 private:
  const std::string program_;
  tests::TemporaryFolder scratch_;
  std::unique_ptr<tests::Process> process_;
  std::string address_;
  double start_seconds_ = 0;
};

}  // namespace outlay::bench

#endif  // OUTLAY_TESTS_BENCH_SERVER_PROCESS_H_
