// A report's request, checked and with its defaults filled in, and the questions it puts to the services.
#ifndef OUTLAY_GATEWAY_REPORT_REQUEST_PROTO_H_
#define OUTLAY_GATEWAY_REPORT_REQUEST_PROTO_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/report_queries.h"
#include "google/protobuf/timestamp.pb.h"
#include "outlay/aggregation/v1/aggregation_service.pb.h"
#include "outlay/gateway/v1/gateway_service.pb.h"
#include "services/common/time/date.h"
#include "services/common/time/instant.h"
#include "services/common/time/period.h"

namespace outlay::gateway {

struct ReportRequest {
  v1::ReportQuery query;  // with the defaults filled in
  // What "now" is in all of the report: the clock's, or the request's as_of.now; on later pages what it was on the first.
  time::Instant now;
  // For aggregation and ingest. Its published axis is always placed, on the day of `now` where the caller leaves it out: what is
  // published on a date is known on all of that day. Pinned to the first page's stamp on later pages.
  journal::v1::AsOf as_of;
  // For fx, placed on `now` itself at the latest, so that no rate published since the first page comes in.
  journal::v1::AsOf fx_as_of;
  journal::v1::Stamp minimum;
  time::Period period;  // a fiscal one with the dates of calendar years: its label is what counts
  bool with_growth = false;
  time::Date latest_rate_date;  // the last day that the as-of allows
  size_t offset = 0;            // of the page's first row
  size_t page_size = 0;
  bool is_later_page = false;
  uint64_t request_hash = 0;  // for the next page's token
};

// INVALID_ARGUMENT with every violation; where there is none else, OUT_OF_RANGE (NOW_TO_COME) for a now later than the clock's,
// (DATE_TO_COME) for a rate of a day later than the as-of or now allows.
absl::StatusOr<ReportRequest> ParseReportRequest(const v1::GetReportRequest& request,
                                                 time::Instant clock);

// For the stamp.
google::protobuf::Timestamp NowOf(const ReportRequest& request);

// The one call to aggregation: this period, the year before, the reference.
aggregation::v1::AggregateRequest AggregateRequestFor(const ReportRequest& request);

// The token of the page after this one.
std::string NextPageToken(const ReportRequest& request, const journal::v1::Stamp& stamp);

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_REPORT_REQUEST_PROTO_H_
