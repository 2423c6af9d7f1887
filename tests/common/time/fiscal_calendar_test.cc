#include "services/common/time/fiscal_calendar.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/common/time/support.h"

namespace outlay::time {
namespace {

using std::chrono::Saturday;
using std::chrono::Sunday;
using ::testing::HasSubstr;

std::string Quarter(const FiscalCalendar& calendar, int fiscal_year, int quarter) {
  return Range(calendar.QuarterStart(fiscal_year, quarter),
               calendar.QuarterEnd(fiscal_year, quarter));
}

int Weeks(const FiscalCalendar& calendar, int fiscal_year) {
  return (calendar.FiscalYearEnd(fiscal_year) - calendar.FiscalYearStart(fiscal_year)).count() / 7;
}

int QuarterWeeks(const FiscalCalendar& calendar, int fiscal_year, int quarter) {
  return (calendar.QuarterEnd(fiscal_year, quarter) - calendar.QuarterStart(fiscal_year, quarter))
             .count() /
         7;
}

TEST(FiscalYearTest, TheDefaultIsTheCalendarYear) {
  const FiscalCalendar calendar = FiscalCalendar::Calendar();
  EXPECT_TRUE(calendar.IsCalendarYear());
  EXPECT_FALSE(calendar.HasWeekYears());
  EXPECT_EQ(FiscalYear(calendar, 2025), "[2025-01-01, 2026-01-01)");
  EXPECT_EQ(Quarter(calendar, 2025, 1), "[2025-01-01, 2025-04-01)");
  EXPECT_EQ(Quarter(calendar, 2025, 4), "[2025-10-01, 2026-01-01)");
}

TEST(FiscalYearTest, MicrosoftsEndsInJune) {
  EXPECT_EQ(FiscalYear(Microsoft(), 2025), "[2024-07-01, 2025-07-01)");
  EXPECT_EQ(Quarter(Microsoft(), 2025, 1), "[2024-07-01, 2024-10-01)");
  EXPECT_EQ(Quarter(Microsoft(), 2025, 2), "[2024-10-01, 2025-01-01)");
  EXPECT_EQ(Quarter(Microsoft(), 2025, 3), "[2025-01-01, 2025-04-01)");
  EXPECT_EQ(Quarter(Microsoft(), 2025, 4), "[2025-04-01, 2025-07-01)");
  EXPECT_EQ(FormatDate(Microsoft().MonthsEnd(2025, 8)), "2025-03-01");
}

TEST(FiscalYearTest, ApplesEndsOnTheLastSaturdayOfSeptember) {
  EXPECT_EQ(FiscalYear(Apple(), 2024), "[2023-10-01, 2024-09-29)");
  EXPECT_EQ(Weeks(Apple(), 2024), 52);
  EXPECT_EQ(FiscalYear(Apple(), 2023), "[2022-09-25, 2023-10-01)");
  EXPECT_EQ(Weeks(Apple(), 2023), 53);
}

TEST(FiscalYearTest, ApplePutsTheExtraWeekInTheFirstQuarter) {
  EXPECT_EQ(Quarter(Apple(), 2023, 1), "[2022-09-25, 2023-01-01)");
  EXPECT_EQ(Quarter(Apple(), 2023, 2), "[2023-01-01, 2023-04-02)");
  EXPECT_EQ(Quarter(Apple(), 2023, 4), "[2023-07-02, 2023-10-01)");
  EXPECT_EQ(QuarterWeeks(Apple(), 2023, 1), 14);
  EXPECT_EQ(QuarterWeeks(Apple(), 2023, 4), 13);
  EXPECT_EQ(Quarter(Apple(), 2024, 1), "[2023-10-01, 2023-12-31)");
}

TEST(FiscalYearTest, TheExtraWeekIsInTheFourthQuarterUnlessSaidOtherwise) {
  const FiscalCalendar calendar = FiscalCalendar::LastWeekday(Saturday, 9);
  EXPECT_EQ(QuarterWeeks(calendar, 2023, 1), 13);
  EXPECT_EQ(QuarterWeeks(calendar, 2023, 3), 13);
  EXPECT_EQ(QuarterWeeks(calendar, 2023, 4), 14);
  EXPECT_EQ(QuarterWeeks(calendar, 2024, 4), 13);
}

TEST(FiscalYearTest, NvidiasEndsOnTheLastSundayOfJanuary) {
  EXPECT_EQ(FiscalYear(Nvidia(), 2025), "[2024-01-29, 2025-01-27)");
  EXPECT_EQ(FiscalYear(Nvidia(), 2023), "[2022-01-31, 2023-01-30)");
  EXPECT_EQ(Weeks(Nvidia(), 2023), 52);
  EXPECT_EQ(Weeks(Nvidia(), 2022), 52);
  EXPECT_EQ(Weeks(Nvidia(), 2017), 52);
  EXPECT_EQ(Weeks(Nvidia(), 2016), 53);
}

TEST(FiscalYearTest, WalmartsEndsWithJanuary) {
  EXPECT_EQ(FiscalYear(Walmart(), 2025), "[2024-02-01, 2025-02-01)");
}

TEST(FiscalYearTest, TargetsIsNamedAfterTheYearItStartsIn) {
  EXPECT_EQ(FiscalYear(Target(), 2024), "[2024-02-04, 2025-02-02)");
  EXPECT_EQ(FiscalYear(Target(), 2023), "[2023-01-29, 2024-02-04)");
  EXPECT_EQ(Weeks(Target(), 2023), 53);
  EXPECT_EQ(Weeks(Target(), 2024), 52);
}

TEST(FiscalYearTest, OneThatNominallyEndsInDecemberKeepsItsNameInJanuary) {
  const FiscalCalendar calendar = FiscalCalendar::NearestWeekday(Saturday, 12);
  EXPECT_EQ(FiscalYear(calendar, 2020), "[2019-12-29, 2021-01-03)");
  EXPECT_EQ(FiscalYear(calendar, 2021), "[2021-01-03, 2022-01-02)");
}

TEST(FiscalYearTest, AYearThatStartsInJanuaryHasOneName) {
  FiscalCalendar calendar = FiscalCalendar::Calendar();
  calendar.named_after_start_year = true;
  EXPECT_EQ(FiscalYear(calendar, 2025), "[2025-01-01, 2026-01-01)");
}

TEST(FiscalYearTest, GovernmentsHaveFiscalYearsToo) {
  EXPECT_EQ(FiscalYear(FiscalCalendar::MonthEnd(9), 2025),
            "[2024-10-01, 2025-10-01)");  // United States
  FiscalCalendar japan = FiscalCalendar::MonthEnd(3);
  japan.named_after_start_year = true;
  EXPECT_EQ(FiscalYear(japan, 2025), "[2025-04-01, 2026-04-01)");
  const FiscalCalendar british_tax = FiscalCalendar::FixedDay(4, 5);
  EXPECT_EQ(FiscalYear(british_tax, 2025), "[2024-04-06, 2025-04-06)");
  EXPECT_EQ(Quarter(british_tax, 2025, 2), "[2024-07-06, 2024-10-06)");
}

TEST(FiscalYearTest, FebruarysEndMovesWithLeapYearsAndThe28thDoesNot) {
  EXPECT_EQ(FiscalYear(FiscalCalendar::MonthEnd(2), 2024), "[2023-03-01, 2024-03-01)");
  EXPECT_EQ(FiscalYear(FiscalCalendar::FixedDay(2, 28), 2024), "[2023-03-01, 2024-02-29)");
  EXPECT_EQ(FiscalYear(FiscalCalendar::FixedDay(2, 28), 2025), "[2024-02-29, 2025-03-01)");
}

TEST(FiscalYearTest, QuartersOfAFixedDayEndOnThatDayOrTheMonthsLast) {
  const FiscalCalendar calendar = FiscalCalendar::FixedDay(5, 30);
  EXPECT_EQ(Quarter(calendar, 2025, 1), "[2024-05-31, 2024-08-31)");
  EXPECT_EQ(Quarter(calendar, 2025, 3), "[2024-12-01, 2025-03-01)");
  EXPECT_EQ(Quarter(calendar, 2025, 4), "[2025-03-01, 2025-05-31)");
}

TEST(FiscalYearOfTest, FindsTheYearOfADate) {
  EXPECT_EQ(Microsoft().FiscalYearOf(D("2024-06-30")), 2024);
  EXPECT_EQ(Microsoft().FiscalYearOf(D("2024-07-01")), 2025);
  EXPECT_EQ(Apple().FiscalYearOf(D("2023-09-30")), 2023);
  EXPECT_EQ(Apple().FiscalYearOf(D("2023-10-01")), 2024);
  EXPECT_EQ(Target().FiscalYearOf(D("2025-02-01")), 2024);
  EXPECT_EQ(Target().FiscalYearOf(D("2025-02-02")), 2025);
  EXPECT_EQ(FiscalCalendar::NearestWeekday(Saturday, 12).FiscalYearOf(D("2021-01-02")), 2020);
}

TEST(FiscalCalendarTextTest, ReadsEachRule) {
  const auto parse = [](std::string_view text) { return ParseFiscalCalendar(text).value(); };
  EXPECT_EQ(parse("12-31"), FiscalCalendar::Calendar());
  EXPECT_EQ(parse("06-30"), Microsoft());
  EXPECT_EQ(parse("06-end"), Microsoft());
  EXPECT_EQ(parse("02-end"), FiscalCalendar::MonthEnd(2));
  EXPECT_EQ(parse("02-28"), FiscalCalendar::FixedDay(2, 28));
  EXPECT_EQ(parse("04-05"), FiscalCalendar::FixedDay(4, 5));
  EXPECT_EQ(parse("01-31"), Walmart());
  EXPECT_EQ(parse("last-sunday-of-january"), Nvidia());
  EXPECT_EQ(parse("last-saturday-of-september,extra-week-in-q1"), Apple());
  EXPECT_EQ(parse("nearest-saturday-to-01-31,named-after-start-year"), Target());
  EXPECT_EQ(parse("nearest-sunday-to-02-end"), FiscalCalendar::NearestWeekday(Sunday, 2));
}

TEST(FiscalCalendarTextTest, OptionsComeInEitherOrderAndPrintInOne) {
  const FiscalCalendar calendar =
      ParseFiscalCalendar("nearest-saturday-to-01-31,extra-week-in-q3,named-after-start-year")
          .value();
  EXPECT_EQ(FormatFiscalCalendar(calendar),
            "nearest-saturday-to-01-31,named-after-start-year,extra-week-in-q3");
  EXPECT_EQ(FormatFiscalCalendar(FiscalCalendar::MonthEnd(2)), "02-end");
  EXPECT_EQ(FormatFiscalCalendar(Microsoft()), "06-30");
  EXPECT_EQ(FormatFiscalCalendar(Nvidia()), "last-sunday-of-january");
}

TEST(FiscalCalendarTextTest, RefusesEverythingElse) {
  for (const std::string_view text : {"",
                                      ",",
                                      "12-31,",
                                      "12-31,,named-after-start-year",
                                      "13-31",
                                      "00-10",
                                      "6-30",
                                      "06-31",
                                      "06-00",
                                      "06-3",
                                      "06-030",
                                      "0630",
                                      "06-30 ",
                                      "last-saturday",
                                      "last-saturday-of-",
                                      "last-someday-of-june",
                                      "last-saturday-of-06",
                                      "Last-Saturday-of-June",
                                      "nearest-saturday-to-01-30",
                                      "nearest-saturday-to-02-28",
                                      "nearest-saturday",
                                      "nearest-saturday-to-",
                                      "06-30,named-after-start-year,named-after-start-year",
                                      "06-30,extra-week-in-q1",
                                      "last-sunday-of-june,extra-week-in-q4",
                                      "last-sunday-of-june,extra-week-in-q1,extra-week-in-q2",
                                      "06-30,fiscal",
                                      "june",
                                      "12-31-2025"}) {
    EXPECT_EQ(ReasonOf(ParseFiscalCalendar(text).status()), "MALFORMED_FISCAL_CALENDAR") << text;
  }
}

TEST(FiscalCalendarTextTest, SaysWhatIsWrongAndWhatIsRight) {
  const auto message = [](std::string_view text) {
    return MessageOf(ParseFiscalCalendar(text).status());
  };
  EXPECT_EQ(
      message("06-31"),
      "\"06-31\" is not a fiscal calendar: june has no day 31, its last is 30; write the last day "
      "of the fiscal year as "
      "06-30, 02-end, last-saturday-of-september or nearest-saturday-to-01-31, with the options "
      "\",named-after-start-year\" and \",extra-week-in-q1\" (q1 to q3) where they apply");
  EXPECT_THAT(message("02-29"), HasSubstr("the end of February is written 02-end"));
  EXPECT_THAT(message("last-caturday-of-june"), HasSubstr("\"caturday\" is not a weekday"));
  EXPECT_THAT(message("06-30,extra-week-in-q1"), HasSubstr("only years of 52 or 53 weeks"));
}

TEST(FiscalCalendarTest, ValidatesItsFields) {
  EXPECT_TRUE(FiscalCalendar::Calendar().Validate().ok());
  EXPECT_TRUE(Apple().Validate().ok());
  EXPECT_TRUE(FiscalCalendar::FixedDay(2, 28).Validate().ok());
  FiscalCalendar five_quarters = Apple();
  five_quarters.extra_week_quarter = 5;
  FiscalCalendar no_weekday = Nvidia();
  no_weekday.weekday = std::chrono::weekday(9);
  for (const FiscalCalendar& calendar :
       {FiscalCalendar::MonthEnd(0), FiscalCalendar::MonthEnd(13), FiscalCalendar::FixedDay(6, 0),
        FiscalCalendar::FixedDay(6, 30), FiscalCalendar::FixedDay(2, 29), five_quarters,
        no_weekday}) {
    EXPECT_EQ(ReasonOf(calendar.Validate()), "MALFORMED_FISCAL_CALENDAR");
  }
}

}  // namespace
}  // namespace outlay::time
