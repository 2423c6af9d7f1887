#include "services/common/time/period.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/common/time/support.h"

namespace outlay::time {
namespace {

using ::testing::HasSubstr;

Period P(std::string_view label) { return ParsePeriod(label, nullptr).value(); }
Period P(std::string_view label, const FiscalCalendar& calendar) {
  return ParsePeriod(label, &calendar).value();
}

std::string LabelOf(const std::optional<Period>& period) { return period ? period->label : "none"; }

std::string Prior(std::string_view label) { return LabelOf(PriorYear(P(label), nullptr)); }
std::string After(std::string_view label) { return LabelOf(Next(P(label), nullptr)); }
std::string Before(std::string_view label) { return LabelOf(Previous(P(label), nullptr)); }

TEST(ParsePeriodTest, CalendarLabelsAreHalfOpenDates) {
  EXPECT_EQ(Range(P("2025")), "[2025-01-01, 2026-01-01)");
  EXPECT_EQ(Range(P("2025-H1")), "[2025-01-01, 2025-07-01)");
  EXPECT_EQ(Range(P("2025-H2")), "[2025-07-01, 2026-01-01)");
  EXPECT_EQ(Range(P("2025-Q1")), "[2025-01-01, 2025-04-01)");
  EXPECT_EQ(Range(P("2025-Q4")), "[2025-10-01, 2026-01-01)");
  EXPECT_EQ(Range(P("2025-9M")), "[2025-01-01, 2025-10-01)");
  EXPECT_EQ(Range(P("2025-2M")), "[2025-01-01, 2025-03-01)");
  EXPECT_EQ(Range(P("2025..2028")), "[2025-01-01, 2029-01-01)");
  EXPECT_EQ(Range(P("2025-01-15..2025-04-14")), "[2025-01-15, 2025-04-15)");
}

TEST(ParsePeriodTest, CalendarLabelsIgnoreTheOrganizationsCalendar) {
  EXPECT_EQ(P("2025", Microsoft()), P("2025"));
  EXPECT_EQ(P("2025-5M", Apple()), P("2025-5M"));
}

TEST(ParsePeriodTest, FiscalLabelsFollowTheOrganizationsCalendar) {
  EXPECT_EQ(Range(P("FY2025", Microsoft())), "[2024-07-01, 2025-07-01)");
  EXPECT_EQ(Range(P("FY2025-H1", Microsoft())), "[2024-07-01, 2025-01-01)");
  EXPECT_EQ(Range(P("FY2025-H2", Microsoft())), "[2025-01-01, 2025-07-01)");
  EXPECT_EQ(Range(P("FY2025-Q1", Microsoft())), "[2024-07-01, 2024-10-01)");
  EXPECT_EQ(Range(P("FY2025-9M", Microsoft())), "[2024-07-01, 2025-04-01)");
  EXPECT_EQ(Range(P("FY2025..FY2028", Microsoft())), "[2024-07-01, 2028-07-01)");
  EXPECT_EQ(Range(P("FY2024", Apple())), "[2023-10-01, 2024-09-29)");
  EXPECT_EQ(Range(P("FY2023-6M", Apple())), "[2022-09-25, 2023-04-02)");
  EXPECT_TRUE(P("FY2025", Microsoft()).fiscal);
  EXPECT_FALSE(P("2025").fiscal);
}

TEST(ParsePeriodTest, TrailingTwelveMonthsEndOnTheDayOfTheLabel) {
  EXPECT_EQ(Range(P("TTM-2025-06-30")), "[2024-07-01, 2025-07-01)");
  EXPECT_EQ(Range(P("TTM-2025-02-28")), "[2024-03-01, 2025-03-01)");
  EXPECT_EQ(Range(P("TTM-2024-02-29")), "[2023-03-01, 2024-03-01)");
  EXPECT_EQ(Range(P("TTM-2024-02-28")), "[2023-03-01, 2024-02-29)");
  EXPECT_EQ(Range(P("TTM-2025-03-15")), "[2024-03-16, 2025-03-16)");
}

TEST(ParsePeriodTest, AnUndatedPledgeHasNoDates) {
  const Period undated = P("undated");
  EXPECT_EQ(undated.kind, PeriodKind::kUndated);
  EXPECT_FALSE(undated.HasDates());
  EXPECT_EQ(undated.start, undated.end);
  EXPECT_EQ(LengthDays(undated), 0);
  EXPECT_EQ(undated, UndatedPeriod());
}

TEST(ParsePeriodTest, AFiscalLabelNeedsACalendar) {
  const absl::Status status = ParsePeriod("FY2025", nullptr).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "FISCAL_YEAR_UNKNOWN");
  EXPECT_EQ(MessageOf(status),
            "\"FY2025\" is a fiscal period, and the organization's fiscal calendar is not known: "
            "record the organization with "
            "its fiscal year end first, or write the period as calendar (2025) or as dates "
            "(2024-07-01..2025-06-30)");
  EXPECT_EQ(ReasonOf(ParsePeriod("FY2025..FY2028", nullptr).status()), "FISCAL_YEAR_UNKNOWN");
  EXPECT_EQ(ReasonOf(ParsePeriod("FY2025-Q9", nullptr).status()), "MALFORMED_PERIOD");
}

TEST(ParsePeriodTest, AYearOfWeeksHasNoMonths) {
  const FiscalCalendar apple = Apple();
  EXPECT_EQ(ReasonOf(ParsePeriod("FY2024-5M", &apple).status()), "MALFORMED_PERIOD");
  EXPECT_THAT(MessageOf(ParsePeriod("FY2024-5M", &apple).status()),
              HasSubstr("only 3M, 6M and 9M"));
}

TEST(PeriodTest, EqualityIsByDatesKindAndCalendar) {
  EXPECT_EQ(P("2025"), CalendarYear(2025));
  EXPECT_NE(P("2025"), P("FY2025", FiscalCalendar::Calendar()));
  EXPECT_NE(P("2025-Q1"), P("2025-3M"));
  EXPECT_NE(P("2025"), P("2025-01-01..2025-12-31"));
  EXPECT_EQ(P("FY2025", Microsoft()), P("FY2024", [] {
              FiscalCalendar calendar = Microsoft();
              calendar.named_after_start_year = true;
              return calendar;
            }()));
}

TEST(ParseCalendarOrFiscalTest, AYearOfMicrosoftMayBeEither) {
  const PeriodReadings readings = ParseCalendarOrFiscal("2025", Microsoft()).value();
  EXPECT_TRUE(readings.ambiguous());
  EXPECT_EQ(readings.stated, P("2025"));
  EXPECT_EQ(LabelOf(readings.other), "FY2025");
  EXPECT_EQ(Range(*readings.other), "[2024-07-01, 2025-07-01)");
}

TEST(ParseCalendarOrFiscalTest, AFiscalLabelHasTheCalendarReading) {
  const PeriodReadings readings = ParseCalendarOrFiscal("FY2025-Q1", Microsoft()).value();
  EXPECT_EQ(readings.stated.label, "FY2025-Q1");
  EXPECT_EQ(LabelOf(readings.other), "2025-Q1");
}

TEST(ParseCalendarOrFiscalTest, OneReadingWhereTheDatesAreTheSame) {
  EXPECT_FALSE(ParseCalendarOrFiscal("2025", FiscalCalendar::Calendar())->ambiguous());
  EXPECT_FALSE(ParseCalendarOrFiscal("TTM-2025-06-30", Microsoft())->ambiguous());
  EXPECT_FALSE(ParseCalendarOrFiscal("2025-01-15..2025-04-14", Microsoft())->ambiguous());
  EXPECT_FALSE(ParseCalendarOrFiscal("undated", Microsoft())->ambiguous());
  EXPECT_FALSE(ParseCalendarOrFiscal("2025-5M", Apple())->ambiguous());
  EXPECT_EQ(ReasonOf(ParseCalendarOrFiscal("2025-Q5", Microsoft()).status()), "MALFORMED_PERIOD");
}

TEST(PriorYearTest, IsTheSamePeriodAYearBefore) {
  EXPECT_EQ(Prior("2025"), "2024");
  EXPECT_EQ(Prior("2025-Q1"), "2024-Q1");
  EXPECT_EQ(Prior("2025-H2"), "2024-H2");
  EXPECT_EQ(Prior("2025-9M"), "2024-9M");
  EXPECT_EQ(Prior("TTM-2025-06-30"), "TTM-2024-06-30");
  EXPECT_EQ(Prior("TTM-2025-02-28"), "TTM-2024-02-29");
  EXPECT_EQ(Prior("2025-01-15..2025-04-14"), "2024-01-15..2024-04-14");
  EXPECT_EQ(Prior("2025-02-01..2025-02-28"), "2024-02-01..2024-02-29");
  EXPECT_EQ(Prior("2024-02-15..2024-02-29"), "2023-02-15..2023-02-28");
  EXPECT_EQ(Prior("2025-02-28..2025-02-28"), "2024-02-28..2024-02-28");
}

TEST(PriorYearTest, OfAFiscalPeriodFollowsItsCalendar) {
  const FiscalCalendar apple = Apple();
  const Period prior = PriorYear(P("FY2024", apple), &apple).value();
  EXPECT_EQ(prior.label, "FY2023");
  EXPECT_EQ(Range(prior), "[2022-09-25, 2023-10-01)");
  EXPECT_EQ(LabelOf(PriorYear(P("FY2024-Q1", apple), &apple)), "FY2023-Q1");
  EXPECT_EQ(LabelOf(PriorYear(P("FY2024", apple), nullptr)), "none");
}

TEST(PriorYearTest, ThereIsNoneForPledgesAndBeforeTheFirstYear) {
  EXPECT_EQ(Prior("2025..2028"), "none");
  EXPECT_EQ(Prior("undated"), "none");
  EXPECT_EQ(Prior("1900"), "none");
  EXPECT_EQ(Prior("1900-03-01..1900-03-05"), "none");
  EXPECT_EQ(Prior("TTM-1900-06-30"), "none");
}

TEST(NeighbourTest, QuartersAndHalvesRunThroughTheYears) {
  EXPECT_EQ(After("2025-Q3"), "2025-Q4");
  EXPECT_EQ(After("2025-Q4"), "2026-Q1");
  EXPECT_EQ(Before("2025-Q1"), "2024-Q4");
  EXPECT_EQ(After("2025-H1"), "2025-H2");
  EXPECT_EQ(After("2025-H2"), "2026-H1");
  EXPECT_EQ(Before("2025-H1"), "2024-H2");
}

TEST(NeighbourTest, OtherKindsStepByTheirSize) {
  EXPECT_EQ(After("2025"), "2026");
  EXPECT_EQ(Before("2025"), "2024");
  EXPECT_EQ(After("2025-9M"), "2026-9M");
  EXPECT_EQ(After("TTM-2024-02-29"), "TTM-2025-02-28");
  EXPECT_EQ(Before("TTM-2025-06-30"), "TTM-2024-06-30");
  EXPECT_EQ(After("2025..2028"), "2029..2032");
  EXPECT_EQ(Before("2025..2028"), "2021..2024");
  EXPECT_EQ(After("2025-01-15..2025-04-14"), "2025-04-15..2025-07-13");
  EXPECT_EQ(Before("2025-01-15..2025-01-15"), "2025-01-14..2025-01-14");
}

TEST(NeighbourTest, FiscalQuartersFollowTheirCalendar) {
  const FiscalCalendar apple = Apple();
  const Period next = Next(P("FY2022-Q4", apple), &apple).value();
  EXPECT_EQ(next.label, "FY2023-Q1");
  EXPECT_EQ(Range(next), "[2022-09-25, 2023-01-01)");
  EXPECT_EQ(LabelOf(Next(P("FY2022-Q4", apple), nullptr)), "none");
}

TEST(NeighbourTest, ThereIsNoneBeyondTheYears) {
  EXPECT_EQ(After("2200"), "none");
  EXPECT_EQ(After("2200-Q4"), "none");
  EXPECT_EQ(Before("1900-H1"), "none");
  EXPECT_EQ(After("2100..2200"), "none");
  EXPECT_EQ(After("1900-01-01..2200-12-31"), "none");
  EXPECT_EQ(Before("1900-01-01..2200-12-31"), "none");
  EXPECT_EQ(After("TTM-2200-06-30"), "none");
  EXPECT_EQ(After("undated"), "none");
}

TEST(RelationTest, OverlapIsOfHalfOpenDates) {
  EXPECT_TRUE(Overlaps(P("2025"), P("2025-Q4")));
  EXPECT_TRUE(Overlaps(P("2025"), P("FY2025", Microsoft())));
  EXPECT_FALSE(Overlaps(P("2025-Q1"), P("2025-Q2")));
  EXPECT_FALSE(Overlaps(P("2025-Q2"), P("2025-Q1")));
  EXPECT_FALSE(Overlaps(P("undated"), P("2025")));
  EXPECT_FALSE(Overlaps(P("undated"), P("undated")));
}

TEST(RelationTest, ContainsPeriodsAndDates) {
  EXPECT_TRUE(Contains(P("2025"), P("2025")));
  EXPECT_TRUE(Contains(P("2025"), P("2025-H2")));
  EXPECT_FALSE(Contains(P("2025-H2"), P("2025")));
  EXPECT_FALSE(Contains(P("2025"), P("FY2025", Microsoft())));
  EXPECT_FALSE(Contains(P("2025"), P("undated")));
  EXPECT_FALSE(Contains(P("1970-01-01..1970-01-02"), P("undated")));
  EXPECT_TRUE(Contains(P("2025"), D("2025-12-31")));
  EXPECT_FALSE(Contains(P("2025"), D("2026-01-01")));
  EXPECT_FALSE(Contains(P("undated"), D("1970-01-01")));
}

TEST(RelationTest, LengthsAreComparedWithinAWeek) {
  EXPECT_EQ(LengthDays(P("2024")), 366);
  EXPECT_EQ(LengthDays(P("2025-01-15..2025-01-15")), 1);
  EXPECT_EQ(LengthDays(P("FY2023", Apple())), 371);
  EXPECT_TRUE(SameLength(P("FY2024", Apple()), P("FY2023", Apple())));
  EXPECT_TRUE(SameLength(P("FY2023", Apple()), P("2023")));
  EXPECT_TRUE(SameLength(P("FY2023-Q1", Apple()), P("FY2024-Q1", Apple())));
  EXPECT_FALSE(SameLength(P("FY2024", Apple()), P("FY2023", Apple()), 6));
  EXPECT_TRUE(SameLength(P("2025-01-01..2025-01-20"), P("2025-01-01..2025-01-27")));
  EXPECT_FALSE(SameLength(P("2025-01-01..2025-01-20"), P("2025-01-01..2025-01-28")));
  EXPECT_FALSE(SameLength(P("undated"), P("undated")));
}

}  // namespace
}  // namespace outlay::time
