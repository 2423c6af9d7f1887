// Real processes for tests: started, read, signalled, waited for; none outlives its object.
#ifndef OUTLAY_TESTS_SUPPORT_PROCESS_H_
#define OUTLAY_TESTS_SUPPORT_PROCESS_H_

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace outlay::tests {

// What a finished process left behind.
struct ProcessResult {
  int exit_code = -1;  // 128 + the signal's number where a signal ended it
  std::string standard_output;
  std::string standard_error;
};

class Process {
 public:
  struct Options {
    std::vector<std::string> arguments;              // the first is the program
    std::map<std::string, std::string> environment;  // added to this process's own
    std::string standard_input;
    std::filesystem::path directory;  // empty: this process's own
  };

  // Standard output and error go to files in `scratch`, which must exist and be this process's alone.
  Process(const Options& options, const std::filesystem::path& scratch);
  // Kills what still runs.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }
  void Signal(int signal) const;

  // The result once it has ended; none when it has not within the time.
  std::optional<ProcessResult> Wait(std::chrono::milliseconds limit);
  bool Running();

  // Everything written so far.
  std::string StandardOutput() const;
  std::string StandardError() const;
  // Waits until standard error or output contains `text`; false after the limit or once the process has ended without it.
  bool WaitForText(const std::string& text, std::chrono::milliseconds limit);

 private:
  bool Reap(int wait_options);

  std::filesystem::path output_path_;
  std::filesystem::path error_path_;
  pid_t pid_ = -1;
  std::optional<int> exit_code_;
};

// Runs to the end; kills it after `limit` (exit_code 137).
ProcessResult RunToEnd(const Process::Options& options,
                       std::chrono::milliseconds limit = std::chrono::seconds(60));

// A folder that goes with its object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string ReadFile(const std::filesystem::path& path);
void WriteFile(const std::filesystem::path& path, const std::string& content);

// The checkout and the build that the tests belong to, from OUTLAY_SOURCE_DIR and OUTLAY_BUILD_DIR, which ctest sets.
std::filesystem::path SourceDirectory();
std::filesystem::path BuildDirectory();
// A binary of the build: Binary("outlay-fx").
std::string Binary(const std::string& name);
// A program on PATH or in the checkout's .cache/tools; none where it is not installed.
std::optional<std::string> FindTool(const std::string& name);

}  // namespace outlay::tests

#endif  // OUTLAY_TESTS_SUPPORT_PROCESS_H_
