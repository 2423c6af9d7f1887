#include "gateway/cli/child_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>
#include <fstream>

#include "gateway/cli/demo_cluster.h"
#include "gateway/cli/errors.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"
#include "tests/support/process.h"

namespace outlay::cli {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;

absl::Status Always() { return absl::OkStatus(); }
std::string MessageOf(const absl::Status& status) {
  return std::string(FromAbsl(status.message()));
}

class ChildServerTest : public testing::Test {
 protected:
  // A shell script in a server's place.
  std::unique_ptr<ChildServer> Start(const std::string& script) {
    auto server = ChildServer::Start("/bin/sh", {"-c", script}, folder_.path() / "log");
    EXPECT_TRUE(server.ok()) << server.status();
    return *std::move(server);
  }

  tests::TemporaryFolder folder_;
};

constexpr const char* kListening =
    "echo '{\"message\":\"listening\",\"address\":\"127.0.0.1:4711\"}';";

TEST(ListeningAddressTest, IsInTheLogLineThatSaysSo) {
  EXPECT_EQ(ListeningAddress(
                "{\"message\":\"replayed\",\"address\":\"x\"}\nnoise\n"
                "{\"level\":\"info\",\"message\":\"listening\",\"address\":\"127.0.0.1:7401\"}\n"),
            "127.0.0.1:7401");
  EXPECT_EQ(ListeningAddress("{\"message\":\"liste"), "");
  EXPECT_EQ(ListeningAddress(""), "");
}

TEST_F(ChildServerTest, AServerThatListensAndStopsOnSigterm) {
  const auto server =
      Start(fmt::format("trap 'exit 0' TERM;{}while :; do sleep 0.05; done", kListening));
  const auto address = server->WaitForAddress(seconds(20), Always);
  ASSERT_TRUE(address.ok()) << address.status();
  EXPECT_EQ(*address, "127.0.0.1:4711");
  EXPECT_TRUE(server->CheckRunning().ok());
  EXPECT_TRUE(server->Stop(seconds(20)).ok());
  EXPECT_TRUE(server->Stop(seconds(20)).ok());
}

TEST_F(ChildServerTest, AServerThatEndsAtOnceIsReportedWithItsLog) {
  const auto server = Start("echo 'address already in use'; exit 1");
  const auto address = server->WaitForAddress(seconds(20), Always);
  EXPECT_EQ(GetErrorDetail(address.status()).reason, "SERVER_FAILED");
  EXPECT_EQ(MessageOf(address.status()),
            "sh ended with exit code 1; its log ends with\n    address already in use");
}

TEST_F(ChildServerTest, AServerThatDoesNotEndWellIsReported) {
  const auto server =
      Start(fmt::format("trap 'exit 3' TERM;{}while :; do sleep 0.05; done", kListening));
  ASSERT_TRUE(server->WaitForAddress(seconds(20), Always).ok());
  EXPECT_THAT(MessageOf(server->Stop(seconds(20))), HasSubstr("sh ended with exit code 3"));
}

TEST_F(ChildServerTest, NoSettingReachesItThroughTheEnvironment) {
  ASSERT_EQ(setenv("OUTLAY_STORE", "postgres://elsewhere/production", 1), 0);
  ASSERT_EQ(setenv("NOT_OUTLAY_STORE", "kept", 1), 0);
  const auto server = Start("env; exit 1");
  EXPECT_FALSE(server->WaitForAddress(seconds(20), Always).ok());
  unsetenv("OUTLAY_STORE");
  unsetenv("NOT_OUTLAY_STORE");
  const std::string environment = "\n" + tests::ReadFile(folder_.path() / "log");
  EXPECT_THAT(environment, HasSubstr("\nNOT_OUTLAY_STORE=kept\n"));
  EXPECT_THAT(environment, testing::Not(HasSubstr("\nOUTLAY_")));
}

TEST_F(ChildServerTest, WaitingCanBeGivenUp) {
  const auto server = Start("sleep 60");
  EXPECT_EQ(GetErrorDetail(server->WaitForAddress(seconds(20), Interrupted).status()).reason,
            "INTERRUPTED");
}

TEST_F(ChildServerTest, AProgramThatIsNotThereIsNamed) {
  const auto server = ChildServer::Start("/nowhere/outlay-fx", {}, folder_.path() / "log");
  EXPECT_EQ(MessageOf(server.status()), "outlay-fx is not at /nowhere/outlay-fx: build it first");
}

TEST_F(ChildServerTest, NoneOutlivesItsObject) {
  const std::filesystem::path pid_file = folder_.path() / "pid";
  {
    const auto server =
        Start(fmt::format("echo $$ > '{}';{}sleep 60 & wait", pid_file.string(), kListening));
    ASSERT_TRUE(server->WaitForAddress(seconds(20), Always).ok());
  }
  EXPECT_NE(kill(std::stoi(tests::ReadFile(pid_file)), 0), 0);
}

TEST(TemporaryFolderTest, GoesWithItsObjectUnlessItIsKept) {
  std::filesystem::path gone;
  std::filesystem::path kept;
  {
    auto first = TemporaryFolder::Make();
    auto second = TemporaryFolder::Make();
    ASSERT_TRUE(first.ok() && second.ok());
    std::ofstream((*first)->path() / "file") << "x";
    gone = (*first)->path();
    kept = (*second)->path();
    (*second)->Keep();
  }
  EXPECT_FALSE(std::filesystem::exists(gone));
  EXPECT_TRUE(std::filesystem::exists(kept));
  std::filesystem::remove_all(kept);
}

TEST(DemoClusterTest, WithoutTheServersItSaysWhichIsMissing) {
  tests::TemporaryFolder folder;
  const auto cluster = DemoCluster::Start("/nowhere", folder.path(), Always);
  EXPECT_THAT(MessageOf(cluster.status()),
              HasSubstr("outlay-ingest is not at /nowhere/outlay-ingest"));
}

}  // namespace
}  // namespace outlay::cli
