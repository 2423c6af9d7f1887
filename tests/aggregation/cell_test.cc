#include "services/aggregation/cell.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fmt/format.h"
#include "services/common/status/error.h"
#include "tests/aggregation/world.h"

namespace outlay::aggregation {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CellTest : public ::testing::Test {
 protected:
  CellTest() {
    for (const char* const id : {"alphabet", "amazon", "meta"}) world_.AddOrganization(id);
    world_.AddOrganization("microsoft", "06-30");
  }

  void Record(std::string organization, money::Amount amount, Said said = {}) {
    said.organization = std::move(organization);
    said.amount = std::move(amount);
    if (said.organization == "microsoft") said.fiscal_year_end = "06-30";
    world_.Record(said);
  }

  QueryResult AskAll(Query query = {}) {
    query.organization_ids = {"alphabet", "amazon", "meta", "microsoft"};
    query.periods = {ParseWantedPeriod("2025", "", "").value()};
    query.group_by = {.period = true};
    return world_.Ask(query);
  }

  Cell Total(Query query = {}) {
    const QueryResult result = AskAll(std::move(query));
    EXPECT_EQ(result.cells.size(), 1U);
    return result.cells.empty() ? Cell() : result.cells[0];
  }

  World world_;
};

TEST_F(CellTest, SumsIntervalsExactly) {
  Record("alphabet", Point("0.1"));
  Record("amazon", Range("60", "65"));
  Record("meta", UpTo("65"));
  const Cell cell = Total();
  EXPECT_EQ(money::ToString(cell.interval), "[60.1 implied, 130.1]");
  EXPECT_EQ(cell.point, Number("127.6"));
  EXPECT_EQ(cell.composition.stated, Number("0.1"));
  EXPECT_EQ(cell.composition.midpoints, Number("62.5"));
  EXPECT_EQ(cell.composition.ceilings, Number("65"));
  EXPECT_EQ(cell.composition.floors, std::nullopt);
  EXPECT_EQ(cell.figure_count, 3);
  EXPECT_FALSE(cell.approximate);
}

TEST_F(CellTest, ASumIsOpenOnASideOnlyWhereAPartIs) {
  Record("alphabet", Point("75"));
  Record("amazon", AtLeast("100"));
  const Cell cell = Total();
  EXPECT_EQ(cell.interval.low.value, Number("175"));
  EXPECT_TRUE(cell.interval.high.IsOpen());
  EXPECT_EQ(cell.composition.floors, Number("100"));
  ASSERT_THAT(WarningCodesOf(cell), ElementsAre("OPEN_INTERVAL"));
  EXPECT_EQ(cell.warnings[0].organization_id, "amazon");
  EXPECT_EQ(cell.warnings[0].message, "Amazon's figure has no upper bound.");
}

TEST_F(CellTest, AnUpperBoundOfASignedMeasureIsOpenBelow) {
  Record("meta", UpToOfSigned("65"));
  const Cell cell = Total();
  EXPECT_TRUE(cell.interval.low.IsOpen());
  EXPECT_EQ(cell.warnings[0].message, "Meta's figure has no lower bound: it may be negative.");
}

TEST_F(CellTest, ExcludedEndsStayExcluded) {
  Record("alphabet", Point("1"));
  Record("amazon", MoreThan("100"));
  EXPECT_TRUE(Total().interval.low.strict);
  Record("meta", LessThan("10"));
  EXPECT_TRUE(Total().interval.low.implied);
}

TEST_F(CellTest, AboutCarriesIntoTheSumAndLeavesTheNumbersAlone) {
  Record("alphabet", Point("75"));
  Record("amazon", About(Point("100")));
  const Cell cell = Total();
  EXPECT_TRUE(cell.approximate);
  EXPECT_EQ(cell.interval, money::Interval::PointAt(Number("175")));
}

TEST_F(CellTest, ThePointRuleChoosesAnEndWhereThereIsOne) {
  Record("alphabet", Point("75"));
  Record("meta", UpTo("65"));
  Query low;
  low.point_rule = PointRule::kLow;
  EXPECT_EQ(Total(low).point, Number("75"));
  EXPECT_EQ(Total(low).composition, (Composition{.stated = Number("75"), .floors = Number("0")}));
  Query high;
  high.point_rule = PointRule::kHigh;
  EXPECT_EQ(Total(high).point, Number("140"));
  Record("amazon", AtLeast("100"));
  EXPECT_EQ(Total(low).point, Number("175"));
  EXPECT_EQ(Total(high).point, std::nullopt) << "at least 100 has no high end";
  EXPECT_EQ(Total(high).composition, Composition());
}

TEST_F(CellTest, WarnsOfMixedMeasuresDefinitionsAndBases) {
  Record("alphabet", Point("1"));
  Record("amazon", Point("1"), {.measure = "ai_investment", .basis = Basis::kActual});
  Record("meta", Point("1"), {.definition = "purchases"});
  const Cell cell = Total();
  EXPECT_THAT(WarningCodesOf(cell),
              ElementsAre("MIXED_MEASURES", "MIXED_DEFINITIONS", "MIXED_BASES"));
  EXPECT_EQ(cell.warnings[0].message,
            "The sum mixes measures: capital_expenditure, ai_investment.");
  EXPECT_EQ(cell.warnings[1].message, "The sum mixes definitions: unspecified, purchases.");
  EXPECT_EQ(cell.warnings[2].message, "The sum mixes bases: GUIDANCE, ACTUAL.");
  EXPECT_THAT(cell.measures, ElementsAre("capital_expenditure", "ai_investment"));
  EXPECT_THAT(cell.definitions, ElementsAre("", "purchases"));
  EXPECT_THAT(cell.bases, ElementsAre(Basis::kGuidance, Basis::kActual));
}

TEST_F(CellTest, AFiscalYearUnderACalendarYearIsNamed) {
  Record("microsoft", Point("64"), {.period = "FY2025"});
  const Cell cell = Total();
  ASSERT_THAT(WarningCodesOf(cell), ElementsAre("MIXED_CALENDARS"));
  EXPECT_EQ(cell.warnings[0].message,
            "Microsoft's FY2025 (2024-07-01 to 2025-06-30) stands under 2025.");
  ASSERT_EQ(cell.periods.size(), 1U);
  EXPECT_EQ(cell.periods[0].label, "FY2025");
}

TEST_F(CellTest, AnAmbiguousPeriodNamesTheEndOfTheFiscalYear) {
  Record("microsoft", Point("80"), {.period_ambiguous = true});
  const Cell cell = Total();
  ASSERT_THAT(WarningCodesOf(cell), ElementsAre("PERIOD_AMBIGUOUS"));
  EXPECT_EQ(cell.warnings[0].message,
            "Microsoft's fiscal year ends in June: the source leaves open whether 2025 is the "
            "calendar or the fiscal year.");
  EXPECT_THAT(cell.periods, IsEmpty());
}

TEST_F(CellTest, ConflictingSourcesAreNamed) {
  Record("amazon", Point("100"), {.id = "x", .published_at = "2025-02-09", .source = "post"});
  Record("amazon", Point("105"), {.id = "y", .published_at = "2025-02-10", .source = "times"});
  const Cell cell = Total();
  ASSERT_THAT(WarningCodesOf(cell), ElementsAre("CONFLICTING_SOURCES"));
  EXPECT_EQ(cell.warnings[0].message, "Amazon's figure by times is contradicted by post.");
}

TEST_F(CellTest, OfManyConflictingSourcesTwentyAreNamed) {
  for (int i = 0; i < 30; ++i) {
    Record("amazon", Point(fmt::format("{}", 200 + 10 * i)),
           {.id = fmt::format("x{}", i),
            .published_at = "2025-02-09",
            .source = fmt::format("post-{}", i)});
  }
  Record("amazon", Point("105"), {.id = "y", .published_at = "2025-02-10", .source = "times"});
  const std::string message = Total().warnings[0].message;
  EXPECT_THAT(message, testing::EndsWith(" and 10 more."));
}

TEST_F(CellTest, CurrenciesNeverMix) {
  Record("alphabet", Point("75"));
  Record("amazon", Point("100", "", "KRW"));
  const QueryResult result = AskAll();
  ASSERT_EQ(result.cells.size(), 2U);
  EXPECT_EQ(result.cells[0].key.currency_code, "KRW");
  EXPECT_EQ(result.cells[1].key.currency_code, "USD");
}

TEST_F(CellTest, RateDatesFollowTheRule) {
  Record("alphabet", Point("1"), {.basis = Basis::kActual});
  Record("amazon", Point("2"), {.stated_at = "2025-02-06"});
  Record("microsoft", Point("3"), {.basis = Basis::kActual, .period = "FY2025"});
  Query query;
  query.rate_date_rule = RateDateRule::kByFigure;
  const QueryResult by_figure = AskAll(query);
  ASSERT_EQ(by_figure.cells.size(), 3U);
  EXPECT_EQ(by_figure.cells[0].key.rate_date->kind, RateDate::Kind::kOnDate);
  EXPECT_EQ(by_figure.cells[0].key.rate_date->date, Day("2025-02-06"));
  EXPECT_EQ(by_figure.cells[1].key.rate_date->kind, RateDate::Kind::kAverageOf);
  EXPECT_EQ(by_figure.cells[1].key.rate_date->period.label, "TTM-2025-06-30")
      << "its dates under a calendar label";
  EXPECT_EQ(by_figure.cells[2].key.rate_date->period.label, "2025");

  query.rate_date_rule = RateDateRule::kPeriodAverage;
  ASSERT_EQ(AskAll(query).cells.size(), 2U);
  query.rate_date_rule = RateDateRule::kPeriodEnd;
  EXPECT_EQ(AskAll(query).cells[0].key.rate_date->kind, RateDate::Kind::kEndOf);
  query.rate_date_rule = RateDateRule::kNone;
  EXPECT_EQ(Total(query).key.rate_date, std::nullopt);
}

TEST_F(CellTest, ContributorsAreCutAt100SelectedFirst) {
  for (int i = 0; i < 120; ++i) {
    Record("amazon", Point("100"),
           {.id = fmt::format("a{:03}", i), .source = fmt::format("s{}", i)});
  }
  Record("meta", Point("65"), {.id = "m"});
  const Cell cell = Total();
  EXPECT_EQ(cell.contributors.size(), 100U);
  EXPECT_EQ(cell.contributors_left_out, 21);
  EXPECT_EQ(ContributorsOf(cell)[0], "SELECTED a119");
  EXPECT_EQ(ContributorsOf(cell)[1], "SELECTED m");
  EXPECT_EQ(ContributorsOf(cell)[2], "CORROBORATES a000");
}

TEST_F(CellTest, WarningsOfOneCodeAreCountedBeyondTwenty) {
  Query query{.group_by = {.period = true}};
  query.periods = {ParseWantedPeriod("2025", "", "").value()};
  for (int i = 0; i < 30; ++i) {
    const std::string id = fmt::format("org-{:02}", i);
    world_.AddOrganization(id);
    Record(id, AtLeast("1"));
    query.organization_ids.push_back(id);
  }
  const Cell cell = world_.Ask(query).cells[0];
  ASSERT_EQ(cell.warnings.size(), 21U);
  EXPECT_EQ(cell.warnings[20], (Warning{"OPEN_INTERVAL", "The same of 10 more figures.", ""}));
}

TEST_F(CellTest, ASumThatDoesNotFitIsRefusedAndNamed) {
  // 10^24 and 10^-9 need 33 digits: far more figures than there are organizations would be needed to overflow, so the parts are made here.
  Disclosure large = MakeDisclosure({.id = "large", .amount = Point("1")});
  large.amount->stated = large.amount->low = large.amount->high =
      Number("99999999999999999999999999999999999999");
  const Organization organization{.organization_id = "amazon"};
  const ScopedOrganization scoped{std::make_shared<const Organization>(organization)};
  const Figure figure{.organization = &scoped, .selected = {&large, 1, 1}};
  Query query = About({"amazon"}, {"2025"});
  const absl::StatusOr<Cell> cell =
      MakeCell(query, KeyOfCell(query, figure, ""), {{&figure}, {&figure}}, false);
  EXPECT_EQ(cell.status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(GetErrorDetail(cell.status()).reason, "AMOUNT_OVERFLOW");
  EXPECT_THAT(std::string(cell.status().message()), ::testing::HasSubstr("amazon, 2025, USD"));
}

TEST(CellOrder, PeriodsByDateThenFiscalLabelsThenUndated) {
  const auto order = [](std::string_view label) {
    return OrderOf({.period = ParseWantedPeriod(label, "", "").value().period});
  };
  EXPECT_LT(order("2024"), order("2025-Q1"));
  EXPECT_LT(order("2025-Q1"), order("2025"));
  EXPECT_LT(order("2025"), order("FY2024"));
  EXPECT_LT(order("FY2024"), order("FY2025"));
  EXPECT_LT(order("FY2025"), order("undated"));
}

TEST(CellOrder, AnIdThatStartsAnotherComesFirst) {
  EXPECT_LT(OrderOf({.organization_id = "meta"}), OrderOf({.organization_id = "meta-2"}));
}

}  // namespace
}  // namespace outlay::aggregation
