// A report under way: aggregation first, page by page, then fx and ingest at the same time, whatever the number of rows, then the figures.
#ifndef OUTLAY_GATEWAY_REPORT_CALLS_CLIENT_H_
#define OUTLAY_GATEWAY_REPORT_CALLS_CLIENT_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "gateway/backends_client.h"
#include "gateway/report_errors.h"
#include "gateway/report_parts_proto.h"
#include "gateway/report_request_proto.h"
#include "outlay/gateway/v1/gateway_service.pb.h"
#include "services/common/rpc/call_context.h"
#include "services/common/rpc/runtime.h"
#include "services/common/rpc/unary.h"

namespace outlay::gateway {

// No thread waits for a service: a worker is held only to plan the calls and to compute the figures.
//
// fx and ingest may fail to answer: their part is then listed as missing. Errors, all in the terms of the report's request: those of
// aggregation; what fx and ingest refuse; TOO_MANY_ROWS; those of MakeReport; WORKERS_BUSY.
class ReportCall final : public std::enable_shared_from_this<ReportCall> {
 public:
  struct Surroundings {
    rpc::Runtime& runtime;
    const Backends& backends;
    int64_t part_timeout_ms = 0;
  };

  // Returns at once; `finish` is called once, when `response` is filled in or with the error. The surroundings outlive the call.
  static void Start(const Surroundings& surroundings, const rpc::CallContext& call,
                    rpc::FinishCall finish, ReportRequest request, v1::GetReportResponse& response);

  // Only for Start.
  ReportCall(const Surroundings& surroundings, const rpc::CallContext& call, rpc::FinishCall finish,
             ReportRequest request, v1::GetReportResponse& response);

 private:
  // One of the two calls that run at the same time.
  template <class Request, class Response>
  struct Part {
    bool is_needed = false;
    Request request;
    Response response;
    absl::Status status;
    std::weak_ptr<grpc::ClientContext> context;  // while it runs
  };

  // In this order. Those that plan and compute run on workers, what the services call back on gRPC's threads.
  void AskAggregation();
  absl::Status TakePageOfCells();
  absl::Status PlanParts();
  void AskParts() noexcept;
  void PartAnswered(const absl::Status& status, absl::Status& own,
                    const std::weak_ptr<grpc::ClientContext>& other);
  absl::Status Compute();
  absl::Status AcceptParts();

  // Runs a step on a worker; where it fails, or no worker is free, the call is finished with the error.
  void OnWorker(absl::Status (ReportCall::*step)());

  const Surroundings surroundings_;
  const rpc::CallContext& call_;  // gone once finish_ was called
  const rpc::FinishCall finish_;
  const ReportRequest request_;
  v1::GetReportResponse& response_;  // gone as the call

  aggregation::v1::AggregateRequest cells_request_;
  aggregation::v1::AggregateResponse page_;
  ReportTerms terms_;
  ReportAnswers answers_;
  Part<fx::v1::BatchGetRatesRequest, fx::v1::BatchGetRatesResponse> rates_;
  Part<ingest::v1::BatchGetDisclosuresRequest, ingest::v1::BatchGetDisclosuresResponse>
      disclosures_;
  std::atomic<int> parts_running_{0};
};

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_REPORT_CALLS_CLIENT_H_
