#include "gateway/report/report.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "gateway/report/report_warnings.h"
#include "gateway/report/sum_of_others.h"
#include "services/common/status/error.h"

namespace outlay::gateway {
namespace {

using money::Rational;

// The figure in the report currency: itself where it is in it already, none where there is no rate.
std::optional<ExactFigure> InReportCurrency(const FigureInput& input,
                                            const std::string& report_currency) {
  if (report_currency.empty()) return std::nullopt;
  if (input.figure.currency_code == report_currency) return input.figure;
  if (!input.rate || !input.rate->value) return std::nullopt;
  return Convert(input.figure, *input.rate->value, report_currency);
}

// The one currency of all figures; none where they differ or there are none.
std::optional<std::string> CommonCurrency(const std::vector<RowInput>& rows) {
  std::set<std::string> currencies;
  for (const RowInput& row : rows) {
    if (row.Counts()) currencies.insert(row.current->figure.currency_code);
  }
  if (currencies.size() != 1) return std::nullopt;
  return *currencies.begin();
}

absl::StatusOr<std::vector<RowFigures>> ConvertRows(const ReportInput& input,
                                                    const CheckLive& check_live) {
  std::vector<RowFigures> rows(input.rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    RETURN_IF_ERROR(check_live());
    const RowInput& row = input.rows[i];
    rows[i].input_index = i;
    if (!row.current) continue;
    rows[i].converted = InReportCurrency(*row.current, input.report_currency);
    if (!rows[i].converted && !input.report_currency.empty()) {
      rows[i].warnings.push_back(NoRate(row, input.report_currency));
    }
    if (!row.counted_in.empty()) rows[i].warnings.push_back(CountedInParent(row));
    if (row.prior) rows[i].prior_converted = InReportCurrency(*row.prior, input.report_currency);
  }
  return rows;
}

void ComputeGrowth(const ReportInput& input, std::vector<RowFigures>& rows) {
  for (RowFigures& row : rows) {
    const RowInput& source = input.rows[row.input_index];
    if (!source.current || !source.prior) continue;
    if (std::optional<Warning> obstacle = GrowthObstacle(source)) {
      row.warnings.push_back(*std::move(obstacle));
      continue;
    }
    row.growth = Growth(source.current->figure, source.prior->figure);
    row.comparable = row.growth.has_value();
  }
}

// The figure that ranks are computed on.
const ExactFigure* RankWeight(const ReportInput& input, const RowFigures& row, bool converted) {
  if (converted) return row.converted ? &*row.converted : nullptr;
  const std::optional<FigureInput>& current = input.rows[row.input_index].current;
  return current ? &current->figure : nullptr;
}

// The figure that totals and shares are computed on; none where the row does not count.
const ExactFigure* Weight(const ReportInput& input, const RowFigures& row, bool converted) {
  return input.rows[row.input_index].Counts() ? RankWeight(input, row, converted) : nullptr;
}

absl::StatusOr<TotalFigures> ComputeTotal(const ReportInput& input, const CheckLive& check_live,
                                          const std::vector<RowFigures>& rows) {
  TotalFigures total;
  const std::optional<std::string> common = CommonCurrency(input.rows);
  if (common) total.own = ZeroFigure(*common);
  if (!input.report_currency.empty()) total.converted = ZeroFigure(input.report_currency);
  for (const RowFigures& row : rows) {
    RETURN_IF_ERROR(check_live());
    const std::optional<FigureInput>& current = input.rows[row.input_index].current;
    if (!current) {
      ++total.absent_count;
      continue;
    }
    if (!input.rows[row.input_index].Counts()) continue;
    ++total.organization_count;
    if (total.own) total.own = Sum(*total.own, current->figure);
    // One figure without a rate leaves the sum unknown: a total of some rows would be taken for that of all.
    if (!row.converted) total.converted.reset();
    if (total.converted) total.converted = Sum(*total.converted, *row.converted);
  }
  return total;
}

absl::Status ComputeShares(const ReportInput& input, const CheckLive& check_live, bool converted,
                           std::vector<RowFigures>& rows) {
  SumOfOthers sum;
  for (const RowFigures& row : rows) {
    RETURN_IF_ERROR(check_live());
    if (const ExactFigure* const weight = Weight(input, row, converted)) sum.Add(*weight);
  }
  for (RowFigures& row : rows) {
    RETURN_IF_ERROR(check_live());
    if (const ExactFigure* const weight = Weight(input, row, converted))
      row.share = Share(*weight, sum.Without(*weight));
  }
  return absl::OkStatus();
}

void Rank(const ReportInput& input, std::vector<RowFigures>& rows, bool converted) {
  std::stable_sort(rows.begin(), rows.end(), [&](const RowFigures& a, const RowFigures& b) {
    const ExactFigure* left = RankWeight(input, a, converted);
    const ExactFigure* right = RankWeight(input, b, converted);
    const bool left_has_point = left != nullptr && left->point;
    const bool right_has_point = right != nullptr && right->point;
    if (left_has_point != right_has_point) return left_has_point;
    if ((left == nullptr) != (right == nullptr)) return left != nullptr;
    if (left_has_point && *left->point != *right->point) return *left->point > *right->point;
    const bool left_has_figure = input.rows[a.input_index].current.has_value();
    const bool right_has_figure = input.rows[b.input_index].current.has_value();
    if (left_has_figure != right_has_figure) return left_has_figure;
    return input.rows[a.input_index].organization_id < input.rows[b.input_index].organization_id;
  });
}

// Growth of the comparable rows together. Both years at this year's rate, so that a change of the rate is not growth.
absl::Status ComputeTotalGrowth(const ReportInput& input, const CheckLive& check_live,
                                const std::vector<RowFigures>& rows, TotalFigures& total) {
  const bool converted = total.converted.has_value();
  const std::optional<ExactFigure>& whole = converted ? total.converted : total.own;
  if (!whole) return absl::OkStatus();
  ExactFigure current = ZeroFigure(whole->currency_code);
  ExactFigure prior = current;
  int count = 0;
  for (const RowFigures& row : rows) {
    RETURN_IF_ERROR(check_live());
    const RowInput& source = input.rows[row.input_index];
    if (!row.comparable || !source.Counts()) continue;
    const bool needs_rate =
        converted && source.current->figure.currency_code != whole->currency_code;
    current = Sum(current, *Weight(input, row, converted));
    prior = Sum(prior, needs_rate ? Convert(source.prior->figure, *source.current->rate->value,
                                            whole->currency_code)
                                  : source.prior->figure);
    ++count;
  }
  std::optional<ExactRatio> growth = Growth(current, prior);
  if (count == 0 || !growth) return absl::OkStatus();
  total.growth = TotalGrowthFigures{*std::move(growth), count, total.organization_count,
                                    Quotient(current, *whole)};
  return absl::OkStatus();
}

ReferenceFigures ComputeReference(const ReportInput& input, const TotalFigures& total) {
  ReferenceFigures result;
  const ReferenceInput& reference = *input.reference;
  for (const FigureInput& figure : reference.figures) {
    ReferenceFigures::Entry entry;
    const std::optional<ExactFigure> converted = InReportCurrency(figure, input.report_currency);
    if (converted && figure.figure.currency_code != input.report_currency)
      entry.converted = converted;
    if (total.converted && converted) {
      entry.ratio = Quotient(*total.converted, *converted);
    } else if (total.own && total.own->currency_code == figure.figure.currency_code) {
      entry.ratio = Quotient(*total.own, figure.figure);
    }
    result.entries.push_back(std::move(entry));
  }
  result.warnings = ReferenceWarnings(input, result);
  return result;
}

}  // namespace

absl::StatusOr<ReportFigures> ComputeReport(const ReportInput& input, const CheckLive& check_live) {
  ReportFigures report;
  ASSIGN_OR_RETURN(report.rows, ConvertRows(input, check_live));
  if (input.with_growth) ComputeGrowth(input, report.rows);
  ASSIGN_OR_RETURN(TotalFigures total, ComputeTotal(input, check_live, report.rows));
  const bool converted = total.converted.has_value();
  const bool comparable = converted || total.own.has_value();
  if (comparable) RETURN_IF_ERROR(ComputeShares(input, check_live, converted, report.rows));
  // Figures of several currencies rank by what could be converted of them.
  Rank(input, report.rows, converted || !comparable);
  if (input.with_growth) {
    RETURN_IF_ERROR(ComputeTotalGrowth(input, check_live, report.rows, total));
  }
  if (input.reference) report.reference = ComputeReference(input, total);
  report.warnings = ReportWarnings(input, report.rows, total);
  if (total.organization_count > 0) report.total = std::move(total);
  return report;
}

}  // namespace outlay::gateway
