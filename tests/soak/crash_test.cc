// Ingest under load is killed at random instants, and so is its database: every acknowledged change is there once, every other at most once,
// without a gap, in the order that the feed gave, and a request that is sent again settles what was in doubt.
//
//   OUTLAY_SOAK_ROUNDS  how often (4)      OUTLAY_SOAK_SEED  of instants and load (1)
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <random>

#include <gtest/gtest.h>

#include "fmt/format.h"
#include "tests/end_to_end/cluster.h"
#include "tests/soak/load.h"
#include "tests/soak/store_home.h"

namespace outlay::tests {
namespace {

using std::chrono::milliseconds;

uint64_t Setting(const char* name, uint64_t otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::stoull(text);
}

constexpr uint64_t kRoundsBetweenLists = 20;

// A record as it reads after all changes.
struct State {
  uint32_t revision = 0;
  bool voided = false;
  std::string quote;

  friend bool operator==(const State&, const State&) = default;
};
using States = std::map<std::string, State>;

States StatesOf(const std::vector<FeedEvent>& feed) {
  States states;
  for (const FeedEvent& event : feed) {
    if (event.id.empty()) continue;
    State& state = states[event.id];
    state.revision = event.revision;
    if (event.kind == "voided") {
      state.voided = true;
    } else {
      state.quote = event.quote;
    }
  }
  return states;
}

States ListAll(IngestStub& stub) {
  States states;
  ingest::v1::ListDisclosuresRequest request;
  request.set_page_size(1'000);
  request.set_include_voided(true);
  do {
    ingest::v1::ListDisclosuresResponse response;
    const grpc::Status status = stub.ListDisclosures(Context().get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    if (!status.ok()) return states;
    for (const ingest::v1::Disclosure& disclosure : response.disclosures()) {
      states[disclosure.disclosure_id()] = {disclosure.revision(), disclosure.voided(),
                                            disclosure.quote()};
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return states;
}

class CrashSoak {
 public:
  CrashSoak(StoreHome& home, uint64_t seed) : home_(home), random_(seed) {}

  void Run(uint64_t rounds) {
    for (uint64_t round = 1; round <= rounds && !testing::Test::HasFailure(); ++round) {
      SCOPED_TRACE(fmt::format("round {}", round));
      RunRound(round, round == rounds || round % kRoundsBetweenLists == 0);
      if (round % kRoundsBetweenLists == 0) {
        std::cout << fmt::format("round {} of {}, {} changes acknowledged", round, rounds,
                                 account_.acknowledged())
                  << std::endl;
      }
    }
    std::cout << fmt::format(
        "{} rounds: {} changes acknowledged, {} requests in doubt and settled, the server killed "
        "{} times, its database {} times\n",
        rounds, account_.acknowledged(), settled_, kills_, store_kills_);
  }

 private:
  void Start() {
    std::vector<std::string> flags = home_.Flags();
    flags.push_back("--listen-address=127.0.0.1:0");
    server_ = std::make_unique<ServerProcess>("outlay-ingest", flags, folder_.path());
    stub_ = ConnectIngest(server_->address());
  }

  void KillServer() {
    server_->process().Signal(SIGKILL);
    server_->process().Wait(std::chrono::seconds(10));
    ++kills_;
  }

  // A start that is itself interrupted.
  void StartAndKill() {
    std::vector<std::string> arguments = home_.Flags();
    arguments.insert(arguments.begin(), Binary("outlay-ingest"));
    arguments.push_back("--listen-address=127.0.0.1:0");
    Process process({.arguments = arguments}, folder_.path());
    std::this_thread::sleep_for(milliseconds(random_() % 60));
    process.Signal(SIGKILL);
    process.Wait(std::chrono::seconds(10));
    ++kills_;
  }

  void RunRound(uint64_t round, bool list) {
    if (random_() % 4 == 0) StartAndKill();
    Start();
    AddOrganization(*stub_);
    {
      Load load(server_->address(), fmt::format("r{}", round), random_(), account_, followed_,
                followed_checksum_);
      std::this_thread::sleep_for(milliseconds(30 + random_() % 250));
      Strike();
      load.Stop();
    }
    if (server_ == nullptr) Start();
    std::vector<FeedEvent> feed;
    uint64_t checksum = 0;
    Check(/*settled=*/false, feed, checksum);
    SettleDoubts();
    Check(/*settled=*/true, feed, checksum);
    if (list) {
      EXPECT_EQ(ListAll(*stub_), StatesOf(feed));
    }
    if (testing::Test::HasFailure()) TellOfServer();
    KillServer();
  }

  // What a violation cannot say: whether the server had ended by itself, and its last words.
  void TellOfServer() {
    constexpr size_t kLastWords = 4'000;
    const std::optional<ProcessResult> ended = server_->process().Wait(milliseconds(0));
    const std::string words = server_->process().StandardError();
    std::cout << (ended ? fmt::format("The server has ended with {}", ended->exit_code)
                        : "The server runs")
              << "; it wrote last:\n"
              << words.substr(words.size() - std::min(words.size(), kLastWords)) << "\n";
  }

  // Kills the server, the database, or both; what was killed starts again, the server after the load.
  void Strike() {
    const bool store = home_.IsProcess() && random_() % 2 == 0;
    const bool server = !store || random_() % 2 == 0;
    if (server) {
      KillServer();
      server_.reset();
    }
    if (!store) return;
    home_.KillStore();
    ++store_kills_;
    std::this_thread::sleep_for(milliseconds(random_() % 200));
    home_.StartStore();
    std::this_thread::sleep_for(milliseconds(random_() % 200));
  }

  void SettleDoubts() {
    for (const Doubt& doubt : account_.TakeDoubts()) {
      const grpc::Status status = Settle(*stub_, doubt, account_);
      ASSERT_TRUE(status.ok()) << status.error_message();
      ++settled_;
    }
  }

  // Reads on from the end of `feed`.
  void Check(bool settled, std::vector<FeedEvent>& feed, uint64_t& checksum) {
    const grpc::Status status = ReadFeed(*stub_, /*once=*/true, feed, checksum);
    EXPECT_TRUE(status.ok()) << status.error_message();
    const std::vector<std::string> wrong = account_.Compare(feed, settled);
    EXPECT_TRUE(wrong.empty()) << wrong.size() << " violations, the first: " << wrong.front();
    // What a subscriber was given is what the store holds.
    EXPECT_LE(followed_.size(), feed.size());
    EXPECT_TRUE(followed_.size() <= feed.size() &&
                std::equal(followed_.begin(), followed_.end(), feed.begin()));
  }

  StoreHome& home_;
  std::mt19937_64 random_;
  TemporaryFolder folder_;
  Account account_;
  std::vector<FeedEvent> followed_;
  uint64_t followed_checksum_ = 0;
  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<IngestStub> stub_;
  uint64_t kills_ = 0;
  uint64_t store_kills_ = 0;
  uint64_t settled_ = 0;
};

void RunSoak(StoreHome& home, uint64_t rounds) {
  const uint64_t seed = Setting("OUTLAY_SOAK_SEED", 1);
  std::cout << "seed " << seed << "\n";
  CrashSoak(home, seed).Run(Setting("OUTLAY_SOAK_ROUNDS", rounds));
}

TEST(CrashSoak, Sqlite) { RunSoak(*MakeSqliteHome(), 4); }

TEST(CrashSoak, Postgres) {
  std::string why;
  const std::unique_ptr<StoreHome> home = MakePostgresHome(&why);
  if (home == nullptr) GTEST_SKIP() << why;
  RunSoak(*home, 4);
}

}  // namespace
}  // namespace outlay::tests
