#include "services/common/journal/tail.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <thread>
#include <vector>

namespace outlay::journal {
namespace {

TEST(Tail, CallsAtOnceWhenTheHeadIsBeyondAlready) {
  Tail tail(5);
  std::promise<Wake> woken;
  (void)tail.Wait(4, [&](Wake wake) { woken.set_value(wake); });
  EXPECT_EQ(woken.get_future().get(), Wake::kAdvanced);
}

TEST(Tail, WakesOnlyThoseWhomTheHeadHasPassed) {
  Tail tail(0);
  std::promise<void> near;
  std::atomic<bool> far = false;
  const Tail::Handle far_handle = tail.Wait(10, [&](Wake) { far = true; });
  (void)tail.Wait(9, [&](Wake) { near.set_value(); });
  tail.Advance(10);
  near.get_future().wait();
  tail.Cancel(far_handle);
  EXPECT_FALSE(far);
}

TEST(Tail, CallbacksRunOnOneThreadThatIsNotTheCallers) {
  Tail tail(0);
  std::promise<std::thread::id> first;
  std::promise<std::thread::id> second;
  (void)tail.Wait(0, [&](Wake) { first.set_value(std::this_thread::get_id()); });
  (void)tail.Wait(0, [&](Wake) { second.set_value(std::this_thread::get_id()); });
  tail.Advance(1);
  const std::thread::id id = first.get_future().get();
  EXPECT_EQ(second.get_future().get(), id);
  EXPECT_NE(id, std::this_thread::get_id());
}

TEST(Tail, ACallbackCanWaitAgainAndSeesEveryAdvance) {
  Tail tail(0);
  std::promise<void> reached;
  uint64_t position = 0;
  std::function<void(Wake)> follow = [&](Wake wake) {
    ASSERT_EQ(wake, Wake::kAdvanced);
    if (++position == 100) return reached.set_value();
    (void)tail.Wait(position, follow);
  };
  (void)tail.Wait(0, follow);
  for (uint64_t head = 1; head <= 100; ++head) tail.Advance(head);
  reached.get_future().wait();
  EXPECT_EQ(position, 100u);
}

TEST(Tail, AfterCancelTheCallbackNeverRunsAndItsCapturesAreGone) {
  Tail tail(0);
  auto captured = std::make_shared<int>(1);
  const Tail::Handle handle = tail.Wait(0, [captured](Wake) { FAIL() << "was cancelled"; });
  EXPECT_EQ(captured.use_count(), 2);
  tail.Cancel(handle);
  EXPECT_EQ(captured.use_count(), 1);
  tail.Advance(1);
  tail.Close();
}

TEST(Tail, CancelWaitsForTheCallbackThatIsRunning) {
  Tail tail(1);
  std::promise<void> started;
  std::promise<void> release;
  std::atomic<bool> ended = false;
  const Tail::Handle handle = tail.Wait(0, [&](Wake) {
    started.set_value();
    release.get_future().wait();
    ended = true;
  });
  started.get_future().wait();
  std::thread canceller([&] {
    tail.Cancel(handle);
    EXPECT_TRUE(ended);
  });
  release.set_value();
  canceller.join();
}

TEST(Tail, ACallbackMayCancelItselfAndOthers) {
  Tail tail(0);
  std::promise<void> done;
  std::atomic<Tail::Handle> self = 0;
  const Tail::Handle other = tail.Wait(5, [](Wake) { FAIL() << "was cancelled"; });
  self = tail.Wait(0, [&](Wake) {
    tail.Cancel(self);
    tail.Cancel(other);
    done.set_value();
  });
  tail.Advance(1);
  done.get_future().wait();
  tail.Advance(6);
  tail.Close();
}

TEST(Tail, CancellingAnUnknownOrFiredHandleIsFine) {
  Tail tail(1);
  std::promise<void> fired;
  const Tail::Handle handle = tail.Wait(0, [&](Wake) { fired.set_value(); });
  fired.get_future().wait();
  tail.Cancel(handle);
  tail.Cancel(4711);
}

TEST(Tail, CloseWakesEveryoneAndLaterWaitersAtOnce) {
  Tail tail(1);
  std::atomic<int> closed = 0;
  for (int i = 0; i < 3; ++i) {
    (void)tail.Wait(1, [&](Wake wake) { closed += wake == Wake::kClosed; });
  }
  tail.Close();
  EXPECT_EQ(closed, 3);
  std::promise<Wake> late;
  (void)tail.Wait(1, [&](Wake wake) { late.set_value(wake); });
  EXPECT_EQ(late.get_future().get(), Wake::kClosed);
}

TEST(Tail, AHeadThatDoesNotGrowWakesNobody) {
  Tail tail(3);
  const Tail::Handle handle = tail.Wait(3, [](Wake) { FAIL() << "nothing is new"; });
  tail.Advance(2);
  tail.Advance(3);
  tail.Cancel(handle);
}

TEST(Tail, ManyFollowersAllReachTheEnd) {
  constexpr int kFollowers = 200;
  constexpr uint64_t kEnd = 300;
  Tail tail(0);
  std::vector<uint64_t> positions(kFollowers, 0);
  std::atomic<int> arrived = 0;
  std::promise<void> all;
  std::atomic<uint64_t> head = 0;
  std::function<void(int)> follow = [&](int i) {
    (void)tail.Wait(positions[i], [&, i](Wake) {
      positions[i] = head;  // reads on to the end
      if (positions[i] < kEnd) return follow(i);
      if (++arrived == kFollowers) all.set_value();
    });
  };
  for (int i = 0; i < kFollowers; ++i) follow(i);
  for (uint64_t i = 1; i <= kEnd; ++i) {
    head = i;
    tail.Advance(i);
  }
  all.get_future().wait();
  EXPECT_EQ(positions, std::vector<uint64_t>(kFollowers, kEnd));
}

}  // namespace
}  // namespace outlay::journal
