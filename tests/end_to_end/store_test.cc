// How a service names its store, and what it does while the store is away.
#include <signal.h>

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/end_to_end/replicas_fixture.h"

namespace outlay::tests {
namespace {

// Bounds far below store-retry-ms, and far above what an answer takes that waits for nothing.
TEST_F(Replicas, WhileTheDatabaseIsAwayWritesHoldUpNeitherReadsNorTheEnd) {
  journal::PrivateCluster cluster;
  ServerProcess& server = StartOn(cluster.url(), "outlay-ingest", {"--store-retry-ms=100000"});
  const auto stub = IngestService::NewStub(server.Channel());
  ASSERT_TRUE(Upsert(*stub, Company("amazon", "")).ok());
  cluster.Stop("immediate");
  std::vector<std::thread> writers;
  for (int i = 0; i < 13; ++i) {
    writers.emplace_back([&, i] {
      grpc::ClientContext context;
      context.set_deadline(std::chrono::system_clock::now() + seconds(90));
      grpc::Status status;
      if (i % 3 < 2) {
        ingest::v1::RecordDisclosuresRequest request;
        request.mutable_change()->set_actor("test");
        *request.add_entries()->mutable_disclosure() = Guidance(i);
        request.mutable_entries(0)->mutable_disclosure()->set_organization_id("unknown");
        ingest::v1::RecordDisclosuresResponse response;
        status = stub->RecordDisclosures(&context, request, &response);
      } else {
        ingest::v1::UpsertGroupsResponse response;
        status = stub->UpsertGroups(&context, Hyperscalers(fmt::format("name {}", i)), &response);
      }
      EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE) << status.error_message();
      // Where the store is concerns nobody else.
      EXPECT_THAT(status.error_message() + status.error_details(),
                  testing::Not(testing::HasSubstr("postgres")));
    });
  }
  for (int i = 0; i < 20; ++i) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + seconds(10));
    ingest::v1::GetOrganizationRequest request;
    request.set_organization_id("amazon");
    ingest::v1::GetOrganizationResponse response;
    const grpc::Status status = stub->GetOrganization(&context, request, &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  server.process().Signal(SIGTERM);
  server.process().Wait(seconds(30));
  for (std::thread& writer : writers) writer.join();
}

TEST(Store, AWrongValueNamesItsFlagAndExitsWith2WithoutThePassword) {
  for (const char* program : {"outlay-ingest", "outlay-fx"}) {
    for (const std::string store :
         {"mysql://user:hunter2@host/db", "postgres://user:hunter2@host:port/db%zz", "sqlite:",
          "postgres://user:hunter2@hunter2@host/db", "postgres://user:hunter2/x@host/db"}) {
      const ProcessResult result = RunToEnd({.arguments = {Binary(program), "--store=" + store}});
      EXPECT_EQ(result.exit_code, 2) << store;
      EXPECT_NE(result.standard_error.find("--store"), std::string::npos) << result.standard_error;
      EXPECT_EQ(result.standard_error.find("hunter2"), std::string::npos);
    }
  }
}

TEST(Store, SqliteIsChosenWithItsDirectory) {
  TemporaryFolder folder;
  const std::filesystem::path data = folder.path() / "kept";
  ServerProcess server(
      "outlay-fx",
      {"--listen-address=127.0.0.1:0", "--drain-ms=50", "--store=sqlite:" + data.string()},
      folder.path());
  EXPECT_TRUE(std::filesystem::exists(data / "fx.db"));
}

}  // namespace
}  // namespace outlay::tests
