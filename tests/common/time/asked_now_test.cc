#include "services/common/time/asked_now.h"

#include <gtest/gtest.h>

#include "services/common/status/error.h"

namespace outlay::time {
namespace {

Instant At(const char* text) { return ParseInstant(text).value(); }

TEST(AskedNow, IsTheClocksWhereNothingIsAsked) {
  EXPECT_EQ(*NowFor(std::nullopt, At("2025-02-10T12:00:00Z")), At("2025-02-10T12:00:00Z"));
}

TEST(AskedNow, IsTheOneThatIsAsked) {
  EXPECT_EQ(*NowFor(At("2025-02-09T00:00:00.000001Z"), At("2025-02-10T12:00:00Z")),
            At("2025-02-09T00:00:00.000001Z"));
}

TEST(AskedNow, MayBeAheadOfTheClockByWhatClocksDiffer) {
  EXPECT_TRUE(NowFor(At("2025-02-10T12:01:00Z"), At("2025-02-10T12:00:00Z")).ok());
  const absl::Status refused =
      NowFor(At("2025-02-10T12:01:00.000001Z"), At("2025-02-10T12:00:00Z")).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(GetErrorDetail(refused).reason, "NOW_TO_COME");
  EXPECT_EQ(GetErrorDetail(refused).violations.at(0).field, "as_of.now");
}

}  // namespace
}  // namespace outlay::time
