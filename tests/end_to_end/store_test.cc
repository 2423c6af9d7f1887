// How a service names its store, and what it does while the store is away.
#include <signal.h>

#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/common/rpc/error_mapping.h"
#include "services/common/status/error.h"
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
        if (i % 3 == 1) {
          request.mutable_entries(0)->mutable_disclosure()->set_organization_id("unknown");
        }
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

// A refusal is for ever, and another replica may have stored what makes it wrong.
TEST_F(Replicas, NothingIsRefusedWhileTheDatabaseIsAway) {
  journal::PrivateCluster cluster;
  ServerProcess& server = StartOn(cluster.url(), "outlay-ingest", {"--store-retry-ms=100000"});
  const auto stub = IngestService::NewStub(server.Channel());
  const auto record = [&] {
    ingest::v1::RecordDisclosuresRequest request;
    request.mutable_change()->set_actor("test");
    *request.add_entries()->mutable_disclosure() = Guidance(1);  // of an unknown organization
    ingest::v1::RecordDisclosuresResponse response;
    return stub->RecordDisclosures(Context().get(), request, &response).error_code();
  };
  const auto revoke = [&] {
    ingest::v1::VoidDisclosureRequest request;
    request.mutable_change()->set_actor("test");
    request.mutable_change()->set_reason("entered in error");
    request.set_disclosure_id("d-0000000000000009");
    request.set_expected_revision(1);
    ingest::v1::VoidDisclosureResponse response;
    return stub->VoidDisclosure(Context().get(), request, &response).error_code();
  };
  EXPECT_EQ(record(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(revoke(), grpc::StatusCode::NOT_FOUND);
  cluster.Stop("immediate");
  EXPECT_EQ(record(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(revoke(), grpc::StatusCode::UNAVAILABLE);
}

// Nothing refuses a connection, and nothing answers: the machine of the database hangs.
class HangingDatabase : public Replicas {
 protected:
  void SetUp() override {
    Replicas::SetUp();
    if (IsSkipped()) return;
    cluster_.emplace();
    ServerProcess& server = StartOn(cluster_->url(), "outlay-ingest", {"--store-retry-ms=1500"});
    stub_ = IngestService::NewStub(server.Channel());
    ASSERT_TRUE(Upsert(*stub_, Company("amazon", "")).ok());
    ASSERT_TRUE(Send("before").ok());
  }

  static ingest::v1::RecordDisclosuresRequest Request(const std::string& name) {
    ingest::v1::RecordDisclosuresRequest request;
    request.set_request_id("request " + name);
    request.mutable_change()->set_actor("test");
    request.add_entries()->set_idempotency_key("key " + name);
    *request.mutable_entries(0)->mutable_disclosure() = Guidance(1'000);
    return request;
  }

  grpc::Status Send(const std::string& name) {
    const std::unique_ptr<grpc::ClientContext> context = Context(kFarTooLong);
    return stub_->RecordDisclosures(context.get(), Request(name), &response_);
  }

  // As a client does what the errors say: the same request again until it is stored.
  grpc::Status SendUntilStored(const std::string& name) {
    const auto end = std::chrono::steady_clock::now() + kFarTooLong;
    grpc::Status status = Send(name);
    while (status.error_code() == grpc::StatusCode::UNAVAILABLE &&
           std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      status = Send(name);
    }
    return status;
  }

  static void ExpectAway(const grpc::Status& status) {
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE) << status.error_message();
    const ErrorDetail detail = GetErrorDetail(rpc::FromGrpcStatus(status));
    EXPECT_EQ(detail.reason, "STORAGE_UNAVAILABLE");
    EXPECT_TRUE(detail.retry_after_ms.has_value());
  }

  // Of the records, the keys, each as often as it is there.
  std::vector<std::string> Keys() {
    ingest::v1::ListDisclosuresResponse listed;
    const grpc::Status status = stub_->ListDisclosures(Context().get(), {}, &listed);
    EXPECT_TRUE(status.ok()) << status.error_message();
    std::vector<std::string> keys;
    for (const ingest::v1::Disclosure& disclosure : listed.disclosures()) {
      keys.push_back(disclosure.idempotency_key());
    }
    return keys;
  }

  // What is promised is store-retry-ms and some seconds for an attempt that is under way.
  static constexpr seconds kPromised{20};
  static constexpr seconds kFarTooLong{60};
  std::optional<journal::PrivateCluster> cluster_;
  std::unique_ptr<IngestService::Stub> stub_;
  ingest::v1::RecordDisclosuresResponse response_;
};

TEST_F(HangingDatabase, WritesAreUnavailableInTimeReadsGoOnAndNothingIsStoredTwice) {
  cluster_->Hang();
  // The first is sent over the connection that is there, the second finds none.
  for (const std::string name : {"in doubt", "not sent"}) {
    std::atomic<bool> answered = false;
    std::thread writer([&] {
      const auto begin = std::chrono::steady_clock::now();
      ExpectAway(Send(name));
      EXPECT_LT(std::chrono::steady_clock::now() - begin, kPromised);
      answered = true;
    });
    do {
      EXPECT_THAT(Keys(), testing::ElementsAre("key before"));
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    } while (!answered);
    writer.join();
  }
  cluster_->GoOn();
  ASSERT_TRUE(SendUntilStored("after").ok());
  EXPECT_EQ(response_.results(0).status(), ::outlay::journal::v1::RECORD_STATUS_RECORDED);
  for (const std::string name : {"in doubt", "not sent", "in doubt", "after"}) {
    const grpc::Status status = SendUntilStored(name);
    EXPECT_TRUE(status.ok()) << status.error_message();
  }
  EXPECT_THAT(Keys(), testing::UnorderedElementsAre("key before", "key after", "key in doubt",
                                                    "key not sent"));
  EXPECT_EQ(SqlSession(cluster_->url()).Value("SELECT count(*) FROM outlay_ingest.entry"), "5");
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
