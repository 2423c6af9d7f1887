#include "tests/bench/server_process.h"

#include <signal.h>

#include <stdexcept>

#include "tests/bench/report_table.h"

namespace outlay::bench {
namespace {

constexpr std::chrono::minutes kStartLimit{10};
constexpr std::chrono::minutes kStopLimit{5};

std::filesystem::path ProgramPath(const std::string& program) {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "bin" /
         program;
}

}  // namespace

std::string WaitForAddress(tests::Process& process, const std::string& before) {
  if (!process.WaitForText(before, kStartLimit)) {
    throw std::runtime_error("a server did not start: " + process.StandardError());
  }
  const std::string text = process.StandardOutput() + process.StandardError();
  const size_t start = text.find(before) + before.size();
  return text.substr(start, text.find_first_of("\"\n", start) - start);
}

ServerProcess::ServerProcess(const std::string& program, const std::filesystem::path& directory,
                             const std::vector<std::string>& settings)
    : program_(program) {
  tests::Process::Options options{.arguments = {ProgramPath(program).string(), "--log-format=json",
                                                "--listen-address=127.0.0.1:0", "--drain-ms=0",
                                                "--data-dir=" + directory.string()}};
  options.arguments.insert(options.arguments.end(), settings.begin(), settings.end());
  const Stopwatch watch;
  process_ = std::make_unique<tests::Process>(options, scratch_.path());
  address_ = WaitForAddress(*process_, "\"address\":\"");
  start_seconds_ = watch.Seconds();
}

ServerProcess::~ServerProcess() {
  try {
    Stop();
  } catch (const std::exception& exception) {
    PrintFigure("stopping failed", exception.what());
  }
}

void ServerProcess::Stop() {
  if (process_ == nullptr) return;
  process_->Signal(SIGTERM);
  const auto result = process_->Wait(kStopLimit);
  process_.reset();
  if (!result || result->exit_code != 0) {
    throw std::runtime_error(program_ + " did not stop well");
  }
}

}  // namespace outlay::bench
