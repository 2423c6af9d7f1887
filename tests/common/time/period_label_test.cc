#include "services/common/time/period_label.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/common/time/support.h"

namespace outlay::time {
namespace {

using ::testing::HasSubstr;

PeriodLabel Parse(std::string_view text) { return ParsePeriodLabel(text).value(); }
std::string Reason(std::string_view text) { return ReasonOf(ParsePeriodLabel(text).status()); }
std::string Message(std::string_view text) { return MessageOf(ParsePeriodLabel(text).status()); }

TEST(PeriodLabelTest, TakesYearsAndTheirPartsApart) {
  EXPECT_EQ(Parse("2025"), (PeriodLabel{.kind = PeriodKind::kYear, .year = 2025}));
  EXPECT_EQ(Parse("FY2025"),
            (PeriodLabel{.kind = PeriodKind::kYear, .fiscal = true, .year = 2025}));
  EXPECT_EQ(Parse("2025-H2"), (PeriodLabel{.kind = PeriodKind::kHalf, .year = 2025, .part = 2}));
  EXPECT_EQ(Parse("FY2025-Q4"),
            (PeriodLabel{.kind = PeriodKind::kQuarter, .fiscal = true, .year = 2025, .part = 4}));
  EXPECT_EQ(Parse("2025-9M"),
            (PeriodLabel{.kind = PeriodKind::kYearToDate, .year = 2025, .part = 9}));
  EXPECT_EQ(
      Parse("FY2025-11M"),
      (PeriodLabel{.kind = PeriodKind::kYearToDate, .fiscal = true, .year = 2025, .part = 11}));
}

TEST(PeriodLabelTest, TakesRangesApart) {
  EXPECT_EQ(Parse("2025..2028"),
            (PeriodLabel{.kind = PeriodKind::kSeveralYears, .year = 2025, .last_year = 2028}));
  EXPECT_EQ(
      Parse("FY2025..FY2028"),
      (PeriodLabel{
          .kind = PeriodKind::kSeveralYears, .fiscal = true, .year = 2025, .last_year = 2028}));
  EXPECT_EQ(Parse("2025-01-15..2025-04-14"), (PeriodLabel{.kind = PeriodKind::kDates,
                                                          .first_day = D("2025-01-15"),
                                                          .last_day = D("2025-04-14")}));
  EXPECT_EQ(Parse("TTM-2025-06-30"),
            (PeriodLabel{.kind = PeriodKind::kTrailingTwelveMonths, .last_day = D("2025-06-30")}));
  EXPECT_EQ(Parse("undated"), PeriodLabel{});
}

TEST(PeriodLabelTest, PrintsWhatItRead) {
  for (const std::string_view text : {"2025",
                                      "2025-H1",
                                      "2025-Q1",
                                      "2025-9M",
                                      "2025-6M",
                                      "2025-3M",
                                      "2025-1M",
                                      "FY2025",
                                      "FY2025-H1",
                                      "FY2025-Q1",
                                      "FY2025-9M",
                                      "TTM-2025-06-30",
                                      "2025..2028",
                                      "FY2025..FY2028",
                                      "2025-01-15..2025-04-14",
                                      "2025-01-15..2025-01-15",
                                      "undated",
                                      "1900",
                                      "2200",
                                      "FY1900..FY2200"}) {
    EXPECT_EQ(FormatPeriodLabel(Parse(text)), text);
  }
}

TEST(PeriodLabelTest, ALabelHasOneSpelling) {
  for (const std::string_view text : {"",
                                      " ",
                                      "2025 ",
                                      " 2025",
                                      "25",
                                      "20255",
                                      "fy2025",
                                      "FY 2025",
                                      "FY25",
                                      "FY",
                                      "2025Q1",
                                      "2025-q1",
                                      "Q1-2025",
                                      "2025-Q",
                                      "2025-Q0",
                                      "2025-Q5",
                                      "2025-Q11",
                                      "2025-H0",
                                      "2025-H3",
                                      "2025-H",
                                      "2025-",
                                      "2025-M",
                                      "2025-0M",
                                      "2025-09M",
                                      "2025-12M",
                                      "2025-9m",
                                      "2025-99999999999999999999M",
                                      "2025-01",
                                      "2025-01-15",
                                      "TTM",
                                      "2025..",
                                      "..2025",
                                      "..",
                                      "2025..2025",
                                      "2028..2025",
                                      "2025...2028",
                                      "2025..2028..2030",
                                      "FY2025..2028",
                                      "2025..FY2028",
                                      "2025-Q1..2025-Q3",
                                      "2025-04-14..2025-01-15",
                                      "Undated",
                                      "99999999999999999999",
                                      "-2025",
                                      "+2025"}) {
    EXPECT_EQ(Reason(text), "MALFORMED_PERIOD") << text;
  }
}

TEST(PeriodLabelTest, ErrorsSayWhichLabelsAreRight) {
  EXPECT_EQ(Message("Q1 2025"),
            "\"Q1 2025\" is not a period; write 2025, 2025-H1, 2025-Q1, 2025-9M (the first nine "
            "months), the same with FY for "
            "fiscal years (FY2025-Q1), TTM-2025-06-30 (twelve months), 2025..2028, "
            "2025-01-15..2025-04-14 (both days included) "
            "or undated");
  EXPECT_THAT(Message("2025-12M"), HasSubstr("1M to 11M, and twelve are the year itself"));
  EXPECT_THAT(Message("2025-Q5"), HasSubstr("quarters are Q1 to Q4"));
  EXPECT_THAT(Message("2025-H3"), HasSubstr("halves are H1 and H2"));
  EXPECT_THAT(Message("FY2025..2028"), HasSubstr("both years must be fiscal or both calendar"));
  EXPECT_THAT(Message("2025..2025"), HasSubstr("must be after the first"));
  EXPECT_THAT(Message("2025-04-14..2025-01-15"), HasSubstr("it ends before it starts"));
}

TEST(PeriodLabelTest, YearsAreBounded) {
  EXPECT_THAT(Message("1899"), HasSubstr("the year is 1899, years are 1900 to 2200"));
  for (const std::string_view text :
       {"0000", "1899", "2201", "9999", "FY1899", "2025..2201", "1899..2025", "FY2201-Q1"}) {
    EXPECT_EQ(Reason(text), "MALFORMED_PERIOD") << text;
  }
}

TEST(PeriodLabelTest, DatesInALabelKeepTheirOwnErrors) {
  EXPECT_EQ(Reason("2025-02-30..2025-04-14"), "IMPOSSIBLE_DATE");
  EXPECT_EQ(Reason("TTM-2025-06-31"), "IMPOSSIBLE_DATE");
  EXPECT_EQ(Reason("TTM-2025"), "MALFORMED_DATE");
  EXPECT_EQ(Reason("2025-01-15..2201-01-01"), "MALFORMED_DATE");
}

}  // namespace
}  // namespace outlay::time
