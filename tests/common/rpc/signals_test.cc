// A real child process, ended by real signals.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "grpcpp/create_channel.h"
#include "gtest/gtest.h"
#include "services/common/rpc/error_mapping.h"
#include "services/common/status/error.h"
#include "tests/common/rpc/test_server.h"

namespace outlay::rpc::testing {
namespace {

using ::testing::HasSubstr;

// rpc_test_child with its stdout and stderr.
class Child {
 public:
  explicit Child(std::vector<std::string> flags) {
    flags.insert(flags.begin(), Path());
    std::vector<char*> argv;
    for (std::string& flag : flags) argv.push_back(flag.data());
    argv.push_back(nullptr);
    int out[2];
    int err[2];
    EXPECT_EQ(pipe(out), 0);
    EXPECT_EQ(pipe(err), 0);
    pid_ = fork();
    if (pid_ == 0) {
      dup2(out[1], STDOUT_FILENO);
      dup2(err[1], STDERR_FILENO);
      for (const int fd : {out[0], out[1], err[0], err[1]}) close(fd);
      execv(argv[0], argv.data());
      _exit(127);
    }
    close(out[1]);
    close(err[1]);
    out_ = fdopen(out[0], "r");
    err_ = fdopen(err[0], "r");
  }

  ~Child() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
    }
    fclose(out_);
    fclose(err_);
  }

  // The next line of its stdout, empty at the end.
  std::string ReadLine() { return ReadLine(out_); }

  std::string ReadErrors() {
    std::string text;
    for (std::string line = ReadLine(err_); !line.empty(); line = ReadLine(err_)) {
      text += line + "\n";
    }
    return text;
  }

  void Signal(int signal) { kill(pid_, signal); }

  // The exit code; -1 when a signal killed it.
  int Wait() {
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  static std::string Path() {
    const char* const build = std::getenv("OUTLAY_BUILD_DIR");
    return std::string(build == nullptr ? "." : build) + "/tests/rpc_test_child";
  }

  static std::string ReadLine(FILE* file) {
    std::string line;
    for (int c = fgetc(file); c != EOF && c != '\n'; c = fgetc(file)) line += static_cast<char>(c);
    return line;
  }

  pid_t pid_ = -1;
  FILE* out_ = nullptr;
  FILE* err_ = nullptr;
};

// A child that listens, and a stub for it.
class SignalsTest : public ::testing::Test {
 protected:
  SignalsTest() : child_({"--listen-address=127.0.0.1:0", "--drain-ms=0"}) {
    const std::string line = child_.ReadLine();
    EXPECT_EQ(line.substr(0, 10), "listening ");
    address_ = line.substr(10);
    stub_ = EchoService::NewStub(grpc::CreateChannel(address_, grpc::InsecureChannelCredentials()));
  }

  Child child_;
  std::string address_;
  std::unique_ptr<EchoService::Stub> stub_;
};

TEST_F(SignalsTest, SigtermWhenIdleExitsZero) {
  child_.Signal(SIGTERM);
  EXPECT_EQ(child_.ReadLine(), "closed");
  EXPECT_EQ(child_.Wait(), 0);
}

TEST_F(SignalsTest, SigintExitsZero) {
  child_.Signal(SIGINT);
  EXPECT_EQ(child_.Wait(), 0);
}

TEST_F(SignalsTest, SigtermDuringAUnaryCallFinishesItAndExitsZero) {
  auto call = std::async(std::launch::async, [&] { return CallEcho(*stub_, "x"); });
  ASSERT_EQ(child_.ReadLine(), "handling");
  child_.Signal(SIGTERM);
  const Reply reply = call.get();
  EXPECT_TRUE(reply.status.ok()) << reply.status.error_message();
  EXPECT_EQ(reply.text, "x");
  EXPECT_EQ(child_.ReadLine(), "closed");
  EXPECT_EQ(child_.Wait(), 0);
}

TEST_F(SignalsTest, SigtermEndsAnOpenStreamWithItsPositionAndExitsZero) {
  grpc::ClientContext context;
  const auto reader = stub_->Subscribe(&context, Request(""));
  EchoResponse response;
  ASSERT_TRUE(reader->Read(&response));
  EXPECT_EQ(response.text(), "first");
  ASSERT_EQ(child_.ReadLine(), "handling");
  child_.Signal(SIGTERM);
  EXPECT_FALSE(reader->Read(&response));
  const absl::Status status = FromGrpcStatus(reader->Finish());
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(GetErrorDetail(status).reason, "DRAINING");
  EXPECT_EQ(GetErrorDetail(status).metadata["sequence"], "1");
  EXPECT_EQ(child_.Wait(), 0);
}

TEST_F(SignalsTest, SecondServerOnItsPortExitsOneAndSaysWhy) {
  Child second({"--listen-address=" + address_});
  // Nothing of gRPC's own before it.
  EXPECT_EQ(second.ReadErrors(),
            "rpc-test-child: cannot listen on " + address_ + ": Address already in use\n");
  EXPECT_EQ(second.Wait(), 1);
}

TEST(RunServer, WrongFlagExitsTwoAndNamesTheRightOne) {
  Child child({"--listen-adress=127.0.0.1:0"});
  EXPECT_EQ(child.ReadErrors(),
            "rpc-test-child: --listen-adress: rpc-test-child has no such flag (did you mean "
            "--listen-address?); --help lists them\n");
  EXPECT_EQ(child.Wait(), 2);
}

TEST(RunServer, HelpAndVersionExitZero) {
  Child help({"--help"});
  EXPECT_EQ(help.ReadLine(), "rpc-test-child: Serves the tests of signals.");
  EXPECT_EQ(help.Wait(), 0);
  Child version({"--version"});
  EXPECT_EQ(version.ReadLine(), "rpc-test-child 1.0.0");
  EXPECT_EQ(version.Wait(), 0);
}

}  // namespace
}  // namespace outlay::rpc::testing
