// Figures, ratios and warnings of the domain's report on the wire.
#ifndef OUTLAY_GATEWAY_FIGURE_PROTO_H_
#define OUTLAY_GATEWAY_FIGURE_PROTO_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gateway/report/report.h"
#include "outlay/aggregation/v1/aggregation_service.pb.h"
#include "outlay/gateway/v1/report.pb.h"

namespace outlay::gateway {

// The exact figure of a cell.
absl::StatusOr<ExactFigure> FigureFromCell(const aggregation::v1::Cell& cell);

// Rounded once, with the exact value beside it unless its texts would be longer than Rational::Parse reads. AMOUNT_OVERFLOW as
// RoundForDisplay.
absl::Status ToProto(const ExactFigure& figure, v1::Figure* proto);
absl::Status ToProto(const ExactRatio& ratio, v1::Ratio* proto);
void ToProto(const Warning& warning, v1::ReportWarning* proto);

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_FIGURE_PROTO_H_
