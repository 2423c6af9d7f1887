#include "services/common/rpc/executor.h"

#include <atomic>
#include <future>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace outlay::rpc {
namespace {

using ::testing::ElementsAre;

TEST(Executor, RunsEveryTaskBeforeShutdownReturns) {
  Executor executor(4, 1000);
  std::atomic<int> done{0};
  for (int i = 0; i < 500; ++i) ASSERT_TRUE(executor.TrySubmit([&] { ++done; }));
  executor.Shutdown();
  EXPECT_EQ(done, 500);
}

TEST(Executor, OneThreadKeepsTheOrderOfSubmission) {
  std::vector<int> order;
  Executor executor(1, 10);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(executor.TrySubmit([&order, i] { order.push_back(i); }));
  executor.Shutdown();
  EXPECT_THAT(order, ElementsAre(0, 1, 2));
}

TEST(Executor, RefusesWhenTheQueueIsFull) {
  std::promise<void> running;
  std::promise<void> release;
  Executor executor(1, 2);
  ASSERT_TRUE(executor.TrySubmit([&] {
    running.set_value();
    release.get_future().wait();
  }));
  running.get_future().wait();
  EXPECT_TRUE(executor.TrySubmit([] {}));
  EXPECT_TRUE(executor.TrySubmit([] {}));
  EXPECT_FALSE(executor.TrySubmit([] {}));
  release.set_value();
}

TEST(Executor, RefusesAfterShutdown) {
  Executor executor(1, 2);
  executor.Shutdown();
  executor.Shutdown();
  EXPECT_FALSE(executor.TrySubmit([] {}));
}

TEST(Executor, RunsAsManyTasksAtOnceAsItHasThreads) {
  Executor executor(3, 10);
  std::promise<void> all_running;
  std::atomic<int> running{0};
  const auto wait_for_all = all_running.get_future().share();
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(executor.TrySubmit([&] {
      if (++running == 3) all_running.set_value();
      wait_for_all.wait();
    }));
  }
  executor.Shutdown();
  EXPECT_EQ(running, 3);
}

}  // namespace
}  // namespace outlay::rpc
