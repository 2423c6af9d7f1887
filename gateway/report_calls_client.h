// The calls behind a report: aggregation first, then fx and ingest at the same time, whatever the number of rows.
#ifndef OUTLAY_GATEWAY_REPORT_CALLS_CLIENT_H_
#define OUTLAY_GATEWAY_REPORT_CALLS_CLIENT_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/backends_client.h"
#include "gateway/rate_plan_proto.h"
#include "gateway/report_request_proto.h"
#include "outlay/gateway/v1/report.pb.h"
#include "services/common/rpc/call_context.h"

namespace outlay::gateway {

// What the services said.
struct ReportAnswers {
  aggregation::v1::AggregateResponse cells;  // all pages
  RatePlan rates;
  ingest::v1::BatchGetDisclosuresResponse disclosures;
  std::vector<v1::MissingPart> missing;
  journal::v1::Stamp stamp;
};

// Rows beyond it must be asked for in smaller scopes.
inline constexpr int kRowsMax = 10'000;

// Blocks, so call it on a worker. fx and ingest may fail to answer: their part is then listed as missing. Errors: those of aggregation;
// those of fx that the caller's choice of rate made; OUT_OF_RANGE (TOO_MANY_ROWS).
absl::StatusOr<ReportAnswers> CallServices(const rpc::CallContext& call, const Backends& backends,
                                           const ReportRequest& request, int64_t part_timeout_ms);

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_REPORT_CALLS_CLIENT_H_
