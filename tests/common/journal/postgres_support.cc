#include "tests/common/journal/postgres_support.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

namespace outlay::journal {
namespace {

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// What a command of tools/postgres.sh prints, without the line's end.
std::string RunTool(const std::string& arguments) {
  const std::string command = Environment("OUTLAY_SOURCE_DIR") + "/tools/postgres.sh " + arguments;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) std::abort();
  std::string output;
  std::array<char, 256> chunk;
  while (const size_t size = std::fread(chunk.data(), 1, chunk.size(), pipe)) {
    output.append(chunk.data(), size);
  }
  EXPECT_EQ(::pclose(pipe), 0) << command;
  while (!output.empty() && output.back() == '\n') output.pop_back();
  return output;
}

// "T" for one that is stopped; empty where there is none.
std::string StateOf(pid_t process) {
  std::ifstream stat(fmt::format("/proc/{}/stat", process));
  std::string line;
  std::getline(stat, line);
  const size_t name_end = line.rfind(')');  // a name may hold anything
  return name_end == line.npos ? "" : line.substr(name_end + 2, 1);
}

// Stops it, and waits until it stands still or has ended.
void Halt(pid_t process) {
  ::kill(process, SIGSTOP);
  while (!std::set<std::string>{"T", "Z", ""}.contains(StateOf(process))) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

}  // namespace

std::string PostgresUrl() { return Environment("OUTLAY_POSTGRES_URL"); }

std::string WhyNoPostgres() {
  if (!PostgresUrl().empty()) return "";
  const std::string why = Environment("OUTLAY_POSTGRES_MISSING");
  return why.empty() ? "OUTLAY_POSTGRES_URL is not set: 'tools/postgres.sh run COMMAND' sets it"
                     : why;
}

SqlSession::SqlSession(const std::string& url) : handle_(PQconnectdb(url.c_str())) {
  EXPECT_EQ(PQstatus(handle_.get()), CONNECTION_OK) << PQerrorMessage(handle_.get());
  PQsetNoticeProcessor(
      handle_.get(), [](void*, const char*) {}, nullptr);
}

std::vector<std::string> SqlSession::Run(const std::string& sql) {
  PGresult* result = PQexec(handle_.get(), sql.c_str());
  const ExecStatusType status = PQresultStatus(result);
  EXPECT_TRUE(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
      << sql << ": " << PQerrorMessage(handle_.get());
  std::vector<std::string> values;
  for (int row = 0; row < PQntuples(result); ++row) {
    values.emplace_back(PQgetvalue(result, row, 0));
  }
  PQclear(result);
  return values;
}

std::string SqlSession::Value(const std::string& sql) {
  const std::vector<std::string> values = Run(sql);
  EXPECT_EQ(values.size(), 1u) << sql;
  return values.empty() ? "" : values.front();
}

std::string SqlSession::TryRun(const std::string& sql) {
  PGresult* result = PQexec(handle_.get(), sql.c_str());
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string copy = state == nullptr ? "" : state;
  PQclear(result);
  return copy;
}

TemporarySchema::TemporarySchema() {
  static std::atomic<int> count = 0;
  name_ = fmt::format("t{}-{}", ::getpid(), ++count);
}

TemporarySchema::~TemporarySchema() {
  SqlSession().Run(fmt::format("DROP SCHEMA IF EXISTS \"{}\" CASCADE", schema()));
}

PostgresOptions TemporarySchema::Options() const {
  PostgresOptions options;
  options.url = PostgresUrl();
  options.name = name_;
  options.recent_bytes_max = 16 * 1024;
  options.follow_interval = std::chrono::milliseconds(5);
  return options;
}

PrivateCluster::PrivateCluster(const std::vector<std::string>& settings) {
  const std::string memory = "/dev/shm";
  const bool in_memory = ::access(memory.c_str(), W_OK | X_OK) == 0 &&
                         std::filesystem::space(memory).available > (uint64_t{1} << 30);
  std::string pattern = (in_memory ? memory : "/tmp") + "/outlay-postgres-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) std::abort();
  folder_ = pattern;
  std::string arguments = fmt::format("start {} {}", folder_, ::getpid());
  for (const std::string& setting : settings) arguments += " -c " + setting;
  url_ = RunTool(arguments);
}

PrivateCluster::~PrivateCluster() {
  GoOn();
  RunTool("remove " + folder_);
}

void PrivateCluster::Restart(const std::string& mode) {
  RunTool(fmt::format("restart {} {}", folder_, mode));
}

void PrivateCluster::Stop(const std::string& mode) {
  RunTool(fmt::format("stop {} {}", folder_, mode));
}

void PrivateCluster::Start() { RunTool("start " + folder_); }

std::vector<pid_t> PrivateCluster::Processes() const {
  std::ifstream pid_file(folder_ + "/data/postmaster.pid");
  pid_t server = 0;
  if (!(pid_file >> server)) return {};
  std::vector<pid_t> processes = {server};
  std::ifstream children(fmt::format("/proc/{0}/task/{0}/children", server));
  for (pid_t child = 0; children >> child;) processes.push_back(child);
  return processes;
}

void PrivateCluster::Hang() {
  const std::vector<pid_t> server = Processes();
  ASSERT_FALSE(server.empty());
  Halt(server.front());
  // It makes no more of them now.
  const std::vector<pid_t> all = Processes();
  ASSERT_GT(all.size(), 1u) << "its children are not known";
  for (const pid_t process : all) Halt(process);
}

void PrivateCluster::GoOn() {
  for (const pid_t process : Processes()) ::kill(process, SIGCONT);
}

}  // namespace outlay::journal
