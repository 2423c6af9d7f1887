// A server's life, with the real binaries: start, refuse what is wrong, drain, restart.
#include <signal.h>
#include <sstream>

#include <thread>

#include <gtest/gtest.h>

#include "tests/end_to_end/cluster.h"

namespace outlay::tests {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ValuesIn;

const std::vector<std::string> kServers = {"outlay-ingest", "outlay-fx", "outlay-aggregation",
                                           "outlay-gateway"};

bool HasStore(const std::string& server) {
  return server == "outlay-ingest" || server == "outlay-fx";
}

class EveryServer : public testing::TestWithParam<std::string> {
 protected:
  std::vector<std::string> Flags(const std::string& address,
                                 const std::string& data = "data") const {
    std::vector<std::string> flags = {"--listen-address=" + address, "--drain-ms=50"};
    if (HasStore(GetParam())) flags.push_back("--data-dir=" + (folder_.path() / data).string());
    return flags;
  }

  ProcessResult RunWith(std::vector<std::string> flags) const {
    flags.insert(flags.begin(), Binary(GetParam()));
    return RunToEnd({.arguments = flags});
  }

  TemporaryFolder folder_;
};

TEST_P(EveryServer, StopsOnSigtermWithExitCode0) {
  ServerProcess server(GetParam(), Flags("127.0.0.1:0"), folder_.path());
  server.process().Signal(SIGTERM);
  const std::optional<ProcessResult> result = server.process().Wait(seconds(20));
  ASSERT_TRUE(result);
  EXPECT_EQ(result->exit_code, 0) << result->standard_error;
}

TEST_P(EveryServer, StopsOnCtrlCWithExitCode0) {
  ServerProcess server(GetParam(), Flags("127.0.0.1:0"), folder_.path());
  server.process().Signal(SIGINT);
  const std::optional<ProcessResult> result = server.process().Wait(seconds(20));
  ASSERT_TRUE(result);
  EXPECT_EQ(result->exit_code, 0) << result->standard_error;
}

TEST_P(EveryServer, RefusesAPortThatIsTaken) {
  ServerProcess first(GetParam(), Flags("127.0.0.1:0"), folder_.path());
  const ProcessResult second = RunWith(Flags(first.address(), "other-data"));
  EXPECT_EQ(second.exit_code, 1);
  EXPECT_NE(second.standard_error.find(first.address()), std::string::npos)
      << second.standard_error;
  EXPECT_NE(second.standard_error.find("in use"), std::string::npos) << second.standard_error;
  EXPECT_EQ(second.standard_error.find("\"component\":\"grpc\""), std::string::npos)
      << second.standard_error;
}

TEST_P(EveryServer, RefusesADataDirectoryThatIsTaken) {
  if (!HasStore(GetParam())) return;  // has none to take
  ServerProcess first(GetParam(), Flags("127.0.0.1:0"), folder_.path());
  const ProcessResult second = RunWith(Flags("127.0.0.1:0"));
  EXPECT_EQ(second.exit_code, 1);
  EXPECT_NE(second.standard_error.find((folder_.path() / "data").string()), std::string::npos)
      << second.standard_error;
  EXPECT_NE(second.standard_error.find(std::to_string(first.process().pid())), std::string::npos)
      << second.standard_error;
}

TEST_P(EveryServer, NamesAWrongFlagAndExitsWith2) {
  const ProcessResult result = RunWith({"--listen-adress=127.0.0.1:0"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.standard_error.find("--listen-adress"), std::string::npos)
      << result.standard_error;
  EXPECT_NE(result.standard_error.find("listen-address"), std::string::npos)
      << result.standard_error;
}

TEST_P(EveryServer, NamesAValueOutOfRangeAndExitsWith2) {
  const ProcessResult result = RunWith({"--worker-threads=0"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.standard_error.find("worker-threads"), std::string::npos)
      << result.standard_error;
  EXPECT_NE(result.standard_error.find("256"), std::string::npos) << result.standard_error;
}

TEST_P(EveryServer, NamesAnAddressThatIsNoneAndExitsWith2) {
  for (const char* const address : {"127.0.0.1:99999", "foo", ""}) {
    const ProcessResult result = RunWith(Flags(address));
    EXPECT_EQ(result.exit_code, 2) << address;
    EXPECT_NE(result.standard_error.find("--listen-address: "), std::string::npos)
        << result.standard_error;
    EXPECT_NE(result.standard_error.find("host:port"), std::string::npos) << result.standard_error;
  }
}

TEST_P(EveryServer, NamesADataDirectoryThatIsNoneAndExitsWith2) {
  if (!HasStore(GetParam())) return;  // has no such flag
  const ProcessResult result = RunWith({"--listen-address=127.0.0.1:0", "--data-dir="});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.standard_error.find("--data-dir: is empty"), std::string::npos)
      << result.standard_error;
}

TEST_P(EveryServer, NamesAnUnknownVariableAndExitsWith2) {
  const ProcessResult result = RunToEnd({.arguments = {Binary(GetParam())},
                                         .environment = {{"OUTLAY_LISTEN_ADRESS", "127.0.0.1:0"}}});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.standard_error.find("OUTLAY_LISTEN_ADRESS"), std::string::npos)
      << result.standard_error;
}

TEST_P(EveryServer, PrintsItsSettings) {
  const ProcessResult result = RunWith({"--help"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_NE(result.standard_output.find("--listen-address"), std::string::npos);
  EXPECT_NE(result.standard_output.find("OUTLAY_LISTEN_ADDRESS"), std::string::npos);
}

std::string TestName(const testing::TestParamInfo<std::string>& info) {
  return info.param.substr(std::string("outlay-").size());
}

INSTANTIATE_TEST_SUITE_P(Lifecycle, EveryServer, ValuesIn(kServers), TestName);

TEST(Drain, EndsOpenStreamsWithTheirPositionAndUnaryCallsProperly) {
  Cluster cluster;
  cluster.ImportDemo();
  const std::unique_ptr<ingest::v1::IngestService::Stub> stub = cluster.Ingest();
  const std::unique_ptr<grpc::ClientContext> context = Context();
  const std::unique_ptr<grpc::ClientReader<ingest::v1::SubscribeChangesResponse>> reader =
      stub->SubscribeChanges(context.get(), {});
  ingest::v1::SubscribeChangesResponse message;
  uint64_t last = 0;
  while (reader->Read(&message) && !message.has_caught_up_sequence()) {
    for (const ingest::v1::SequencedChange& change : message.batch().changes()) {
      EXPECT_EQ(change.sequence(), last + 1);
      last = change.sequence();
    }
  }
  EXPECT_EQ(message.caught_up_sequence(), last);
  EXPECT_GT(last, 80u);

  // Calls under way while the server drains are answered; later ones are refused as UNAVAILABLE. In the instant between the two gRPC
  // itself refuses a call that no handler has seen, as CANCELLED. None hangs, and none fails in another way.
  std::thread caller([&] {
    for (int i = 0; i < 200; ++i) {
      ingest::v1::ListDisclosuresResponse response;
      grpc::ClientContext call;
      call.set_deadline(std::chrono::system_clock::now() + seconds(10));
      const grpc::Status status = stub->ListDisclosures(&call, {}, &response);
      EXPECT_TRUE(status.ok() || status.error_code() == grpc::StatusCode::UNAVAILABLE ||
                  status.error_code() == grpc::StatusCode::CANCELLED)
          << status.error_code() << status.error_message();
    }
  });
  const ProcessResult stopped = cluster.Stop("ingest");
  EXPECT_EQ(stopped.exit_code, 0) << stopped.standard_error;
  while (reader->Read(&message)) {
  }
  const grpc::Status status = reader->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_NE(status.error_message().find("shutting down"), std::string::npos)
      << status.error_message();
  caller.join();
}

// A report as JSON without the instant of its making, which alone may differ.
std::string Report(Cluster& cluster, const std::vector<std::string>& arguments) {
  std::istringstream lines(cluster.Outlay(arguments).standard_output);
  std::string report;
  for (std::string line; std::getline(lines, line);) {
    if (line.find("\"now\":") == std::string::npos) report += line + "\n";
  }
  return report;
}

TEST(Restart, AggregationResumesAfterEitherSideRestarts) {
  Cluster cluster;
  cluster.ImportDemo();
  const std::vector<std::string> report = {"report", "--group",  "big-tech-4", "--year",
                                           "2025",   "--format", "json"};
  const std::string before = Report(cluster, report);
  ASSERT_NE(before.find("320000000000"), std::string::npos) << before;

  EXPECT_EQ(cluster.Stop("aggregation").exit_code, 0);
  cluster.Start("aggregation");
  cluster.WaitForAggregation();
  EXPECT_EQ(Report(cluster, report), before);

  cluster.Kill("ingest");
  cluster.Start("ingest");
  const ProcessResult added = cluster.Outlay(
      {"import", "disclosures", "/dev/stdin"},
      R"({"disclosure":{"organizationId":"oracle","measure":"capital_expenditure","basis":"BASIS_GUIDANCE","period":{"label":"2025"},"amount":{"currencyCode":"USD","bound":"BOUND_POINT","stated":{"value":"16000000000"}},"publishedAt":"2025-02-01","source":{"sourceId":"a-newspaper","sourceClass":"SOURCE_CLASS_PRESS","title":"A title"}}})");
  ASSERT_EQ(added.exit_code, 0) << added.standard_error << added.standard_output;
  cluster.WaitForAggregation();
  const ProcessResult oracle =
      cluster.Outlay({"report", "--organization", "oracle", "--year", "2025", "--format", "json"});
  EXPECT_NE(oracle.standard_output.find("16000000000"), std::string::npos)
      << oracle.standard_output << oracle.standard_error;
}

TEST(Restart, KeepsEverythingThatWasAcknowledgedBeforeAKill) {
  Cluster cluster;
  cluster.ImportDemo();
  const std::vector<std::string> report = {"report",   "--group", "big-tech-4",
                                           "--year",   "2025",    "--currency",
                                           "KRW",      "--rate",  "as-stated=brunch-2025-02-10",
                                           "--format", "json"};
  const std::string before = Report(cluster, report);
  cluster.Kill("ingest");
  cluster.Kill("fx");
  cluster.Start("ingest");
  cluster.Start("fx");
  cluster.WaitForAggregation();
  EXPECT_EQ(Report(cluster, report), before);
}

TEST(PartialReport, SaysWhatIsMissingWhenFxIsAway) {
  Cluster cluster;
  cluster.ImportDemo();
  EXPECT_EQ(cluster.Stop("fx").exit_code, 0);
  const ProcessResult result = cluster.Outlay({"report", "--group", "big-tech-4", "--year", "2025",
                                               "--currency", "KRW", "--on", "2025-02-07"});
  EXPECT_EQ(result.exit_code, 3) << result.standard_error;
  EXPECT_NE(result.standard_output.find("PARTIAL"), std::string::npos) << result.standard_output;
  EXPECT_NE(result.standard_output.find("$320 bn"), std::string::npos) << result.standard_output;
}

}  // namespace
}  // namespace outlay::tests
