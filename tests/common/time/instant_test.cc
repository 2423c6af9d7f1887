#include "services/common/time/instant.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/common/time/clock.h"
#include "services/common/time/frankfurt_time.h"
#include "services/common/time/moment.h"
#include "tests/common/time/support.h"

namespace outlay::time {
namespace {

using std::chrono::microseconds;
using ::testing::HasSubstr;

Instant I(std::string_view text) { return ParseInstant(text).value(); }

std::string Reprint(std::string_view text) { return FormatInstant(I(text)); }

TEST(ParseInstantTest, ReadsRfc3339) {
  EXPECT_EQ(I("1970-01-01T00:00:00Z").time_since_epoch().count(), 0);
  EXPECT_EQ(I("1970-01-02T00:00:01.5Z").time_since_epoch().count(), 86'401'500'000);
  EXPECT_EQ(I("1969-12-31T23:59:59.999999Z").time_since_epoch().count(), -1);
}

TEST(ParseInstantTest, BringsOffsetsToUtc) {
  EXPECT_EQ(Reprint("2025-02-07T16:00:00+01:00"), "2025-02-07T15:00:00Z");
  EXPECT_EQ(Reprint("2025-02-10T00:30:00+09:00"), "2025-02-09T15:30:00Z");
  EXPECT_EQ(Reprint("2025-02-06T20:15:00-05:00"), "2025-02-07T01:15:00Z");
  EXPECT_EQ(Reprint("2025-02-07T05:45:00+05:45"), "2025-02-07T00:00:00Z");
  EXPECT_EQ(Reprint("2025-02-07T00:00:00-00:00"), "2025-02-07T00:00:00Z");
  EXPECT_EQ(Reprint("2025-02-07t16:00:00z"), "2025-02-07T16:00:00Z");
}

TEST(FormatInstantTest, PrintsTheFractionOnlyWhereItIsNotZero) {
  EXPECT_EQ(Reprint("2025-02-07T16:00:00.000Z"), "2025-02-07T16:00:00Z");
  EXPECT_EQ(Reprint("2025-02-07T16:00:00.25Z"), "2025-02-07T16:00:00.250Z");
  EXPECT_EQ(Reprint("2025-02-07T16:00:00.0001Z"), "2025-02-07T16:00:00.000100Z");
  EXPECT_EQ(Reprint("2025-02-07T16:00:00.000001Z"), "2025-02-07T16:00:00.000001Z");
}

TEST(ParseInstantTest, CutsDigitsBelowTheMicrosecond) {
  EXPECT_EQ(Reprint("2025-02-07T16:00:00.123456789Z"), "2025-02-07T16:00:00.123456Z");
  EXPECT_EQ(Reprint("2025-02-07T16:00:00.000000999Z"), "2025-02-07T16:00:00Z");
  EXPECT_EQ(Reprint("1950-02-07T16:00:00.999999999Z"), "1950-02-07T16:00:00.999999Z");
}

TEST(ParseInstantTest, SaysWhichPartIsWrong) {
  const auto message = [](std::string_view text) { return MessageOf(ParseInstant(text).status()); };
  EXPECT_EQ(message("2025-02-07T24:00:00Z"),
            "\"2025-02-07T24:00:00Z\" is not an instant: the hour is 24, hours are 00 to 23; write "
            "RFC 3339, as in "
            "2025-02-07T16:00:00Z");
  EXPECT_THAT(message("2025-02-07T16:60:00Z"), HasSubstr("the minute is 60"));
  EXPECT_THAT(message("2016-12-31T23:59:60Z"), HasSubstr("leap seconds are not kept"));
  EXPECT_THAT(message("2025-02-07T16:00:00.Z"), HasSubstr("1 to 9 digits"));
  EXPECT_THAT(message("2025-02-07T16:00:00.1234567890Z"), HasSubstr("1 to 9 digits"));
  EXPECT_THAT(message("2025-02-07T16:00:00"), HasSubstr("must end in an offset"));
  EXPECT_THAT(message("2025-02-07T16:00:00+24:00"), HasSubstr("must end in an offset"));
  EXPECT_THAT(message("2025-02-07T16:00:00+0100"), HasSubstr("must end in an offset"));
  EXPECT_THAT(message("2025-02-07T16:00Z"), HasSubstr("must be HH:MM:SS"));
  EXPECT_THAT(message("2025-02-07 16:00:00Z"), HasSubstr("a date, T, a time"));
  EXPECT_THAT(message("2200-12-31T23:59:59-00:01"), HasSubstr("in UTC its year is 2201"));
  EXPECT_THAT(message("1900-01-01T00:00:00+00:01"), HasSubstr("in UTC its year is 1899"));
}

TEST(ParseInstantTest, GivesReasons) {
  for (const std::string_view text :
       {"", "T", "2025-02-07", "2025-02-07T", "2025-02-07T16:00:00ZZ", "2025-02-07T16:00:00+1:00",
        "2025-02-07T-1:00:00Z", "2025-02-07T16:00:00 Z", "2025-02-07T16:00:00+"}) {
    EXPECT_EQ(ReasonOf(ParseInstant(text).status()), "MALFORMED_INSTANT") << text;
  }
  EXPECT_EQ(ReasonOf(ParseInstant("2025-02-30T16:00:00Z").status()), "IMPOSSIBLE_DATE");
  EXPECT_EQ(ReasonOf(ParseInstant("1899-02-03T16:00:00Z").status()), "MALFORMED_DATE");
}

TEST(InstantTest, ADayEndsWithItsLastMicrosecondInUtc) {
  EXPECT_EQ(FormatInstant(StartOfDay(D("2025-02-07"))), "2025-02-07T00:00:00Z");
  EXPECT_EQ(FormatInstant(EndOfDay(D("2025-02-07"))), "2025-02-07T23:59:59.999999Z");
  EXPECT_EQ(EndOfDay(D("2025-02-07")) + microseconds(1), StartOfDay(D("2025-02-08")));
  EXPECT_EQ(DateOf(EndOfDay(D("1950-02-07"))), D("1950-02-07"));
  EXPECT_EQ(DateOf(StartOfDay(D("1950-02-07"))), D("1950-02-07"));
}

TEST(MomentTest, ADateStandsForTheEndOfItsDay) {
  const Moment day = ParseDateOrInstant("2025-02-09").value();
  EXPECT_TRUE(day.whole_day);
  EXPECT_EQ(day.instant, EndOfDay(D("2025-02-09")));
  EXPECT_EQ(day, Moment::Day(D("2025-02-09")));
  EXPECT_LE(day.instant, ParseDateOrInstant("2025-02-09")->instant);
  EXPECT_GT(day.instant, ParseDateOrInstant("2025-02-09T12:00:00Z")->instant);
}

TEST(MomentTest, PrintsAsItWasWritten) {
  EXPECT_EQ(FormatMoment(ParseDateOrInstant("2025-02-09").value()), "2025-02-09");
  EXPECT_EQ(FormatMoment(ParseDateOrInstant("2025-02-09T12:00:00Z").value()),
            "2025-02-09T12:00:00Z");
  EXPECT_EQ(FormatMoment(ParseDateOrInstant("2025-02-09T23:59:59.999999Z").value()),
            "2025-02-09T23:59:59.999999Z");
}

TEST(MomentTest, AnErrorFitsWhatTheTextLooksLike) {
  const auto reason = [](std::string_view text) {
    return ReasonOf(ParseDateOrInstant(text).status());
  };
  EXPECT_EQ(reason("2025-02-30"), "IMPOSSIBLE_DATE");
  EXPECT_EQ(reason("2025-13-01"), "MALFORMED_DATE");
  EXPECT_EQ(reason("2025-02-07T16:00:00"), "MALFORMED_INSTANT");
  EXPECT_EQ(reason("2025-02-30T16:00:00Z"), "IMPOSSIBLE_DATE");
  EXPECT_EQ(reason("yesterday"), "MALFORMED_INSTANT");
  EXPECT_EQ(MessageOf(ParseDateOrInstant("").status()),
            "\"\" is neither a date nor an instant: write YYYY-MM-DD, as in 2025-02-07 (the whole "
            "day, UTC), or RFC 3339, as "
            "in 2025-02-07T16:00:00Z");
}

TEST(FrankfurtTest, FixingsArePublishedAtSixteenHoursLocalTime) {
  const auto publication = [](std::string_view date) {
    return FormatInstant(FrankfurtPublication(D(date)));
  };
  EXPECT_EQ(publication("2025-02-07"), "2025-02-07T15:00:00Z");
  EXPECT_EQ(publication("2025-07-07"), "2025-07-07T14:00:00Z");
  EXPECT_EQ(publication("2025-03-29"), "2025-03-29T15:00:00Z");
  EXPECT_EQ(publication("2025-03-30"), "2025-03-30T14:00:00Z");
  EXPECT_EQ(publication("2025-10-25"), "2025-10-25T14:00:00Z");
  EXPECT_EQ(publication("2025-10-26"), "2025-10-26T15:00:00Z");
  EXPECT_EQ(publication("1999-01-04"), "1999-01-04T15:00:00Z");
}

TEST(FrankfurtTest, SummerTimeChangesAtOneUtc) {
  EXPECT_FALSE(IsFrankfurtSummerTime(I("2024-03-31T00:59:59.999999Z")));
  EXPECT_TRUE(IsFrankfurtSummerTime(I("2024-03-31T01:00:00Z")));
  EXPECT_TRUE(IsFrankfurtSummerTime(I("2024-10-27T00:59:59.999999Z")));
  EXPECT_FALSE(IsFrankfurtSummerTime(I("2024-10-27T01:00:00Z")));
}

TEST(FrankfurtTest, AtNoonUtcTheFixingOfTheDayIsNotYetPublished) {
  const Instant noon = I("2025-02-07T12:00:00Z");
  EXPECT_GT(FrankfurtPublication(D("2025-02-07")), noon);
  EXPECT_LE(FrankfurtPublication(D("2025-02-06")), noon);
}

TEST(ClockTest, AFakeClockStandsStillUntilItIsSet) {
  FakeClock clock(I("2025-02-09T00:00:00Z"));
  const Clock& as_clock = clock;
  EXPECT_EQ(as_clock.Now(), I("2025-02-09T00:00:00Z"));
  EXPECT_EQ(as_clock.Now(), I("2025-02-09T00:00:00Z"));
  clock.Advance(std::chrono::minutes(90));
  EXPECT_EQ(as_clock.Now(), I("2025-02-09T01:30:00Z"));
  clock.Set(I("2024-01-01T00:00:00Z"));
  EXPECT_EQ(as_clock.Now(), I("2024-01-01T00:00:00Z"));
}

TEST(ClockTest, TheSystemClockIsTheSystems) {
  const SystemClock clock;
  const auto before = std::chrono::floor<microseconds>(std::chrono::system_clock::now());
  const Instant now = clock.Now();
  EXPECT_LE(before, now);
  EXPECT_LE(now, std::chrono::system_clock::now());
}

}  // namespace
}  // namespace outlay::time
