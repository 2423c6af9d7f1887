#include "tests/support/process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace outlay::tests {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kPoll{10};

std::filesystem::path Scratch(const std::filesystem::path& folder, const char* suffix) {
  static std::atomic<int> count{0};
  return folder / ("process-" + std::to_string(count++) + suffix);
}

int OpenForWriting(const std::filesystem::path& path) {
  return open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

// Standard input from a file, so that a child that never reads cannot block the test.
int OpenInput(const std::filesystem::path& folder, const std::string& content) {
  const std::filesystem::path path = Scratch(folder, ".in");
  WriteFile(path, content);
  return open(path.c_str(), O_RDONLY | O_CLOEXEC);
}

std::vector<std::string> Environment(const std::map<std::string, std::string>& added) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text(*entry);
    if (added.count(text.substr(0, text.find('='))) == 0) all.push_back(text);
  }
  for (const auto& [name, value] : added) all.push_back(name + "=" + value);
  return all;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::filesystem::path FromEnvironment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr)
    throw std::runtime_error(std::string(name) + " is not set: run the tests with ctest");
  return value;
}

}  // namespace

Process::Process(const Options& options, const std::filesystem::path& scratch)
    : output_path_(Scratch(scratch, ".out")), error_path_(Scratch(scratch, ".err")) {
  std::vector<std::string> arguments = options.arguments;
  std::vector<std::string> environment = Environment(options.environment);
  std::vector<char*> argument_pointers = Pointers(arguments);
  std::vector<char*> environment_pointers = Pointers(environment);
  const int input = OpenInput(scratch, options.standard_input);
  const int output = OpenForWriting(output_path_);
  const int error = OpenForWriting(error_path_);
  if (input < 0 || output < 0 || error < 0)
    throw std::runtime_error("cannot open files in " + scratch.string());
  pid_ = fork();
  if (pid_ == 0) {
    dup2(input, 0);
    dup2(output, 1);
    dup2(error, 2);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    if (!options.directory.empty() && chdir(options.directory.c_str()) != 0) _exit(126);
    execvpe(argument_pointers[0], argument_pointers.data(), environment_pointers.data());
    _exit(127);
  }
  close(input);
  close(output);
  close(error);
  if (pid_ < 0) throw std::runtime_error("fork failed");
}

Process::~Process() {
  if (!Reap(WNOHANG)) {
    Signal(SIGKILL);
    Reap(0);
  }
}

void Process::Signal(int signal) const {
  if (!exit_code_) kill(pid_, signal);
}

bool Process::Reap(int wait_options) {
  if (exit_code_) return true;
  int status = 0;
  if (waitpid(pid_, &status, wait_options) != pid_) return false;
  exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return true;
}

bool Process::Running() { return !Reap(WNOHANG); }

std::optional<ProcessResult> Process::Wait(milliseconds limit) {
  const auto end = steady_clock::now() + limit;
  while (!Reap(WNOHANG)) {
    if (steady_clock::now() >= end) return std::nullopt;
    std::this_thread::sleep_for(kPoll);
  }
  return ProcessResult{*exit_code_, StandardOutput(), StandardError()};
}

std::string Process::StandardOutput() const { return ReadFile(output_path_); }
std::string Process::StandardError() const { return ReadFile(error_path_); }

bool Process::WaitForText(const std::string& text, milliseconds limit) {
  const auto end = steady_clock::now() + limit;
  for (;;) {
    const bool ended = !Running();
    if (StandardError().find(text) != std::string::npos ||
        StandardOutput().find(text) != std::string::npos)
      return true;
    if (ended || steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(kPoll);
  }
}

ProcessResult RunToEnd(const Process::Options& options, milliseconds limit) {
  TemporaryFolder scratch;
  Process process(options, scratch.path());
  if (std::optional<ProcessResult> result = process.Wait(limit)) return *result;
  process.Signal(SIGKILL);
  return process.Wait(std::chrono::seconds(10)).value_or(ProcessResult{});
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "outlay-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr)
    throw std::runtime_error("cannot make a temporary folder");
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // a folder left behind fails no test
  std::filesystem::remove_all(path_, ignored);
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream content;
  content << in.rdbuf();
  return content.str();
}

void WriteFile(const std::filesystem::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

std::filesystem::path SourceDirectory() { return FromEnvironment("OUTLAY_SOURCE_DIR"); }
std::filesystem::path BuildDirectory() { return FromEnvironment("OUTLAY_BUILD_DIR"); }
std::string Binary(const std::string& name) { return (BuildDirectory() / "bin" / name).string(); }

std::optional<std::string> FindTool(const std::string& name) {
  const std::filesystem::path cached = SourceDirectory() / ".cache" / "tools";
  std::string path = cached.string() + ":" + (cached / "bin").string();
  if (const char* own = std::getenv("PATH")) path += std::string(":") + own;
  std::istringstream folders(path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::filesystem::path candidate = std::filesystem::path(folder) / name;
    if (access(candidate.c_str(), X_OK) == 0) return candidate.string();
  }
  return std::nullopt;
}

}  // namespace outlay::tests
