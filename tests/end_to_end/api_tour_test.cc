// Every command of docs/api-tour.md, run with the real grpcurl against a running `outlay up`, prints what the page says.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <map>

#include <gtest/gtest.h>

#include "tests/end_to_end/console_blocks.h"
#include "tests/support/process.h"

namespace outlay::tests {
namespace {

using std::chrono::seconds;

// The one that `./run test` has got, else one on PATH.
std::optional<std::string> Grpcurl() {
  if (const char* path = std::getenv("OUTLAY_GRPCURL"); path != nullptr && *path != '\0')
    return path;
  return FindTool("grpcurl");
}

// Ports that were free a moment ago, all different.
std::vector<int> FreePorts(int count) {
  std::vector<int> sockets;
  std::vector<int> ports;
  for (int i = 0; i < count; ++i) {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    if (bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
      ADD_FAILURE() << "no free port";
    }
    sockets.push_back(fd);
    ports.push_back(ntohs(address.sin_port));
  }
  for (int fd : sockets) close(fd);
  return ports;
}

std::string ReplaceAll(std::string text, const std::string& from, const std::string& to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

class ApiTour : public testing::Test {
 protected:
  void SetUp() override {
    const std::optional<std::string> grpcurl = Grpcurl();
    if (!grpcurl)
      GTEST_SKIP()
          << "grpcurl is not installed and could not be: the API tour's commands were not run";
    grpcurl_folder_ = std::filesystem::path(*grpcurl).parent_path().string();
    ports_ = FreePorts(4);
    up_ = std::make_unique<Process>(
        Process::Options{
            .arguments = {Binary("outlay"), "up", "--data-dir", (folder_.path() / "data").string(),
                          "--gateway-port", std::to_string(ports_[0]), "--ingest-port",
                          std::to_string(ports_[1]), "--fx-port", std::to_string(ports_[2]),
                          "--aggregation-port", std::to_string(ports_[3])}},
        folder_.path());
    ASSERT_TRUE(up_->WaitForText("Ctrl-C", seconds(60)))
        << up_->StandardError() << up_->StandardOutput();
    Shell(
        "outlay import disclosures deploy/demo/disclosures.jsonl && outlay import rates "
        "deploy/demo/eurofxref-hist.csv && "
        "outlay import rates deploy/demo/rates.jsonl");
  }

  // As the page's reader would: from the checkout, with the build's binaries on PATH.
  ProcessResult Shell(const std::string& command) {
    const std::string path =
        (BuildDirectory() / "bin").string() + ":" + grpcurl_folder_ + ":" + std::getenv("PATH");
    return RunToEnd({.arguments = {"bash", "-c", WithPorts(command)},
                     .environment = {{"PATH", path},
                                     {"OUTLAY_GATEWAY", "127.0.0.1:" + std::to_string(ports_[0])},
                                     {"LC_ALL", "C.UTF-8"}},
                     .directory = SourceDirectory()});
  }

  std::string WithPorts(std::string text) const {
    for (int i = 0; i < 4; ++i)
      text = ReplaceAll(text, "localhost:" + std::to_string(7400 + i),
                        "127.0.0.1:" + std::to_string(ports_[i]));
    return ReplaceAll(text, "build/share", (BuildDirectory() / "share").string());
  }

  TemporaryFolder folder_;
  std::string grpcurl_folder_;
  std::vector<int> ports_;
  std::unique_ptr<Process> up_;
};

TEST_F(ApiTour, EveryCommandPrintsWhatThePageSays) {
  const std::vector<ConsoleCommand> commands =
      ReadConsoleBlocks(ReadFile(SourceDirectory() / "docs" / "api-tour.md"));
  ASSERT_GE(commands.size(), 15u);
  int with_grpcurl = 0;
  for (const ConsoleCommand& command : commands) {
    const ProcessResult result = Shell(command.command);
    EXPECT_EQ(Difference(command.expected, result.standard_output + result.standard_error), "")
        << "docs/api-tour.md:" << command.line << ": " << command.command;
    if (command.command.find("grpcurl") != std::string::npos) ++with_grpcurl;
  }
  EXPECT_GE(with_grpcurl, 15);
  up_->Signal(SIGINT);
  const std::optional<ProcessResult> up = up_->Wait(seconds(30));
  ASSERT_TRUE(up);
  EXPECT_EQ(up->exit_code, 0) << up->standard_error;
}

TEST(ConsoleBlocks, ReadCommandsTheirContinuationAndTheirOutput) {
  const std::vector<ConsoleCommand> commands = ReadConsoleBlocks(
      "text\n```console\n$ a \\\n  b\none\n…\n$ c\n```\n```sh\n$ not this\n```\n");
  ASSERT_EQ(commands.size(), 2u);
  EXPECT_EQ(commands[0].command, "a \\\n  b");
  EXPECT_EQ(commands[0].expected, (std::vector<std::string>{"one", "…"}));
  EXPECT_EQ(commands[1].line, 7);
}

TEST(ConsoleBlocks, TellADifferenceFromAnElision) {
  EXPECT_EQ(Difference({"a", "…", "d"}, "a\nb\nc\nd\n"), "");
  EXPECT_EQ(Difference({"…"}, ""), "");
  EXPECT_NE(Difference({"a", "…", "d"}, "a\nb\nc\n"), "");
  EXPECT_NE(Difference({"a"}, "a\nb\n"), "");
}

}  // namespace
}  // namespace outlay::tests
