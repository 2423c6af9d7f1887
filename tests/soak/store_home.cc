#include "tests/soak/store_home.h"

#include <unistd.h>

#include <chrono>
#include <stdexcept>

namespace outlay::tests {
namespace {

constexpr std::chrono::seconds kScriptLimit{120};
constexpr int kUnavailable = 3;  // the script's exit code where PostgreSQL cannot be had

class SqliteHome final : public StoreHome {
 public:
  std::vector<std::string> Flags() const override {
    return {"--data-dir=" + (folder_.path() / "data").string()};
  }

 private:
  TemporaryFolder folder_;
};

class PostgresHome final : public StoreHome {
 public:
  ~PostgresHome() override { Script({"remove", cluster_}); }

  // False with a reason where there is no PostgreSQL.
  bool Start(std::string* why) {
    const ProcessResult result = Script({"start", cluster_, std::to_string(::getpid())});
    if (result.exit_code == kUnavailable) {
      *why = result.standard_error;
      return false;
    }
    Expect(result);
    url_ = result.standard_output.substr(0, result.standard_output.find('\n'));
    return true;
  }

  std::vector<std::string> Flags() const override { return {"--store=" + url_}; }
  bool IsProcess() const override { return true; }
  void KillStore() override { Expect(Script({"stop", cluster_, "immediate"})); }
  void StartStore() override { Expect(Script({"start", cluster_})); }

 private:
  static ProcessResult Script(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), (SourceDirectory() / "tools" / "postgres.sh").string());
    return RunToEnd({.arguments = std::move(arguments)}, kScriptLimit);
  }
  static void Expect(const ProcessResult& result) {
    if (result.exit_code != 0) throw std::runtime_error(result.standard_error);
  }

  // A Unix socket's path is short.
  const std::string cluster_ =
      "/tmp/outlay-soak-" + std::to_string(::getpid()) + "-" + std::to_string(++count_);
  std::string url_;
  static inline int count_ = 0;
};

}  // namespace

std::unique_ptr<StoreHome> MakeSqliteHome() { return std::make_unique<SqliteHome>(); }

std::unique_ptr<StoreHome> MakePostgresHome(std::string* why) {
  auto home = std::make_unique<PostgresHome>();
  if (!home->Start(why)) return nullptr;
  return home;
}

}  // namespace outlay::tests
