// The warnings of a report, each with one sentence that says what its code means in this case.
#ifndef OUTLAY_GATEWAY_REPORT_REPORT_WARNINGS_H_
#define OUTLAY_GATEWAY_REPORT_REPORT_WARNINGS_H_

#include <string>
#include <vector>

#include "gateway/report/report.h"

namespace outlay::gateway {

// The figure of `row` stays out of the report currency for want of a rate. `row.current` is set.
Warning NoRate(const RowInput& row, const std::string& report_currency);

// What the reader should know of the total: mixed measures, definitions, bases, calendars and currencies, open and implied ends, how far
// the year before is known, sums that rounding hides.
std::vector<Warning> ReportWarnings(const ReportInput& input, const std::vector<RowFigures>& rows,
                                    const TotalFigures& total);

// The figure of `row` is held in another one's.
Warning CountedInParent(const RowInput& row);

// What the reader should know of the comparison with the reference. `input.reference` is set.
std::vector<Warning> ReferenceWarnings(const ReportInput& input, const ReferenceFigures& figures);

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_REPORT_REPORT_WARNINGS_H_
