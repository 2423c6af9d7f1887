#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/common/time/period.h"
#include "tests/common/time/support.h"

namespace outlay::time {
namespace {

using ::testing::HasSubstr;

std::string Label(std::string_view start, std::string_view end_exclusive) {
  return PeriodFromDates(D(start), D(end_exclusive), nullptr).value().label;
}
std::string Label(std::string_view start, std::string_view end_exclusive,
                  const FiscalCalendar& calendar) {
  return PeriodFromDates(D(start), D(end_exclusive), &calendar).value().label;
}

TEST(PeriodFromDatesTest, FindsCalendarLabelsWithoutACalendar) {
  EXPECT_EQ(Label("2025-01-01", "2026-01-01"), "2025");
  EXPECT_EQ(Label("2025-01-01", "2025-07-01"), "2025-H1");
  EXPECT_EQ(Label("2025-07-01", "2026-01-01"), "2025-H2");
  EXPECT_EQ(Label("2025-01-01", "2025-04-01"), "2025-Q1");
  EXPECT_EQ(Label("2025-10-01", "2026-01-01"), "2025-Q4");
  EXPECT_EQ(Label("2025-01-01", "2025-10-01"), "2025-9M");
  EXPECT_EQ(Label("2025-01-01", "2025-02-01"), "2025-1M");
  EXPECT_EQ(Label("2025-01-01", "2029-01-01"), "2025..2028");
  EXPECT_EQ(Label("2024-07-01", "2025-07-01"), "TTM-2025-06-30");
  EXPECT_EQ(Label("2025-02-01", "2025-03-01"), "2025-02-01..2025-02-28");
}

TEST(PeriodFromDatesTest, PrefersTheOrganizationsFiscalLabels) {
  EXPECT_EQ(Label("2024-07-01", "2025-07-01", Microsoft()), "FY2025");
  EXPECT_EQ(Label("2024-07-01", "2024-10-01", Microsoft()), "FY2025-Q1");
  EXPECT_EQ(Label("2024-07-01", "2025-01-01", Microsoft()), "FY2025-H1");
  EXPECT_EQ(Label("2024-07-01", "2025-04-01", Microsoft()), "FY2025-9M");
  EXPECT_EQ(Label("2024-07-01", "2026-07-01", Microsoft()), "FY2025..FY2026");
  EXPECT_EQ(Label("2023-10-01", "2024-09-29", Apple()), "FY2024");
  EXPECT_EQ(Label("2022-09-25", "2023-01-01", Apple()), "FY2023-Q1");
  EXPECT_EQ(Label("2024-02-04", "2025-02-02", Target()), "FY2024");
}

TEST(PeriodFromDatesTest, FallsBackToCalendarLabels) {
  EXPECT_EQ(Label("2025-01-01", "2026-01-01", Microsoft()), "2025");
  EXPECT_EQ(Label("2025-01-01", "2025-10-01", Microsoft()), "2025-9M");
  EXPECT_EQ(Label("2024-10-01", "2025-10-01", Microsoft()), "TTM-2025-09-30");
  EXPECT_EQ(Label("2024-03-31", "2025-03-30", Apple()), "2024-03-31..2025-03-29");
}

TEST(PeriodFromDatesTest, CalendarYearsAreNeverCalledFiscal) {
  EXPECT_EQ(Label("2025-01-01", "2026-01-01", FiscalCalendar::Calendar()), "2025");
  EXPECT_EQ(Label("2025-01-01", "2025-04-01", FiscalCalendar::Calendar()), "2025-Q1");
}

bool IsOfSomeCalendar(std::string_view label, std::string_view start,
                      std::string_view end_exclusive) {
  return FiscalPeriodOfSomeCalendar(ParsePeriodLabel(label).value(), D(start), D(end_exclusive))
      .has_value();
}

TEST(PeriodFromDatesTest, AFiscalLabelHasDatesOnlyWhereSomeCalendarGivesItThese) {
  EXPECT_TRUE(IsOfSomeCalendar("FY2025", "2024-07-01", "2025-07-01"));
  EXPECT_TRUE(IsOfSomeCalendar("FY2025", "2025-01-01", "2026-01-01"));
  EXPECT_TRUE(IsOfSomeCalendar("FY2025-Q1", "2024-09-29", "2024-12-29"));  // Apple
  // The quarter ends with a February that is shorter than the calendar's day.
  EXPECT_TRUE(IsOfSomeCalendar("FY2025-Q3", "2024-12-01", "2025-03-01"));
  EXPECT_FALSE(IsOfSomeCalendar("FY2025", "2022-07-01", "2023-07-01"));
  EXPECT_FALSE(IsOfSomeCalendar("FY2025", "2024-07-01", "2025-07-02"));
  EXPECT_FALSE(IsOfSomeCalendar("FY2025-Q1", "2024-07-01", "2025-01-01"));
  EXPECT_FALSE(IsOfSomeCalendar("2025", "2025-01-01", "2026-01-01"));
  EXPECT_FALSE(IsOfSomeCalendar("undated", "2025-01-01", "2026-01-01"));
}

TEST(PeriodFromDatesTest, RefusesDatesThatAreNoPeriod) {
  const absl::Status empty = PeriodFromDates(D("2025-01-01"), D("2025-01-01"), nullptr).status();
  EXPECT_EQ(ReasonOf(empty), "MALFORMED_PERIOD");
  EXPECT_THAT(MessageOf(empty), HasSubstr("it ends before it starts"));
  EXPECT_EQ(ReasonOf(PeriodFromDates(D("2025-01-02"), D("2025-01-01"), nullptr).status()),
            "MALFORMED_PERIOD");
  const absl::Status early =
      PeriodFromDates(D("1900-01-01") - std::chrono::days(1), D("1900-01-01"), nullptr).status();
  EXPECT_EQ(ReasonOf(early), "MALFORMED_PERIOD");
  EXPECT_THAT(MessageOf(early), HasSubstr("years are 1900 to 2200"));
}

TEST(PeriodFromDatesTest, TheLastDayMayBeTheLastOfAllDays) {
  const Period period =
      PeriodFromDates(D("2200-01-01"), D("2200-12-31") + std::chrono::days(1), nullptr).value();
  EXPECT_EQ(period.label, "2200");
}

}  // namespace
}  // namespace outlay::time
