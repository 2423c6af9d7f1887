// Which rates a report needs: each distinct pair of currency and rate once, so that one call gets them all.
#ifndef OUTLAY_GATEWAY_RATE_PLAN_PROTO_H_
#define OUTLAY_GATEWAY_RATE_PLAN_PROTO_H_

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "gateway/report/report.h"
#include "gateway/report_request_proto.h"
#include "outlay/aggregation/v1/aggregation_service.pb.h"
#include "outlay/fx/v1/fx_service.pb.h"

namespace outlay::gateway {

class RatePlan {
 public:
  // The rates of all cells, and of what conflicts with the reference. A fixed rate for figures of several currencies is INVALID_ARGUMENT (FIXED_RATE_AMBIGUOUS).
  static absl::StatusOr<RatePlan> Make(const ReportRequest& request,
                                       const aggregation::v1::AggregateResponse& cells);

  bool empty() const { return queries_.empty(); }

  fx::v1::BatchGetRatesRequest Request(const ReportRequest& request) const;

  // Takes the answer in. An error that the caller's own choice of rate made (an unknown source or provider) is that of the whole request, with
  // its field path; others concern the figures that need the rate.
  absl::Status Accept(const ReportRequest& request, const fx::v1::BatchGetRatesResponse& response);
  // fx did not answer.
  void Fail(const std::string& message);

  // The rate of a cell's figure; none where it needs none.
  std::optional<RateInput> RateOf(const aggregation::v1::CellKey& key) const;
  // The rate of any other figure, which wants it for `wanted`.
  std::optional<RateInput> RateOf(const std::string& currency_code,
                                  const aggregation::v1::RateDate& wanted) const;
  // Its place in rates(), -1 where it needs none or could not be had.
  int IndexOf(const aggregation::v1::CellKey& key) const;
  const std::vector<fx::v1::RateAnswer>& rates() const { return rates_; }

 private:
  struct Outcome {
    RateInput rate;
    int index = -1;
  };

  std::optional<size_t> QueryOf(const std::string& currency_code,
                                const aggregation::v1::RateDate& wanted) const;

  std::string report_currency_;
  std::vector<fx::v1::RateQuery> queries_;
  std::map<std::string, size_t> query_of_;  // by the cell's currency and rate date
  std::vector<Outcome> outcomes_;           // one a query
  std::vector<fx::v1::RateAnswer> rates_;
};

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_RATE_PLAN_PROTO_H_
