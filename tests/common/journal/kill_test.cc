// A process killed under load loses nothing that it had acknowledged.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>
#include <random>
#include <set>
#include <thread>

#include "tests/common/journal/support.h"

namespace outlay::journal {
namespace {

struct Acknowledgement {
  uint64_t sequence;
  uint64_t number;  // of the record
};

// The child: writes records with three threads and says through the pipe what was acknowledged,
// until it is killed.
[[noreturn]] void WriteUntilKilled(const std::filesystem::path& directory, uint64_t first,
                                   int pipe) {
  const auto journal = OpenSqliteJournal(SmallOptions(directory));
  if (!journal.ok()) ::_exit(1);
  std::vector<std::thread> writers;
  for (uint64_t w = 0; w < 3; ++w) {
    writers.emplace_back([&, w] {
      for (uint64_t number = first + w;; number += 3) {
        const auto result = (*journal)->Append(
            MakeBatch(fmt::format("r{}", number),
                      {MakeRecord(fmt::format("k{}", number), std::to_string(number))}));
        if (!result.ok()) ::_exit(2);
        const Acknowledgement acknowledgement{result->results[0].sequence, number};
        if (::write(pipe, &acknowledgement, sizeof acknowledgement) < 0) ::_exit(3);
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  ::_exit(4);
}

TEST(Kill, LosesNothingThatWasAcknowledged) {
  TemporaryDirectory directory;
  std::mt19937_64 random(7);
  std::map<uint64_t, uint64_t> acknowledged;  // sequence → number
  for (uint64_t round = 0; round < 6; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) WriteUntilKilled(directory.path(), round * 1'000'000, ends[1]);
    ::close(ends[1]);
    const uint64_t enough = 20 + random() % 200;
    Acknowledgement acknowledgement;
    for (uint64_t count = 0;
         ::read(ends[0], &acknowledgement, sizeof acknowledgement) == sizeof acknowledgement;) {
      acknowledged[acknowledgement.sequence] = acknowledgement.number;
      if (++count == enough) ::kill(child, SIGKILL);
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);

    const auto journal = OpenSqliteJournal(SmallOptions(directory.path()));
    ASSERT_TRUE(journal.ok()) << journal.status();
    const std::vector<Entry> entries = ReadAll(**journal);
    std::set<std::string> keys;
    for (const Entry& entry : entries) EXPECT_TRUE(keys.insert(entry.key.str()).second);
    for (const auto& [sequence, number] : acknowledged) {
      ASSERT_LE(sequence, entries.size());
      EXPECT_EQ(entries[sequence - 1].payload, std::to_string(number));
    }
  }
}

}  // namespace
}  // namespace outlay::journal
