#include "services/aggregation/sequence_waiters.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace outlay::aggregation {
namespace {

using std::chrono::hours;
using std::chrono::system_clock;

class SequenceWaitersTest : public ::testing::Test {
 protected:
  std::future<WaitOutcome> Wait(uint64_t sequence, system_clock::time_point deadline) {
    auto promise = std::make_shared<std::promise<WaitOutcome>>();
    waiters_.Wait({.sequence = sequence,
                   .deadline = deadline,
                   .gone = [this] { return gone_.load(); },
                   .done = [promise](WaitOutcome outcome) { promise->set_value(outcome); }});
    return promise->get_future();
  }

  std::atomic<uint64_t> applied_{5};
  std::atomic<bool> gone_{false};
  std::atomic<int> closed_{0};
  SequenceWaiters waiters_{[this] { return applied_.load(); }, [this] { ++closed_; }};
};

TEST_F(SequenceWaitersTest, AReachedSequenceIsNotWaitedFor) {
  EXPECT_EQ(Wait(5, system_clock::time_point()).get(), WaitOutcome::kReached);
}

TEST_F(SequenceWaitersTest, ALaterOneIsAnsweredWhenTheViewGetsThere) {
  std::future<WaitOutcome> seven = Wait(7, system_clock::now() + hours(1));
  std::future<WaitOutcome> six = Wait(6, system_clock::now() + hours(1));
  applied_ = 6;
  waiters_.Notify();
  EXPECT_EQ(six.get(), WaitOutcome::kReached);
  applied_ = 7;
  waiters_.Notify();
  EXPECT_EQ(seven.get(), WaitOutcome::kReached);
}

TEST_F(SequenceWaitersTest, ADeadlineEndsTheWait) {
  EXPECT_EQ(Wait(7, system_clock::now()).get(), WaitOutcome::kTimedOut);
}

TEST_F(SequenceWaitersTest, ACallerThatWentIsLetGo) {
  std::future<WaitOutcome> outcome = Wait(7, system_clock::now() + hours(1));
  gone_ = true;
  waiters_.Notify();
  EXPECT_EQ(outcome.get(), WaitOutcome::kGone);
}

TEST_F(SequenceWaitersTest, CloseEndsAllWaitsAndRefusesNewOnes) {
  std::future<WaitOutcome> outcome = Wait(7, system_clock::now() + hours(1));
  waiters_.Close();
  EXPECT_EQ(outcome.get(), WaitOutcome::kClosed);
  EXPECT_EQ(Wait(7, system_clock::now() + hours(1)).get(), WaitOutcome::kClosed);
  EXPECT_EQ(Wait(5, system_clock::now()).get(), WaitOutcome::kReached);
}

TEST(SequenceWaiters, SaysThatItIsClosedOnce) {
  int closed = 0;
  {
    SequenceWaiters waiters([] { return uint64_t{0}; }, [&closed] { ++closed; });
    waiters.Close();
    waiters.Close();
  }
  EXPECT_EQ(closed, 1);
}

}  // namespace
}  // namespace outlay::aggregation
