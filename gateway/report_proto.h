// From the services' answers to the domain's report and on to the proto.
#ifndef OUTLAY_GATEWAY_REPORT_PROTO_H_
#define OUTLAY_GATEWAY_REPORT_PROTO_H_

#include "absl/status/statusor.h"
#include "gateway/report/report.h"
#include "gateway/report_parts_proto.h"
#include "gateway/report_request_proto.h"
#include "outlay/gateway/v1/gateway_service.pb.h"

namespace outlay::gateway {

// The report of the services' answers: figures computed, warnings collected, sources listed, the asked page of rows. Ends with the error
// of `check_live` once nobody waits any more.
absl::StatusOr<v1::GetReportResponse> MakeReport(const ReportRequest& request,
                                                 const ReportAnswers& answers,
                                                 const CheckLive& check_live);

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_REPORT_PROTO_H_
