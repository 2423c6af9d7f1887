// The worked example of docs/semantics.md, section 8, as a caller of the gateway sees it.
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "tests/gateway/canned_answers.h"
#include "tests/gateway/gateway_fixture.h"

namespace outlay::gateway::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

std::string Text(const v1::Fraction& fraction) {
  return fraction.numerator() + "/" + fraction.denominator();
}

// "percent exact [low, high]", with "open" for an end that is.
std::string Text(const v1::Ratio& ratio) {
  return ratio.percent().value() + " " + Text(ratio.exact()) + " [" +
         (ratio.has_percent_low() ? ratio.percent_low().value() : "open") + ", " +
         (ratio.has_percent_high() ? ratio.percent_high().value() : "open") + "]";
}

// "USD point exact [low, high]", with "implied" where the low is.
std::string Text(const v1::Figure& figure) {
  const money::v1::Interval& interval = figure.interval();
  return figure.currency_code() + " " + figure.point().value() + " " + Text(figure.exact_point()) +
         " [" + (interval.low_implied() ? "implied " : "") +
         (interval.has_low() ? interval.low().value() : "open") + ", " +
         (interval.has_high() ? interval.high().value() : "open") + "]";
}

std::vector<std::pair<std::string, std::string>> CodesAndMessages(
    const google::protobuf::RepeatedPtrField<v1::ReportWarning>& warnings) {
  std::vector<std::pair<std::string, std::string>> texts;
  for (const v1::ReportWarning& warning : warnings)
    texts.emplace_back(warning.code(), warning.message());
  return texts;
}

class WorkedExampleTest : public GatewayTest {
 protected:
  void SetUp() override { AnswerExample(ingest_, fx_, aggregation_); }
};

TEST_F(WorkedExampleTest, RowsAreRankedByTheirWonWithSharesThatKeepMetasCeiling) {
  const v1::Report report = Report(ExampleRequest());
  std::vector<std::vector<std::string>> rows;
  for (const v1::ReportRow& row : report.rows()) {
    rows.push_back({row.organization_id(), row.measure(), Text(row.figure()), Text(row.converted()),
                    Text(row.share())});
  }
  EXPECT_THAT(
      rows,
      ElementsAre(
          ElementsAre("amazon", "capital_expenditure",
                      "USD 100000000000 100000000000/1 [100000000000, 100000000000]",
                      "KRW 145630000000000 145630000000000/1 [145630000000000, 145630000000000]",
                      "31.25 5/16 [31.25, 39.2157]"),
          ElementsAre("microsoft", "ai_investment",
                      "USD 80000000000 80000000000/1 [80000000000, 80000000000]",
                      "KRW 116504000000000 116504000000000/1 [116504000000000, 116504000000000]",
                      "25 1/4 [25, 31.3726]"),
          ElementsAre("alphabet", "capital_expenditure",
                      "USD 75000000000 75000000000/1 [75000000000, 75000000000]",
                      "KRW 109222500000000 109222500000000/1 [109222500000000, 109222500000000]",
                      "23.4375 15/64 [23.4375, 29.4118]"),
          ElementsAre("meta", "ai_investment",
                      "USD 65000000000 65000000000/1 [implied 0, 65000000000]",
                      "KRW 94659500000000 94659500000000/1 [implied 0, 94659500000000]",
                      "20.3125 13/64 [0, 20.3125]")));
}

TEST_F(WorkedExampleTest, RowsSayWhatTheyAreAndWhatTheyRestOn) {
  const v1::Report report = Report(ExampleRequest());
  const v1::ReportRow& amazon = report.rows(0);
  ASSERT_EQ(amazon.names_size(), 2);
  EXPECT_EQ(amazon.names(0).name(), "아마존");
  EXPECT_EQ(amazon.names(1).name(), "Amazon");
  EXPECT_EQ(amazon.basis(), ingest::v1::BASIS_GUIDANCE);
  EXPECT_EQ(amazon.definition(), "");
  EXPECT_EQ(amazon.period().label(), "2025");
  EXPECT_EQ(amazon.rate_index(), 0);
  EXPECT_FALSE(amazon.withdrawn());
  ASSERT_EQ(amazon.contributors_size(), 2);
  EXPECT_EQ(amazon.contributors(1).role(), aggregation::v1::CONTRIBUTOR_ROLE_CORROBORATES);
  EXPECT_EQ(amazon.contributors(1).source_id(), "blog-2025-02-09");
  EXPECT_EQ(amazon.figure().composition().stated().value(), "100000000000");
  EXPECT_EQ(report.rows(3).converted().composition().ceilings().value(), "94659500000000");
  EXPECT_FALSE(report.rows(3).converted().composition().has_stated());
}

TEST_F(WorkedExampleTest, AmazonGrowsBy20Point5PercentAndTheOthersHaveNoYearBefore) {
  const v1::Report report = Report(ExampleRequest());
  const v1::ReportRow& amazon = report.rows(0);
  EXPECT_EQ(Text(amazon.growth()), "20.4819 17/83 [20.4819, 20.482]");
  EXPECT_TRUE(amazon.prior().comparable());
  EXPECT_EQ(amazon.prior().period().label(), "2024");
  EXPECT_EQ(Text(amazon.prior().figure()),
            "USD 83000000000 83000000000/1 [83000000000, 83000000000]");
  EXPECT_EQ(Text(amazon.prior().converted()),
            "KRW 120872900000000 120872900000000/1 [120872900000000, 120872900000000]");
  EXPECT_EQ(amazon.prior().contributors(0).disclosure_id(), "d-0000000000000005");
  for (int i = 1; i < 4; ++i) {
    EXPECT_FALSE(report.rows(i).has_growth());
    EXPECT_FALSE(report.rows(i).has_prior());
  }
}

TEST_F(WorkedExampleTest, TotalIs320BillionOf255StatedAnd65CeilingAnd466Point016TrillionWon) {
  const v1::ReportTotal total = Report(ExampleRequest()).total();
  EXPECT_EQ(Text(total.figure()),
            "USD 320000000000 320000000000/1 [implied 255000000000, 320000000000]");
  EXPECT_EQ(total.figure().composition().stated().value(), "255000000000");
  EXPECT_EQ(total.figure().composition().ceilings().value(), "65000000000");
  EXPECT_FALSE(total.figure().composition().has_floors());
  EXPECT_EQ(Text(total.converted()),
            "KRW 466016000000000 466016000000000/1 [implied 371356500000000, 466016000000000]");
  EXPECT_EQ(total.converted().composition().stated().value(), "371356500000000");
  EXPECT_EQ(total.converted().composition().ceilings().value(), "94659500000000");
  EXPECT_EQ(total.organization_count(), 4);
  EXPECT_EQ(total.absent_count(), 0);
}

TEST_F(WorkedExampleTest, GrowthOfTheTotalNamesItsCoverage) {
  const v1::TotalGrowth growth = Report(ExampleRequest()).total().growth();
  EXPECT_EQ(Text(growth.growth()), "20.4819 17/83 [20.4819, 20.482]");
  EXPECT_EQ(growth.organization_count(), 1);
  EXPECT_EQ(growth.organization_total(), 4);
  EXPECT_EQ(growth.coverage().percent().value(), "31.25");
  EXPECT_EQ(Text(growth.coverage().exact()), "5/16");
}

TEST_F(WorkedExampleTest, TotalIsComparedWithTheStatedBudgetAndWithTheEnactedOne) {
  const v1::ReferenceComparison reference = Report(ExampleRequest()).reference();
  EXPECT_EQ(reference.reference().organization_id(), "republic-of-korea");
  EXPECT_EQ(reference.names(1).name(), "Republic of Korea");
  ASSERT_EQ(reference.figures_size(), 2);
  const v1::ReferenceFigure& stated = reference.figures(0);
  EXPECT_EQ(Text(stated.figure()),
            "KRW 655600000000000 655600000000000/1 [655600000000000, 655600000000000]");
  EXPECT_FALSE(stated.has_converted());
  EXPECT_EQ(Text(stated.ratio()), "71.0824 29126/40975 [56.6437, 71.0824]");
  EXPECT_EQ(stated.contributor().disclosure_id(), "d-0000000000000021");
  const v1::ReferenceFigure& enacted = reference.figures(1);
  EXPECT_EQ(enacted.figure().point().value(), "656600000000000");
  EXPECT_EQ(Text(enacted.ratio()), "70.9741 58252/82075 [56.5574, 70.9742]");
  EXPECT_EQ(enacted.contributor().disclosure_id(), "d-0000000000000022");
  EXPECT_THAT(
      CodesAndMessages(reference.warnings()),
      ElementsAre(
          Pair("PERIOD_MISMATCH", "The total is of 2025, what it is compared with of 2024."),
          Pair("CONFLICTING_SOURCES",
               "Sources state 2 different figures for Republic of Korea 2024; the ratio is "
               "given to each.")));
}

TEST_F(WorkedExampleTest, WarningsSayWhatTheTotalMixesAndLacks) {
  const v1::Report report = Report(ExampleRequest());
  EXPECT_THAT(
      CodesAndMessages(report.warnings()),
      ElementsAre(
          Pair("MIXED_MEASURES",
               "The total adds different measures: ai_investment (Meta Platforms, Microsoft); "
               "capital_expenditure (Alphabet, Amazon)."),
          Pair("IMPLIED_LOW",
               "The low end of the total counts nothing for Meta Platforms, for which only a "
               "ceiling is stated."),
          Pair("PRIOR_PERIOD_INCOMPLETE",
               "The year before is known like for like for 1 of 4 organizations, 31 % of the "
               "total: growth speaks of these alone.")));
  EXPECT_THAT(report.rows(0).warnings(), IsEmpty());
  EXPECT_THAT(CodesAndMessages(report.rows(1).warnings()),
              ElementsAre(Pair("PERIOD_AMBIGUOUS", "Microsoft's fiscal year ends in June.")));
  EXPECT_EQ(report.rows(1).warnings(0).organization_id(), "microsoft");
  EXPECT_THAT(CodesAndMessages(report.rows(3).warnings()),
              ElementsAre(Pair("IMPLIED_LOW", "Meta's figure is an upper bound.")));
}

TEST_F(WorkedExampleTest, SourcesAndDisclosuresAreListedOnceById) {
  const v1::Report report = Report(ExampleRequest());
  std::vector<std::string> sources;
  for (const ingest::v1::Source& source : report.sources()) sources.push_back(source.source_id());
  EXPECT_THAT(sources, ElementsAre("blog-2025-02-09", "brunch-2025-02-10", "budget-2024"));
  std::vector<std::string> disclosures;
  for (const ingest::v1::Disclosure& disclosure : report.disclosures())
    disclosures.push_back(disclosure.disclosure_id());
  EXPECT_THAT(disclosures,
              ElementsAre("d-0000000000000001", "d-0000000000000002", "d-0000000000000003",
                          "d-0000000000000004", "d-0000000000000005", "d-0000000000000011",
                          "d-0000000000000021", "d-0000000000000022"));
  EXPECT_EQ(report.disclosures(3).quote(), "최대 650억 달러");
}

TEST_F(WorkedExampleTest, TheClaimsOfTheSourcesShownAreListed) {
  ingest::v1::BatchGetDisclosuresResponse disclosures = ExampleDisclosures();
  for (const char* source : {"brunch-2025-02-10", "source-of-nothing-shown"}) {
    ingest::v1::Disclosure& claim = *disclosures.add_claims();
    claim.set_disclosure_id(std::string("d-of-") + source);
    claim.set_claim_kind(ingest::v1::CLAIM_KIND_TOTAL);
    claim.mutable_source()->set_source_id(source);
  }
  ingest_.batch_get_disclosures.Answer(disclosures);
  const v1::Report report = Report(ExampleRequest());
  EXPECT_TRUE(ingest_.batch_get_disclosures.last().include_claims());
  ASSERT_EQ(report.claims_size(), 1);
  EXPECT_EQ(report.claims(0).disclosure_id(), "d-of-brunch-2025-02-10");
}

TEST_F(WorkedExampleTest, OrganizationsWithoutAnyFigureHaveTheirNames) {
  aggregation::v1::AggregateResponse answer = Cells({});
  ResultOf(answer, "current").add_absent()->set_organization_id("amazon");
  aggregation_.aggregate.Answer(answer);
  const v1::Report report = Report(MinimalRequest());
  ASSERT_EQ(report.rows_size(), 1);
  EXPECT_EQ(report.rows(0).names_size(), 2);
}

TEST_F(WorkedExampleTest, TheRateStandsOnceWithItsProvenance) {
  const v1::Report report = Report(ExampleRequest());
  ASSERT_EQ(report.rates_size(), 1);
  EXPECT_EQ(report.rates(0).provider(), "brunch-2025-02-10");
  EXPECT_EQ(report.rates(0).value().value(), "1456.3");
  EXPECT_EQ(report.rates(0).derivation(), fx::v1::DERIVATION_IMPLIED);
  for (const v1::ReportRow& row : report.rows()) EXPECT_EQ(row.rate_index(), 0);
}

TEST_F(WorkedExampleTest, TheStampNamesBothJournalsAndTheRules) {
  const v1::Report report = Report(ExampleRequest());
  EXPECT_EQ(report.stamp().ingest_sequence(), kIngestSequence);
  EXPECT_EQ(report.stamp().fx_sequence(), kFxSequence);
  EXPECT_EQ(report.stamp().rules_version(), "1");
  EXPECT_EQ(report.missing_size(), 0);
}

TEST_F(WorkedExampleTest, TheQueryComesBackWithItsDefaults) {
  const v1::ReportQuery query = Report(ExampleRequest()).query();
  EXPECT_THAT(query.measures(),
              ElementsAre("capital_expenditure", "ai_investment", "data_center_investment"));
  EXPECT_THAT(query.bases(), ElementsAre(ingest::v1::BASIS_ACTUAL, ingest::v1::BASIS_GUIDANCE,
                                         ingest::v1::BASIS_ESTIMATE));
  EXPECT_EQ(query.point_rule(), aggregation::v1::POINT_RULE_DEFAULT);
  EXPECT_EQ(query.period().label(), "2025");
  EXPECT_EQ(query.currency_code(), "KRW");
  EXPECT_EQ(query.rate().as_stated_source_id(), "brunch-2025-02-10");
}

TEST_F(WorkedExampleTest, AtTheEcbsCrossTheExactTotalIsAFractionAndRoundedOnce) {
  fx_.batch_get_rates.AnswerBy(RatesAt("1668500", "1153"));
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_query()->mutable_rate()->set_on_date("2025-02-07");
  const v1::Report report = Report(request);
  EXPECT_EQ(report.total().converted().point().value(), "463070251517780");
  EXPECT_EQ(Text(report.total().converted().exact_point()), "533920000000000000/1153");
  EXPECT_EQ(report.rows(0).converted().point().value(), "144709453599306");
  EXPECT_EQ(Text(report.rows(0).converted().exact_point()), "166850000000000000/1153");
  EXPECT_EQ(report.reference().figures(0).ratio().percent().value(), "70.633");
}

TEST_F(WorkedExampleTest, RowsThatDoNotAddUpToTheTotalAreSaidToBeRounded) {
  aggregation_.aggregate.Answer(
      Cells({PointCell("alphabet", 2025, "1"), PointCell("amazon", 2025, "1")}));
  fx_.batch_get_rates.AnswerBy(RatesAt("1456.5"));
  v1::GetReportRequest request = ExampleRequest();
  request.mutable_query()->set_without_growth(true);
  const v1::Report report = Report(request);
  EXPECT_EQ(report.rows(0).converted().point().value(), "1456");  // half to even
  EXPECT_EQ(Text(report.rows(0).converted().exact_point()), "2913/2");
  EXPECT_EQ(report.rows(1).converted().point().value(), "1456");
  EXPECT_EQ(report.total().converted().point().value(), "2913");
  EXPECT_THAT(CodesAndMessages(report.warnings()),
              ElementsAre(Pair("ROUNDED",
                               "Every figure is rounded once, from its exact value: the rows shown "
                               "need not add up to the total.")));
}

TEST_F(WorkedExampleTest, AsOfTheDayBeforeOnlyAFloorIsKnownAndTheTotalIsOpenAbove) {
  aggregation::v1::AggregateResponse answer = ExampleCells();
  *ResultOf(answer, "current").mutable_cells(1) = AtLeastCell("amazon", 2025, "100000000000");
  aggregation_.aggregate.Answer(answer);
  const v1::Report report = Report(ExampleRequest());
  EXPECT_EQ(Text(report.total().figure()),
            "USD 320000000000 320000000000/1 [implied 255000000000, open]");
  EXPECT_EQ(report.total().figure().composition().floors().value(), "100000000000");
  EXPECT_FALSE(report.reference().figures(0).ratio().has_percent_high());
  EXPECT_EQ(report.warnings(1).code(), "OPEN_INTERVAL");
}

TEST_F(WorkedExampleTest, AnOrganizationWithoutAFigureIsARowAtTheEndAndCounted) {
  aggregation::v1::AggregateResponse answer = ExampleCells();
  aggregation::v1::QueryResult& current = ResultOf(answer, "current");
  current.mutable_cells()->DeleteSubrange(1, 1);
  aggregation::v1::AbsentFigure& absent = *current.add_absent();
  absent.set_organization_id("amazon");
  absent.set_withdrawn(true);
  aggregation_.aggregate.Answer(answer);
  const v1::Report report = Report(ExampleRequest());
  ASSERT_EQ(report.rows_size(), 4);
  const v1::ReportRow& amazon = report.rows(3);
  EXPECT_EQ(amazon.organization_id(), "amazon");
  EXPECT_EQ(amazon.names_size(), 2);
  EXPECT_TRUE(amazon.withdrawn());
  EXPECT_FALSE(amazon.has_figure());
  EXPECT_EQ(amazon.rate_index(), -1);
  EXPECT_EQ(report.total().organization_count(), 3);
  EXPECT_EQ(report.total().absent_count(), 1);
}

TEST_F(WorkedExampleTest, WithoutAReportCurrencyOfSeveralCurrenciesRowsWithFiguresStillComeFirst) {
  aggregation::v1::AggregateResponse answer = Cells(
      {PointCell("microsoft", 2025, "80000000000"), PointCell("samsung", 2025, "9000000", "KRW")});
  ResultOf(answer, "current").add_absent()->set_organization_id("amazon");
  aggregation_.aggregate.Answer(answer);
  const v1::Report report = Report(MinimalRequest());
  ASSERT_EQ(report.rows_size(), 3);
  EXPECT_EQ(report.rows(0).organization_id(), "microsoft");
  EXPECT_EQ(report.rows(1).organization_id(), "samsung");
  EXPECT_EQ(report.rows(2).organization_id(), "amazon");
  EXPECT_FALSE(report.total().has_figure());
  EXPECT_FALSE(report.total().has_converted());
  EXPECT_FALSE(report.rows(0).has_share());
}

}  // namespace
}  // namespace outlay::gateway::testing
