// A file system that is full: ingest refuses with RESOURCE_EXHAUSTED, loses nothing that it acknowledged, goes on reading, and goes on
// writing when there is space again.
#include <pwd.h>
#include <signal.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>

#include <gtest/gtest.h>

#include "fmt/format.h"
#include "services/common/rpc/error_mapping.h"
#include "services/common/status/error.h"
#include "tests/end_to_end/cluster.h"
#include "tests/soak/load.h"
#include "tests/soak/store_home.h"
#include "tests/support/guidance.h"

namespace outlay::tests {
namespace {

// A file system of a few megabytes in memory; `error` says why where it cannot be mounted.
class SmallDisk {
 public:
  explicit SmallDisk(const std::filesystem::path& path) : path_(path) {
    std::filesystem::create_directory(path);
    if (::mount("tmpfs", path.c_str(), "tmpfs", 0, "size=8m,mode=0777") != 0) {
      error_ = fmt::format("a small tmpfs cannot be mounted: {}", std::strerror(errno));
    }
  }
  ~SmallDisk() {
    if (error_.empty()) ::umount2(path_.c_str(), MNT_DETACH);
  }

  const std::string& error() const { return error_; }

  // Takes all the space but about `left` bytes.
  void Fill(uint64_t left) {
    const uint64_t available = std::filesystem::space(path_).available;
    if (available > left) std::ofstream(path_ / "filler") << std::string(available - left, 'x');
  }
  void Free() { std::filesystem::remove(path_ / "filler"); }

 private:
  const std::filesystem::path path_;
  std::string error_;
};

ingest::v1::RecordDisclosuresRequest Batch(int number) {
  ingest::v1::RecordDisclosuresRequest request;
  request.set_request_id(fmt::format("request-{}", number));
  request.mutable_change()->set_actor("test");
  for (int i = 0; i < 20; ++i) {
    ingest::v1::DisclosureEntry* const entry = request.add_entries();
    entry->set_idempotency_key(fmt::format("{}-{}", number, i));
    ingest::v1::Disclosure& disclosure = *entry->mutable_disclosure();
    disclosure = Guidance(number);
    disclosure.set_quote(fmt::format("{}-{} {}", number, i, std::string(1'000, 'q')));
  }
  return request;
}

// A PostgreSQL whose tables, though not its write-ahead log, lie on the disk.
class PostgresOnDisk {
 public:
  explicit PostgresOnDisk(const std::filesystem::path& disk) : home_(MakePostgresHome(&error_)) {
    if (home_ == nullptr) return;
    const std::filesystem::path location = disk / "tables";
    std::filesystem::create_directory(location);
    if (const passwd* const owner = ::getpwnam("postgres"); owner != nullptr && ::geteuid() == 0) {
      EXPECT_EQ(::chown(location.c_str(), owner->pw_uid, owner->pw_gid), 0);
    }
    // TemporaryFolder lets nobody else in.
    std::filesystem::permissions(disk.parent_path(), std::filesystem::perms::others_exec,
                                 std::filesystem::perm_options::add);
    const ProcessResult made = RunToEnd(
        {.arguments = {"psql", Url(), "-c",
                       fmt::format("CREATE TABLESPACE small LOCATION '{}'", location.string())}});
    if (made.exit_code != 0) throw std::runtime_error(made.standard_error);
  }

  const std::string& error() const { return error_; }
  std::string Flag() const {
    return fmt::format("--store={}&options=-c%20default_tablespace%3Dsmall", Url());
  }

 private:
  std::string Url() const {
    const std::string flag = home_->Flags().front();
    return flag.substr(flag.find('=') + 1);
  }

  std::string error_;
  std::unique_ptr<StoreHome> home_;
};

class FullDisk : public testing::TestWithParam<std::string> {
 protected:
  FullDisk() : disk_(folder_.path() / "disk") {}

  void SetUp() override {
    if (!disk_.error().empty()) GTEST_SKIP() << disk_.error();
    store_flag_ = "--data-dir=" + (folder_.path() / "disk" / "data").string();
    if (GetParam() == "Postgres") {
      postgres_ = std::make_unique<PostgresOnDisk>(folder_.path() / "disk");
      if (!postgres_->error().empty()) {
        GTEST_SKIP() << "there is no PostgreSQL: " << postgres_->error();
      }
      store_flag_ = postgres_->Flag();
    }
    Start();
    AddOrganization(*stub_);
  }

  void Start() {
    server_ = std::make_unique<ServerProcess>(
        "outlay-ingest", std::vector<std::string>{"--listen-address=127.0.0.1:0", store_flag_},
        folder_.path());
    stub_ = ConnectIngest(server_->address());
  }

  grpc::Status Send(int number) {
    ingest::v1::RecordDisclosuresResponse response;
    const grpc::Status status = stub_->RecordDisclosures(Context().get(), Batch(number), &response);
    if (status.ok()) acknowledged_[number] = response.results(0).sequence();
    return status;
  }

  // Everything acknowledged is there, where it was said to be, and nothing twice.
  void Check() {
    std::vector<FeedEvent> feed;
    uint64_t checksum = 0;
    ASSERT_TRUE(ReadFeed(*stub_, /*once=*/true, feed, checksum).ok());
    for (const auto& [number, sequence] : acknowledged_) {
      ASSERT_LE(sequence + 19, feed.size());
      for (int i = 0; i < 20; ++i) {
        EXPECT_TRUE(feed[sequence - 1 + i].quote.starts_with(fmt::format("{}-{} ", number, i)));
      }
    }
    std::set<std::string> quotes;
    for (const FeedEvent& event : feed) EXPECT_TRUE(quotes.insert(event.quote).second);
  }

  TemporaryFolder folder_;
  SmallDisk disk_;
  std::unique_ptr<PostgresOnDisk> postgres_;
  std::string store_flag_;
  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<IngestStub> stub_;
  std::map<int, uint64_t> acknowledged_;
};

INSTANTIATE_TEST_SUITE_P(Engines, FullDisk, testing::Values("Sqlite", "Postgres"),
                         [](const auto& engine) { return engine.param; });

TEST_P(FullDisk, RefusesLosesNothingAndGoesOnWithoutARestart) {
  int number = 0;
  while (number < 10 && Send(number).ok()) ++number;
  ASSERT_EQ(number, 10);
  for (int spell = 0; spell < 3; ++spell) {
    disk_.Fill(100'000);
    grpc::Status status;
    const int most = number + 200;
    while (number < most && (status = Send(number)).ok()) ++number;
    ASSERT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED) << status.error_message();
    const ErrorDetail detail = GetErrorDetail(rpc::FromGrpcStatus(status));
    EXPECT_EQ(detail.reason, "STORAGE_FULL");
    EXPECT_TRUE(detail.retry_after_ms.has_value());
    Check();
    disk_.Free();
    // The request that was refused, and the next ones.
    for (int i = 0; i < 5; ++i) {
      const grpc::Status again = Send(number++);
      ASSERT_TRUE(again.ok()) << again.error_message();
    }
    Check();
  }
  server_->process().Signal(SIGTERM);
  const std::optional<ProcessResult> ended = server_->process().Wait(std::chrono::seconds(20));
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->exit_code, 0) << ended->standard_error;
}

TEST_P(FullDisk, KilledWhileItIsFullItStartsWhenThereIsSpaceAndHasLostNothing) {
  int number = 0;
  disk_.Fill(500'000);
  while (Send(number).ok()) ASSERT_LT(++number, 200);
  server_->process().Signal(SIGKILL);
  server_->process().Wait(std::chrono::seconds(10));
  disk_.Free();
  Start();
  Check();
  ASSERT_TRUE(Send(number).ok());
  Check();
}

}  // namespace
}  // namespace outlay::tests
