#include "services/common/time/date.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/common/time/support.h"

namespace outlay::time {
namespace {

using std::chrono::Friday;
using std::chrono::Saturday;
using std::chrono::Sunday;
using ::testing::HasSubstr;

TEST(ParseDateTest, ReadsIsoDates) {
  EXPECT_EQ(D("1970-01-01").time_since_epoch().count(), 0);
  EXPECT_EQ(D("2025-02-07").time_since_epoch().count(), 20126);
  EXPECT_EQ(FormatDate(D("2024-02-29")), "2024-02-29");
}

TEST(ParseDateTest, CoversTheYears1900To2200) {
  EXPECT_EQ(FormatDate(D("1900-01-01")), "1900-01-01");
  EXPECT_EQ(FormatDate(D("2200-12-31")), "2200-12-31");
  for (const std::string_view text : {"1899-12-31", "2201-01-01", "0000-01-01", "9999-12-31"}) {
    EXPECT_EQ(ReasonOf(ParseDate(text).status()), "MALFORMED_DATE") << text;
  }
  EXPECT_EQ(MessageOf(ParseDate("1899-12-31").status()),
            "\"1899-12-31\" is out of range: the year is 1899, years are 1900 to 2200");
}

TEST(ParseDateTest, AnImpossibleDayNamesTheDaysOfThatMonth) {
  const absl::Status status = ParseDate("2025-02-30").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "IMPOSSIBLE_DATE");
  EXPECT_EQ(MessageOf(status), "there is no 2025-02-30: February 2025 has 28 days");
  EXPECT_EQ(MessageOf(ParseDate("2024-02-30").status()),
            "there is no 2024-02-30: February 2024 has 29 days");
  EXPECT_EQ(MessageOf(ParseDate("2025-04-31").status()),
            "there is no 2025-04-31: April 2025 has 30 days");
  EXPECT_EQ(ReasonOf(ParseDate("2100-02-29").status()), "IMPOSSIBLE_DATE");
  EXPECT_EQ(ReasonOf(ParseDate("2025-01-00").status()), "IMPOSSIBLE_DATE");
}

TEST(ParseDateTest, RefusesEveryOtherForm) {
  for (const std::string_view text :
       {"", "2025", "2025-02", "2025-2-7", "20250207", "2025/02/07", "2025-02-07 ", " 2025-02-07",
        "2025-02-07Z", "+2025-02-07", "-025-02-07", "2025-02-7x", "2025--2-07", "07-02-2025",
        "2025-02-007", "today", "2025-02-0\xC2\xB7"}) {
    EXPECT_EQ(ReasonOf(ParseDate(text).status()), "MALFORMED_DATE") << text;
  }
  EXPECT_EQ(MessageOf(ParseDate("7 Feb 2025").status()),
            "\"7 Feb 2025\" is not a date: write YYYY-MM-DD, as in 2025-02-07");
}

TEST(ParseDateTest, NamesAMonthThatDoesNotExist) {
  EXPECT_EQ(ReasonOf(ParseDate("2025-13-01").status()), "MALFORMED_DATE");
  EXPECT_THAT(MessageOf(ParseDate("2025-13-01").status()),
              HasSubstr("there is no month 13, months are 01 to 12"));
  EXPECT_THAT(MessageOf(ParseDate("2025-00-01").status()), HasSubstr("there is no month 00"));
}

TEST(ParseDateTest, AnErrorGoesUnderTheCallersField) {
  EXPECT_EQ(MessageOf(Under("source.published_at", ParseDate("2025-02-30").status())),
            "source.published_at: there is no 2025-02-30: February 2025 has 28 days");
}

TEST(ParseComputedDateTest, ReadsWhatFormatDateWritesBeyondTheYearsThatCallersMayGive) {
  for (const std::string_view text : {"1899-07-01", "2201-01-01", "0000-01-01", "9999-12-31"}) {
    EXPECT_EQ(FormatDate(ParseComputedDate(text).value()), text);
    EXPECT_EQ(ReasonOf(ParseDate(text).status()), "MALFORMED_DATE") << text;
  }
  EXPECT_EQ(ReasonOf(ParseComputedDate("2201-02-29").status()), "IMPOSSIBLE_DATE");
}

TEST(MakeDateTest, ChecksNumbersLikeText) {
  EXPECT_EQ(MakeDate(2025, 2, 7).value(), D("2025-02-07"));
  EXPECT_EQ(ReasonOf(MakeDate(2025, 2, 29).status()), "IMPOSSIBLE_DATE");
  EXPECT_EQ(ReasonOf(MakeDate(2025, 13, 1).status()), "MALFORMED_DATE");
  EXPECT_EQ(ReasonOf(MakeDate(2025, 1, -1).status()), "IMPOSSIBLE_DATE");
  EXPECT_EQ(
      ReasonOf(
          MakeDate(std::numeric_limits<int>::min(), std::numeric_limits<int>::max(), 0).status()),
      "MALFORMED_DATE");
}

TEST(MonthsTest, KnowsTheLengthOfEachMonth) {
  EXPECT_EQ(DaysInMonth(2025, 2), 28);
  EXPECT_EQ(DaysInMonth(2000, 2), 29);
  EXPECT_EQ(DaysInMonth(1900, 2), 28);
  EXPECT_EQ(LastDayOfMonth(D("2024-02-10")), D("2024-02-29"));
  EXPECT_TRUE(IsLastDayOfMonth(D("2025-02-28")));
  EXPECT_FALSE(IsLastDayOfMonth(D("2024-02-28")));
}

TEST(AddMonthsTest, ClampsToTheEndOfTheMonth) {
  EXPECT_EQ(AddMonths(D("2025-01-31"), 1), D("2025-02-28"));
  EXPECT_EQ(AddMonths(D("2024-01-31"), 1), D("2024-02-29"));
  EXPECT_EQ(AddMonths(D("2025-03-31"), -1), D("2025-02-28"));
  EXPECT_EQ(AddMonths(D("2025-02-28"), 1), D("2025-03-28"));
  EXPECT_EQ(AddMonths(D("2024-02-29"), -12), D("2023-02-28"));
  EXPECT_EQ(AddMonths(D("2025-12-15"), 1), D("2026-01-15"));
  EXPECT_EQ(AddMonths(D("2025-01-15"), -1), D("2024-12-15"));
  EXPECT_EQ(AddMonths(D("2025-01-15"), 0), D("2025-01-15"));
}

TEST(AddMonthsTest, CanKeepTheEndOfTheMonth) {
  EXPECT_EQ(AddMonthsKeepingMonthEnd(D("2025-02-28"), -12), D("2024-02-29"));
  EXPECT_EQ(AddMonthsKeepingMonthEnd(D("2025-02-28"), 1), D("2025-03-31"));
  EXPECT_EQ(AddMonthsKeepingMonthEnd(D("2024-02-28"), 12), D("2025-02-28"));
  EXPECT_EQ(AddMonthsKeepingMonthEnd(D("2025-01-30"), 2), D("2025-03-30"));
}

TEST(WeekdayTest, FindsWeekdays) {
  EXPECT_EQ(WeekdayOf(D("2025-02-07")), Friday);
  EXPECT_FALSE(IsWeekend(D("2025-02-07")));
  EXPECT_TRUE(IsWeekend(D("2025-02-08")));
  EXPECT_TRUE(IsWeekend(D("2025-02-09")));
  EXPECT_EQ(WeekdayName(Saturday), "saturday");
  EXPECT_EQ(WeekdayName(Sunday), "sunday");
  EXPECT_EQ(MonthName(9), "september");
}

TEST(WeekdayTest, FindsTheLastOfAMonth) {
  EXPECT_EQ(LastWeekdayOfMonth(Saturday, 2024, 9), D("2024-09-28"));
  EXPECT_EQ(LastWeekdayOfMonth(Saturday, 2023, 9), D("2023-09-30"));
  EXPECT_EQ(LastWeekdayOfMonth(Sunday, 2025, 3), D("2025-03-30"));
}

TEST(WeekdayTest, FindsTheNearestOnEitherSide) {
  EXPECT_EQ(NearestWeekday(Saturday, D("2025-01-31")), D("2025-02-01"));  // a Friday
  EXPECT_EQ(NearestWeekday(Saturday, D("2024-01-31")), D("2024-02-03"));  // a Wednesday, three days
  EXPECT_EQ(NearestWeekday(Saturday, D("2023-01-31")),
            D("2023-01-28"));  // a Tuesday, three days back
  EXPECT_EQ(NearestWeekday(Friday, D("2025-01-31")), D("2025-01-31"));
}

}  // namespace
}  // namespace outlay::time
