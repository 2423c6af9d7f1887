// The worked example of docs/semantics.md, section 8, and what a report does where something is missing.
#include "gateway/report/report.h"

#include <random>

#include <gtest/gtest.h>

#include "gateway/report/sum_of_others.h"
#include "services/common/money/amount.h"

namespace outlay::gateway {
namespace {

using money::Bound;
using money::Decimal;
using money::Rational;
using money::Rounding;

constexpr int64_t kBillion = 1'000'000'000;
constexpr int64_t kTrillion = 1'000 * kBillion;

ExactFigure Stated(int64_t value, const std::string& currency = "USD") {
  ExactFigure figure{.currency_code = currency,
                     .point = Rational(value),
                     .interval = money::RationalInterval::PointAt(Rational(value))};
  figure.composition.stated = Rational(value);
  return figure;
}

ExactFigure UpTo(int64_t value) {
  ExactFigure figure{.currency_code = "USD", .point = Rational(value)};
  figure.interval.low = {.value = Rational(0), .implied = true};
  figure.interval.high = {.value = Rational(value)};
  figure.composition.ceilings = Rational(value);
  return figure;
}

ExactFigure AtLeast(int64_t value) {
  ExactFigure figure{.currency_code = "USD", .point = Rational(value)};
  figure.interval.low = {.value = Rational(value)};
  figure.composition.floors = Rational(value);
  return figure;
}

FigureInput Figure(ExactFigure figure, const std::string& measure, int year,
                   std::optional<Rational> rate) {
  FigureInput input{.figure = std::move(figure),
                    .measure = measure,
                    .basis = "GUIDANCE",
                    .period = time::CalendarYear(year)};
  if (rate) input.rate = RateInput{.value = rate};
  return input;
}

const Rational kStatedRate = Rational(*Decimal::Parse("1456.3"));
const Rational kEcbCross =
    *Rational::FromFraction(Decimal::FromInt(1668500), Decimal::FromInt(1153));

ReportInput Example(const Rational& rate) {
  ReportInput input{.report_currency = "KRW", .period = time::CalendarYear(2025)};
  const auto row = [&](const std::string& id, const std::string& name, ExactFigure figure,
                       const std::string& measure) {
    input.rows.push_back({.organization_id = id,
                          .name = name,
                          .current = Figure(std::move(figure), measure, 2025, rate)});
  };
  row("alphabet", "Alphabet", Stated(75 * kBillion), "capital_expenditure");
  row("amazon", "Amazon", Stated(100 * kBillion), "capital_expenditure");
  row("meta", "Meta Platforms", UpTo(65 * kBillion), "ai_investment");
  row("microsoft", "Microsoft", Stated(80 * kBillion), "ai_investment");
  input.rows[1].prior = Figure(Stated(83 * kBillion), "capital_expenditure", 2024, rate);
  ReferenceInput reference{
      .name = "Republic of Korea", .measure = "government_budget", .period = "2024"};
  for (int64_t hundred_billions : {6556, 6566}) {
    reference.figures.push_back(
        Figure(Stated(hundred_billions * 100 * kBillion, "KRW"), "government_budget", 2024, {}));
  }
  input.reference = std::move(reference);
  return input;
}

// Of a caller who waits.
ReportFigures Compute(const ReportInput& input) {
  return *ComputeReport(input, [] { return absl::OkStatus(); });
}

std::vector<std::string> Codes(const std::vector<Warning>& warnings) {
  std::vector<std::string> codes;
  for (const Warning& warning : warnings) codes.push_back(warning.code);
  return codes;
}

std::string Percent(const ExactRatio& ratio) { return RoundForDisplay(ratio)->percent.ToString(); }

Rational Won(const char* trillions) {
  return Rational(*Decimal::Parse(trillions)) * Rational(kTrillion);
}

TEST(ReportOfTheArticles, RanksTheCompaniesByTheirPointInWon) {
  const ReportInput input = Example(kStatedRate);
  const ReportFigures report = Compute(input);
  ASSERT_EQ(report.rows.size(), 4u);
  const std::vector<std::pair<std::string, Rational>> expected = {{"amazon", Won("145.63")},
                                                                  {"microsoft", Won("116.504")},
                                                                  {"alphabet", Won("109.2225")},
                                                                  {"meta", Won("94.6595")}};
  for (size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(input.rows[report.rows[i].input_index].organization_id, expected[i].first);
    EXPECT_EQ(*report.rows[i].converted->point, expected[i].second);
  }
}

TEST(ReportOfTheArticles, KeepsMetasFigureACeilingInWon) {
  const ReportFigures report = Compute(Example(kStatedRate));
  const money::RationalInterval& interval = report.rows[3].converted->interval;
  EXPECT_TRUE(interval.low.implied);
  EXPECT_EQ(*interval.low.value, Rational(0));
  EXPECT_EQ(*interval.high.value, Won("94.6595"));
}

TEST(ReportOfTheArticles, TotalIs320Between255And320And466Point016TrillionWon) {
  const ReportFigures report = Compute(Example(kStatedRate));
  ASSERT_TRUE(report.total);
  EXPECT_EQ(*report.total->own->point, Rational(320 * kBillion));
  EXPECT_EQ(*report.total->own->interval.low.value, Rational(255 * kBillion));
  EXPECT_EQ(*report.total->own->interval.high.value, Rational(320 * kBillion));
  EXPECT_EQ(report.total->own->composition.stated, Rational(255 * kBillion));
  EXPECT_EQ(report.total->own->composition.ceilings, Rational(65 * kBillion));
  EXPECT_EQ(*report.total->converted->point, Won("466.016"));
  EXPECT_EQ(report.total->organization_count, 4);
}

TEST(ReportOfTheArticles, GrowthIsAmazonsAloneAndSaysSo) {
  const ReportFigures report = Compute(Example(kStatedRate));
  EXPECT_EQ(report.rows[0].growth->value,
            *Rational::FromFraction(Decimal::FromInt(17), Decimal::FromInt(83)));
  EXPECT_EQ(Percent(*report.rows[0].growth), "20.4819");
  ASSERT_TRUE(report.total->growth);
  EXPECT_EQ(Percent(report.total->growth->growth), "20.4819");
  EXPECT_EQ(report.total->growth->organization_count, 1);
  EXPECT_EQ(report.total->growth->organization_total, 4);
  EXPECT_EQ(Percent(*report.total->growth->coverage), "31.25");
  for (size_t i = 1; i < 4; ++i) EXPECT_FALSE(report.rows[i].growth);
}

TEST(ReportOfTheArticles, SharesAddUpToOneAndHaveTheirIntervals) {
  const ReportFigures report = Compute(Example(kStatedRate));
  Rational sum;
  for (const RowFigures& row : report.rows) sum += row.share->value;
  EXPECT_EQ(sum, Rational(1));
  const RoundedRatio amazon = *RoundForDisplay(*report.rows[0].share);
  EXPECT_EQ(amazon.percent.ToString(), "31.25");
  EXPECT_EQ(amazon.percent_low->ToString(), "31.25");     // Meta at its ceiling: 100 of 320
  EXPECT_EQ(amazon.percent_high->ToString(), "39.2157");  // Meta at nothing: 100 of 255
}

TEST(ReportOfTheArticles, TotalIs71Point08PercentOfTheStatedBudgetAnd70Point97OfTheEnactedOne) {
  const ReportFigures report = Compute(Example(kStatedRate));
  ASSERT_TRUE(report.reference);
  ASSERT_EQ(report.reference->entries.size(), 2u);
  const RoundedRatio stated = *RoundForDisplay(*report.reference->entries[0].ratio);
  EXPECT_EQ(stated.percent.ToString(), "71.0824");
  EXPECT_EQ(stated.percent_low->ToString(), "56.6437");
  EXPECT_EQ(stated.percent_high->ToString(), "71.0824" /* 71.08236…, rounded up */);
  EXPECT_EQ(Percent(*report.reference->entries[1].ratio), "70.9741");
  EXPECT_EQ(Codes(report.reference->warnings),
            (std::vector<std::string>{"PERIOD_MISMATCH", "CONFLICTING_SOURCES"}));
}

TEST(ReportOfTheArticles, WarnsOfMixedMeasuresTheImpliedLowAndTheIncompletePriorYear) {
  const ReportFigures report = Compute(Example(kStatedRate));
  EXPECT_EQ(Codes(report.warnings),
            (std::vector<std::string>{"MIXED_MEASURES", "IMPLIED_LOW", "PRIOR_PERIOD_INCOMPLETE"}));
  EXPECT_EQ(report.warnings[0].message,
            "The total adds different measures: ai_investment (Meta Platforms, Microsoft); "
            "capital_expenditure (Alphabet, Amazon).");
  EXPECT_EQ(report.warnings[2].message,
            "The year before is known like for like for 1 of 4 organizations, 31 % of the total: "
            "growth speaks of these alone.");
}

TEST(ReportOfTheArticles, AtTheEcbsCrossTheTotalIs463Point07TrillionWonRoundedOnce) {
  const ReportFigures report = Compute(Example(kEcbCross));
  EXPECT_EQ(RoundForDisplay(*report.total->converted)->point->ToString(), "463070251517780");
  EXPECT_EQ(report.total->converted->point->ToDecimal(-10, Rounding::kHalfUp)->ToString(),
            "463070000000000");
  EXPECT_EQ(Percent(*report.reference->entries[0].ratio), "70.633");
}

TEST(ReportOfTheArticles, WithOnlyFloorsForAmazonTheTotalHasNoUpperEnd) {
  ReportInput input = Example(kStatedRate);
  input.rows[1].current->figure = AtLeast(100 * kBillion);
  const ReportFigures report = Compute(input);
  EXPECT_EQ(*report.total->own->interval.low.value, Rational(255 * kBillion));
  EXPECT_TRUE(report.total->own->interval.high.IsOpen());
  EXPECT_EQ(report.warnings[1].code, "OPEN_INTERVAL");
  EXPECT_EQ(report.warnings[1].message,
            "The total has no upper end: only a floor is stated for Amazon.");
  EXPECT_FALSE(report.reference->entries[0].ratio->high);
}

TEST(Report, WithoutARateOfOneRowThereIsNoConvertedTotal) {
  ReportInput input = Example(kStatedRate);
  input.rows[0].current->rate = RateInput{.error = "no fixing"};
  const ReportFigures report = Compute(input);
  EXPECT_FALSE(report.total->converted);
  EXPECT_EQ(*report.total->own->point, Rational(320 * kBillion));
  const auto row = std::find_if(report.rows.begin(), report.rows.end(),
                                [](const RowFigures& r) { return r.input_index == 0; });
  ASSERT_EQ(Codes(row->warnings), std::vector<std::string>{"NO_RATE"});
  EXPECT_EQ(row->warnings[0].message, "Alphabet: USD could not be converted to KRW: no fixing");
}

TEST(Report, OfSeveralCurrenciesWithoutAReportCurrencyHasNoTotalAmount) {
  ReportInput input = Example(kStatedRate);
  input.report_currency.clear();
  input.rows[0].current->figure.currency_code = "EUR";
  const ReportFigures report = Compute(input);
  EXPECT_FALSE(report.total->own);
  EXPECT_FALSE(report.total->converted);
  for (const RowFigures& row : report.rows) EXPECT_FALSE(row.share);
}

TEST(Report, OrganizationsWithoutAFigureComeLastAndAreCounted) {
  ReportInput input = Example(kStatedRate);
  input.rows[1].current.reset();
  const ReportFigures report = Compute(input);
  EXPECT_EQ(report.rows.back().input_index, 1u);
  EXPECT_EQ(report.total->absent_count, 1);
  EXPECT_EQ(report.total->organization_count, 3);
}

TEST(Report, WithoutAnyFigureHasNoTotal) {
  ReportInput input = Example(kStatedRate);
  for (RowInput& row : input.rows) row.current.reset();
  EXPECT_FALSE(Compute(input).total);
}

TEST(Growth, IsRefusedAcrossDefinitionsMeasuresCurrenciesAndPeriods) {
  const auto obstacle = [](const std::function<void(FigureInput&)>& change) {
    RowInput row = Example(kStatedRate).rows[1];
    change(*row.prior);
    return GrowthObstacle(row);
  };
  EXPECT_FALSE(obstacle([](FigureInput&) {}));
  EXPECT_EQ(obstacle([](FigureInput& f) {
              f.definition = "purchases_net_of_proceeds_and_incentives";
            })->code,
            "DEFINITION_MISMATCH");
  EXPECT_EQ(obstacle([](FigureInput& f) { f.measure = "ai_investment"; })->code,
            "DEFINITION_MISMATCH");
  EXPECT_EQ(obstacle([](FigureInput& f) { f.figure.currency_code = "EUR"; })->code,
            "DEFINITION_MISMATCH");
  EXPECT_EQ(
      obstacle([](FigureInput& f) { f.period = *time::ParsePeriod("2024-Q4", nullptr); })->code,
      "PERIOD_MISMATCH");
}

TEST(Growth, OverAPriorThatIsNotPositiveIsNotMeaningful) {
  EXPECT_FALSE(Growth(Stated(5), Stated(0)));
  EXPECT_FALSE(Growth(Stated(5), Stated(-3)));
}

// One row an organization, each at a rate of its own: nothing cancels out of the total's denominator.
ReportInput ManyRates(int rows) {
  std::mt19937_64 random(20250210);
  ReportInput input{.report_currency = "KRW", .period = time::CalendarYear(2025)};
  for (int i = 0; i < rows; ++i) {
    const Rational rate = *Rational::FromFraction(
        Decimal::FromInt(1'000'000'000 + static_cast<int64_t>(random() % 999'999)),
        Decimal::FromInt(700'000 + static_cast<int64_t>(random() % 999'999)));
    const int64_t value = static_cast<int64_t>(random() % kTrillion) + 1;
    input.rows.push_back(
        {.organization_id = "o" + std::to_string(i),
         .current = Figure(i % 3 == 0 ? UpTo(value) : Stated(value), "m", 2025, rate)});
  }
  return input;
}

// With a sum that costs a divisor of the whole denominator at each step this takes minutes.
TEST(ReportOfManyRates, IsStillExact) {
  const ReportFigures report = Compute(ManyRates(1'500));
  EXPECT_FALSE(report.total->converted->point->CanBeParsed());
  Rational sum;
  Rational least;
  for (const RowFigures& row : report.rows) {
    sum += *row.converted->point;
    least += *row.converted->interval.low.value;
  }
  EXPECT_EQ(sum, *report.total->converted->point);
  EXPECT_EQ(least, *report.total->converted->interval.low.value);
  const RowFigures& first = report.rows.front();
  EXPECT_EQ(first.share->value * sum, *first.converted->point);
}

TEST(ReportOfManyRates, StopsWhereNobodyWaitsAnyMore) {
  for (const int rows_looked_at : {0, 1, 50, 150, 250}) {
    int asked = 0;
    const absl::StatusOr<ReportFigures> report = ComputeReport(ManyRates(100), [&] {
      return asked++ < rows_looked_at ? absl::OkStatus() : absl::CancelledError("gone");
    });
    EXPECT_EQ(report.status().code(), absl::StatusCode::kCancelled) << rows_looked_at;
    EXPECT_EQ(asked, rows_looked_at + 1);
  }
}

TEST(SumOfOthersTest, IsTheSumOfTheOthers) {
  std::mt19937_64 random(20250209);
  for (int round = 0; round < 200; ++round) {
    std::vector<ExactFigure> figures;
    const size_t count = 1 + random() % 6;
    for (size_t i = 0; i < count; ++i) {
      ExactFigure figure = UpTo(static_cast<int64_t>(random() % 100) + 1);
      if (random() % 3 == 0) figure.interval.high = {};
      if (random() % 4 == 0) figure.interval.low = {};
      if (random() % 3 == 0 && !figure.interval.high.IsOpen()) figure.interval.high.strict = true;
      if (random() % 4 == 0) figure.point.reset();
      figures.push_back(figure);
    }
    SumOfOthers sum;
    for (const ExactFigure& figure : figures) sum.Add(figure);
    for (size_t i = 0; i < count; ++i) {
      ExactFigure expected = ZeroFigure("USD");
      for (size_t j = 0; j < count; ++j) {
        if (j != i) expected = Sum(expected, figures[j]);
      }
      const ExactFigure others = sum.Without(figures[i]);
      EXPECT_EQ(others.point, expected.point);
      EXPECT_EQ(others.interval, expected.interval);
    }
  }
}

TEST(ReportProperties, ExactRowsAddUpToTheExactTotalAndSharesToOne) {
  std::mt19937_64 random(20250210);
  for (int round = 0; round < 300; ++round) {
    ReportInput input{.report_currency = "KRW", .period = time::CalendarYear(2025)};
    const int rows = 1 + static_cast<int>(random() % 12);
    for (int i = 0; i < rows; ++i) {
      const int64_t value = static_cast<int64_t>(random() % kTrillion) + 1;
      const Rational rate =
          *Rational::FromFraction(Decimal::FromInt(static_cast<int64_t>(random() % 99999) + 1),
                                  Decimal::FromInt(static_cast<int64_t>(random() % 9999) + 1));
      ExactFigure figure = random() % 3 == 0 ? UpTo(value) : Stated(value);
      figure.currency_code = "C" + std::to_string(i);
      input.rows.push_back({.organization_id = "o" + std::to_string(i),
                            .current = Figure(std::move(figure), "m", 2025, rate)});
    }
    const ReportFigures report = Compute(input);
    Rational sum;
    Rational shares;
    for (const RowFigures& row : report.rows) {
      sum += *row.converted->point;
      shares += row.share->value;
      EXPECT_TRUE(!row.share->low || *row.share->low <= row.share->value);
      EXPECT_TRUE(!row.share->high || *row.share->high >= row.share->value);
    }
    EXPECT_EQ(sum, *report.total->converted->point);
    EXPECT_EQ(shares, Rational(1));
    for (size_t i = 1; i < report.rows.size(); ++i) {
      EXPECT_GE(*report.rows[i - 1].converted->point, *report.rows[i].converted->point);
    }
  }
}

}  // namespace
}  // namespace outlay::gateway
