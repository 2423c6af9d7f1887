// The derived figures of a report: conversion, total, ranks, shares, growth, the total against a reference, and their warnings.
//
// Pure: values in, values out. What counts and what may be compared was decided by aggregation and is passed in; rates come as
// exact fractions. Growth is computed on the figures in their own currency, so that a change of the exchange rate is not growth.
#ifndef OUTLAY_GATEWAY_REPORT_REPORT_H_
#define OUTLAY_GATEWAY_REPORT_REPORT_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gateway/report/figure.h"
#include "gateway/report/ratio.h"
#include "services/common/time/period.h"

namespace outlay::gateway {

// Something the reader should know. The code is one of docs/semantics.md, section 7.
struct Warning {
  std::string code;
  std::string message;
  std::string organization_id;  // empty: about the whole

  friend bool operator==(const Warning&, const Warning&) = default;
};

// The rate that a figure is converted at.
struct RateInput {
  std::optional<money::Rational> value;  // absent: it could not be had
  std::string error;                     // why it could not
};

// One organization's figure of a period.
struct FigureInput {
  ExactFigure figure;
  std::string measure;
  std::string definition;
  std::string basis;
  time::Period period;
  std::optional<RateInput> rate;  // absent: it is in the report currency already, or there is none
};

struct RowInput {
  std::string organization_id;
  std::string name;                    // for messages
  std::optional<FigureInput> current;  // absent: no figure
  std::optional<FigureInput> prior;
  // The organization above in whose figure this one is held, for messages; empty: it counts itself. Held, it is converted and compared
  // with its own year before, and is in no total, share or mixture.
  std::string counted_in;

  bool Counts() const { return current && counted_in.empty(); }
};

struct ReferenceInput {
  std::string name;
  std::string measure;  // as asked
  std::string period;   // as asked
  // What sources state for it: the selected figure first.
  std::vector<FigureInput> figures;
};

struct ReportInput {
  std::string report_currency;  // empty: figures stay in their own
  time::Period period;
  std::vector<RowInput> rows;
  bool with_growth = true;
  std::optional<ReferenceInput> reference;
};

struct RowFigures {
  size_t input_index = 0;  // of ReportInput::rows
  std::optional<ExactFigure> converted;
  std::optional<ExactFigure> prior_converted;
  bool comparable = false;  // prior is like for like
  std::optional<ExactRatio> growth;
  std::optional<ExactRatio> share;
  std::vector<Warning> warnings;
};

struct TotalGrowthFigures {
  ExactRatio growth;
  int organization_count = 0;
  int organization_total = 0;
  std::optional<ExactRatio> coverage;  // by amount, of this year's total
};

struct TotalFigures {
  std::optional<ExactFigure> own;        // where all figures have one currency
  std::optional<ExactFigure> converted;  // where every figure could be converted
  int organization_count = 0;
  int absent_count = 0;
  std::optional<TotalGrowthFigures> growth;
};

struct ReferenceFigures {
  // One entry an input figure, in its order.
  struct Entry {
    std::optional<ExactFigure> converted;
    std::optional<ExactRatio> ratio;
  };
  std::vector<Entry> entries;
  std::vector<Warning> warnings;
};

struct ReportFigures {
  std::vector<RowFigures>
      rows;  // the largest point first, rows without a figure last; ties by organization id
  std::optional<TotalFigures> total;  // absent where there is no figure at all
  std::optional<ReferenceFigures> reference;
  std::vector<Warning> warnings;
};

// Whether somebody still waits for the answer: OK, or the error that ends the work.
using CheckLive = std::function<absl::Status()>;

// O(rows log rows) operations on fractions, each at most linear in the length of the total, which grows with the number of different
// rates. `check_live` is asked once a row and pass; its error is the only one.
absl::StatusOr<ReportFigures> ComputeReport(const ReportInput& input, const CheckLive& check_live);

// Why growth from `prior` to `current` would not be like for like; none where it is.
std::optional<Warning> GrowthObstacle(const RowInput& row);

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_REPORT_REPORT_H_
