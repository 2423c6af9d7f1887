#include "services/aggregation/period_match.h"

#include <gtest/gtest.h>

#include "services/common/status/error.h"

namespace outlay::aggregation {
namespace {

std::optional<Exactness> Match(std::string_view wanted_label, std::string_view stated_label,
                               std::string_view fiscal_year_end) {
  const time::FiscalCalendar calendar = time::ParseFiscalCalendar(fiscal_year_end).value();
  const WantedPeriod wanted = ParseWantedPeriod(wanted_label, "", "").value();
  return MatchPeriod(wanted, ResolveWanted(wanted, calendar),
                     time::ParsePeriod(stated_label, &calendar).value());
}

constexpr std::optional<Exactness> kNoMatch;

TEST(PeriodMatch, EqualDatesMatch) {
  EXPECT_EQ(Match("2025", "2025", "12-31"), Exactness::kDates);
  EXPECT_EQ(Match("2025-Q3", "2025-Q3", "12-31"), Exactness::kDates);
  EXPECT_EQ(Match("2025-01-01..2025-12-31", "2025", "12-31"), Exactness::kDates);
  EXPECT_EQ(Match("2025", "2025-01-01..2025-12-31", "12-31"), Exactness::kDates);
}

TEST(PeriodMatch, FiscalYearOfCalendarYearCompanyIsTheCalendarYear) {
  EXPECT_EQ(Match("2025", "FY2025", "12-31"), Exactness::kDates);
  EXPECT_EQ(Match("FY2025", "2025", "12-31"), Exactness::kDates);
}

TEST(PeriodMatch, ElseTheFiscalPeriodOfTheSameNameAndKind) {
  EXPECT_EQ(Match("2025", "FY2025", "06-30"), Exactness::kName);
  EXPECT_EQ(Match("2025-H1", "FY2025-H1", "06-30"), Exactness::kName);
  EXPECT_EQ(Match("2025-Q2", "FY2025-Q2", "06-30"), Exactness::kName);
  EXPECT_EQ(Match("2025-9M", "FY2025-9M", "06-30"), Exactness::kName);
}

TEST(PeriodMatch, AnotherNumberKindOrPartDoesNotMatch) {
  EXPECT_EQ(Match("2025", "FY2026", "06-30"), kNoMatch);
  EXPECT_EQ(Match("2025", "FY2025-Q2", "06-30"), kNoMatch);
  EXPECT_EQ(Match("2025-Q2", "FY2025-Q3", "06-30"), kNoMatch);
  EXPECT_EQ(Match("2025", "2024", "12-31"), kNoMatch);
}

TEST(PeriodMatch, FiscalQuarterOnTheWantedDatesIsExactAndItsNamesakeIsNot) {
  // Microsoft's FY2025-Q3 is January to March 2025.
  EXPECT_EQ(Match("2025-Q1", "FY2025-Q3", "06-30"), Exactness::kDates);
  EXPECT_EQ(Match("2025-Q1", "FY2025-Q1", "06-30"), Exactness::kName);
}

TEST(PeriodMatch, AFiscalLabelIsReadInTheOrganizationsOwnCalendar) {
  EXPECT_EQ(Match("FY2025", "FY2025", "06-30"), Exactness::kDates);
  EXPECT_EQ(Match("FY2025", "2024-07-01..2025-06-30", "06-30"), Exactness::kDates);
  EXPECT_EQ(Match("FY2025", "2025", "06-30"), kNoMatch);
}

TEST(PeriodMatch, TrailingTwelveMonthsNeverStandInAYear) {
  EXPECT_EQ(Match("2024", "TTM-2024-12-31", "12-31"), kNoMatch);
  EXPECT_EQ(Match("FY2025", "TTM-2025-06-30", "06-30"), kNoMatch);
  EXPECT_EQ(Match("TTM-2025-03-31", "TTM-2025-03-31", "12-31"), Exactness::kDates);
  EXPECT_EQ(Match("TTM-2025-06-30", "FY2025", "06-30"), Exactness::kDates);
}

TEST(PeriodMatch, SeveralYearsAndUndatedMatchOnlyThemselves) {
  EXPECT_EQ(Match("2025..2028", "2025..2028", "12-31"), Exactness::kDates);
  EXPECT_EQ(Match("2025..2028", "FY2025..FY2028", "12-31"), Exactness::kDates);
  EXPECT_EQ(Match("2025..2028", "FY2025..FY2028", "06-30"), kNoMatch);
  EXPECT_EQ(Match("2025", "2025..2028", "12-31"), kNoMatch);
  EXPECT_EQ(Match("2025..2028", "2025", "12-31"), kNoMatch);
  EXPECT_EQ(Match("undated", "undated", "12-31"), Exactness::kDates);
  EXPECT_EQ(Match("2025", "undated", "12-31"), kNoMatch);
  EXPECT_EQ(Match("undated", "2025", "12-31"), kNoMatch);
}

TEST(PeriodMatch, ACalendarWithoutThatPeriodHasNoneByDates) {
  EXPECT_EQ(Match("FY2025-4M", "2025", "last-saturday-of-september"), kNoMatch);
}

struct BadPeriod {
  std::string_view label, start, end, reason, field;
};

class WantedPeriodErrors : public ::testing::TestWithParam<BadPeriod> {};

TEST_P(WantedPeriodErrors, NamesTheFieldAndTheReason) {
  const BadPeriod& bad = GetParam();
  const absl::Status status = ParseWantedPeriod(bad.label, bad.start, bad.end).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  const ErrorDetail detail = GetErrorDetail(status);
  EXPECT_EQ(detail.reason, bad.reason);
  ASSERT_EQ(detail.violations.size(), 1U);
  EXPECT_EQ(detail.violations[0].field, bad.field);
}

INSTANTIATE_TEST_SUITE_P(
    All, WantedPeriodErrors,
    ::testing::Values(
        BadPeriod{"", "", "", "MISSING_PERIOD", "label"},
        BadPeriod{"", "2025-01-01", "", "MISSING_PERIOD", "end_date"},
        BadPeriod{"", "", "2026-01-01", "MISSING_PERIOD", "start_date"},
        BadPeriod{"fy2025", "", "", "MALFORMED_PERIOD", "label"},
        BadPeriod{"2025-Q5", "", "", "MALFORMED_PERIOD", "label"},
        BadPeriod{"", "2025-02-30", "2026-01-01", "IMPOSSIBLE_DATE", "start_date"},
        BadPeriod{"", "2025-01-01", "2025/12/31", "MALFORMED_DATE", "end_date"},
        BadPeriod{"", "2025-01-01", "2025-01-01", "MALFORMED_PERIOD", "end_date"},
        BadPeriod{"2025", "2024-01-01", "2025-01-01", "PERIOD_DISAGREES", "start_date"},
        BadPeriod{"FY2025", "2024-07-01", "2025-07-01", "PERIOD_DISAGREES", "start_date"}));

TEST(WantedPeriod, DatesTakeTheirBestCalendarLabel) {
  const WantedPeriod wanted = ParseWantedPeriod("", "2025-04-01", "2025-07-01").value();
  EXPECT_EQ(wanted.period.label, "2025-Q2");
  EXPECT_EQ(wanted.label.part, 2);
}

TEST(WantedPeriod, ALabelMayComeWithItsOwnDates) {
  EXPECT_EQ(ParseWantedPeriod("2025", "2025-01-01", "2026-01-01").value().period,
            time::CalendarYear(2025));
}

TEST(MayOverlap, UndatedMayOverlapWithAnything) {
  EXPECT_TRUE(MayOverlap(time::UndatedPeriod(), time::CalendarYear(2025)));
  EXPECT_FALSE(MayOverlap(time::CalendarYear(2024), time::CalendarYear(2025)));
}

}  // namespace
}  // namespace outlay::aggregation
