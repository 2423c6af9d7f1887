// What a report asks the services for and takes from their answers.
#ifndef OUTLAY_GATEWAY_REPORT_PARTS_PROTO_H_
#define OUTLAY_GATEWAY_REPORT_PARTS_PROTO_H_

#include <vector>

#include "absl/status/status.h"
#include "gateway/rate_plan_proto.h"
#include "gateway/report_request_proto.h"
#include "outlay/aggregation/v1/aggregation_service.pb.h"
#include "outlay/gateway/v1/report.pb.h"
#include "outlay/ingest/v1/ingest_service.pb.h"

namespace outlay::gateway {

// Rows beyond it must be asked for in smaller scopes.
inline constexpr int kRowsMax = 10'000;

// What the services said.
struct ReportAnswers {
  aggregation::v1::AggregateResponse cells;  // all pages
  RatePlan rates;
  ingest::v1::BatchGetDisclosuresResponse disclosures;
  std::vector<v1::MissingPart> missing;
  journal::v1::Stamp stamp;
};

// Joins a page of aggregation's answer to those before: cells of a later page join those of the same query. OUT_OF_RANGE
// (TOO_MANY_ROWS).
absl::Status TakePage(aggregation::v1::AggregateResponse page,
                      aggregation::v1::AggregateResponse& all);

// The disclosures behind the cells, the selected ones first so that a cap leaves out the least, and the organizations; at the sequence
// that aggregation answered from.
ingest::v1::BatchGetDisclosuresRequest DisclosuresRequest(
    const ReportRequest& request, const aggregation::v1::AggregateResponse& cells);

// What `service` did not give: "converted amounts".
v1::MissingPart MissingPartOf(const char* service, const char* what, const absl::Status& error);

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_REPORT_PARTS_PROTO_H_
