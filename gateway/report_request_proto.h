// A report's request, checked and with its defaults filled in, and the questions it puts to the services.
#ifndef OUTLAY_GATEWAY_REPORT_REQUEST_PROTO_H_
#define OUTLAY_GATEWAY_REPORT_REQUEST_PROTO_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "outlay/aggregation/v1/aggregation_service.pb.h"
#include "outlay/gateway/v1/gateway_service.pb.h"
#include "services/common/time/date.h"
#include "services/common/time/period.h"

namespace outlay::gateway {

// The names of the queries that a report asks aggregation.
inline constexpr char kCurrentQuery[] = "current";
inline constexpr char kPriorQuery[] = "prior";
inline constexpr char kReferenceQuery[] = "reference";

struct ReportRequest {
  v1::ReportQuery query;    // with the defaults filled in
  journal::v1::AsOf as_of;  // pinned to the first page's stamp on later pages
  journal::v1::AsOf fx_as_of;
  journal::v1::Stamp minimum;
  time::Period period;  // a fiscal one with the dates of calendar years: its label is what counts
  bool with_growth = false;
  time::Date latest_rate_date;  // the last day that the as-of allows
  size_t offset = 0;            // of the page's first row
  size_t page_size = 0;
  uint64_t request_hash = 0;  // for the next page's token
};

// INVALID_ARGUMENT with every violation. `today` is the last day a rate can be asked for without an as-of.
absl::StatusOr<ReportRequest> ParseReportRequest(const v1::GetReportRequest& request,
                                                 time::Date today);

// The one call to aggregation: this period, the year before, the reference.
aggregation::v1::AggregateRequest AggregateRequestFor(const ReportRequest& request);

// The token of the page after this one.
std::string NextPageToken(const ReportRequest& request, const journal::v1::Stamp& stamp);

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_REPORT_REQUEST_PROTO_H_
