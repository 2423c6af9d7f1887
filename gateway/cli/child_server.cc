#include "gateway/cli/child_server.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string_view>
#include <thread>

#include "fmt/format.h"
#include "gateway/cli/errors.h"
#include "nlohmann/json.hpp"
#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPoll{20};
constexpr size_t kLogLinesInErrors = 6;
constexpr int kExecFailed = 127;

std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The last lines, indented.
std::string TailOf(const std::string& log) {
  std::vector<std::string> lines;
  std::istringstream stream(log);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  std::string tail;
  const size_t first = lines.size() > kLogLinesInErrors ? lines.size() - kLogLinesInErrors : 0;
  for (size_t i = first; i < lines.size(); ++i) tail += "\n    " + lines[i];
  return tail;
}

// This process's environment without Outlay's settings.
std::vector<char*> ForeignEnvironment() {
  std::vector<char*> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    if (!std::string_view(*variable).starts_with("OUTLAY_")) variables.push_back(*variable);
  }
  variables.push_back(nullptr);
  return variables;
}

// What runs in the child between fork and exec: only calls that are safe there.
[[noreturn]] void Become(char* const* arguments, char* const* environment, int log, pid_t parent) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  // The parent may have died before that.
  if (getppid() != parent) _exit(kExecFailed);
  const int nothing = open("/dev/null", O_RDONLY);
  dup2(nothing, STDIN_FILENO);
  dup2(log, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  execve(arguments[0], arguments, environment);
  const char* const error = std::strerror(errno);
  (void)!write(STDERR_FILENO, error, std::strlen(error));
  _exit(kExecFailed);
}

}  // namespace

absl::StatusOr<std::unique_ptr<ChildServer>> ChildServer::Start(
    const std::filesystem::path& program, const std::vector<std::string>& arguments,
    const std::filesystem::path& log_path) {
  std::unique_ptr<ChildServer> server(new ChildServer(program.filename().string(), log_path));
  if (access(program.c_str(), X_OK) != 0) {
    return ServerFailed(server->name_,
                        fmt::format("is not at {}: build it first", program.string()));
  }
  const int log = open(log_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (log < 0) return CannotWrite(log_path.string(), std::strerror(errno));
  std::vector<std::string> words = {program.string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const std::vector<char*> environment = ForeignEnvironment();
  const pid_t parent = getpid();
  server->pid_ = fork();
  if (server->pid_ == 0) Become(pointers.data(), environment.data(), log, parent);
  const int error = errno;
  close(log);
  if (server->pid_ < 0) {
    server->ended_ = true;
    return ServerFailed(server->name_,
                        fmt::format("could not be started: {}", std::strerror(error)));
  }
  return server;
}

ChildServer::~ChildServer() {
  if (pid_ <= 0 || Reap(false)) return;
  kill(pid_, SIGKILL);
  Reap(true);
}

bool ChildServer::Reap(bool block) {
  if (ended_) return true;
  pid_t reaped = 0;
  do {
    reaped = waitpid(pid_, &wait_status_, block ? 0 : WNOHANG);
  } while (reaped < 0 && errno == EINTR);
  ended_ = reaped != 0;
  return ended_;
}

absl::Status ChildServer::Ended() const {
  const std::string how = WIFSIGNALED(wait_status_)
                              ? fmt::format("was ended by signal {}", WTERMSIG(wait_status_))
                              : fmt::format("ended with exit code {}", WEXITSTATUS(wait_status_));
  return ServerFailed(name_, how + "; its log ends with" + TailOf(ReadAll(log_path_)));
}

absl::Status ChildServer::CheckRunning() { return Reap(false) ? Ended() : absl::OkStatus(); }

absl::StatusOr<std::string> ChildServer::WaitForAddress(std::chrono::milliseconds limit,
                                                        const KeepWaiting& keep_waiting) {
  for (const auto end = steady_clock::now() + limit; steady_clock::now() < end;) {
    const bool ended = Reap(false);
    std::string address = ListeningAddress(ReadAll(log_path_));
    if (!address.empty() && !ended) return address;
    if (ended) return Ended();
    RETURN_IF_ERROR(keep_waiting());
    std::this_thread::sleep_for(kPoll);
  }
  return ServerFailed(name_, fmt::format("does not listen after {} s; its log ends with{}",
                                         limit.count() / 1000, TailOf(ReadAll(log_path_))));
}

absl::Status ChildServer::Stop(std::chrono::milliseconds limit) {
  if (!Reap(false)) kill(pid_, SIGTERM);
  for (const auto end = steady_clock::now() + limit; !Reap(false);) {
    if (steady_clock::now() >= end) {
      kill(pid_, SIGKILL);
      Reap(true);
      return ServerFailed(
          name_, fmt::format("did not stop within {} s and was killed", limit.count() / 1000));
    }
    std::this_thread::sleep_for(kPoll);
  }
  const bool well = WIFEXITED(wait_status_) && WEXITSTATUS(wait_status_) == 0;
  return well ? absl::OkStatus() : Ended();
}

std::string ListeningAddress(const std::string& log) {
  std::istringstream stream(log);
  for (std::string line; std::getline(stream, line);) {
    const auto entry = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!entry.is_object() || entry.value("message", "") != "listening") continue;
    return entry.value("address", "");
  }
  return "";
}

}  // namespace outlay::cli
