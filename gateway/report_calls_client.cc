#include "gateway/report_calls_client.h"

#include <exception>
#include <utility>

#include "gateway/report_proto.h"
#include "services/common/rpc/client_call.h"
#include "services/common/rpc/errors.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::gateway {
namespace {

using AsyncAggregation = aggregation::v1::AggregationService::StubInterface::async_interface;
using AsyncFx = fx::v1::FxService::StubInterface::async_interface;
using AsyncIngest = ingest::v1::IngestService::StubInterface::async_interface;

constexpr char kRulesVersion[] = "1";

}  // namespace

ReportCall::ReportCall(const Surroundings& surroundings, const rpc::CallContext& call,
                       rpc::FinishCall finish, ReportRequest request,
                       v1::GetReportResponse& response)
    : surroundings_(surroundings),
      call_(call),
      finish_(std::move(finish)),
      request_(std::move(request)),
      response_(response),
      cells_request_(AggregateRequestFor(request_)) {
  for (const aggregation::v1::Query& query : cells_request_.queries())
    terms_.query_ids.push_back(query.query_id());
  terms_.is_later_page = request_.is_later_page;
}

void ReportCall::Start(const Surroundings& surroundings, const rpc::CallContext& call,
                       rpc::FinishCall finish, ReportRequest request,
                       v1::GetReportResponse& response) {
  std::make_shared<ReportCall>(surroundings, call, std::move(finish), std::move(request), response)
      ->AskAggregation();
}

void ReportCall::AskAggregation() {
  page_.Clear();
  rpc::CallAsync(call_, "aggregation",
                 static_cast<AsyncAggregation&>(*surroundings_.backends.aggregation->async()),
                 &AsyncAggregation::Aggregate, cells_request_, page_,
                 [self = shared_from_this()](const absl::Status& status) {
                   if (!status.ok())
                     return self->finish_(AggregationErrorInTerms(status, self->terms_));
                   self->OnWorker(&ReportCall::TakePageOfCells);
                 });
}

absl::Status ReportCall::TakePageOfCells() {
  cells_request_.set_page_token(page_.next_page_token());
  RETURN_IF_ERROR(TakePage(std::move(page_), answers_.cells));
  if (cells_request_.page_token().empty()) return PlanParts();
  AskAggregation();
  return absl::OkStatus();
}

absl::Status ReportCall::PlanParts() {
  ASSIGN_OR_RETURN(answers_.rates, RatePlan::Make(request_, answers_.cells));
  rates_.is_needed = !answers_.rates.empty();
  if (rates_.is_needed) rates_.request = answers_.rates.Request(request_);
  disclosures_.request = DisclosuresRequest(request_, answers_.cells);
  disclosures_.is_needed = disclosures_.request.organization_ids_size() > 0;
  if (!rates_.is_needed && !disclosures_.is_needed) return Compute();
  AskParts();
  return absl::OkStatus();
}

// An exception between the two would finish the call below one that runs.
void ReportCall::AskParts() noexcept {
  const int64_t timeout_ms = surroundings_.part_timeout_ms;
  std::shared_ptr<grpc::ClientContext> rates_context;
  std::shared_ptr<grpc::ClientContext> disclosures_context;
  if (rates_.is_needed) {
    rates_context = rpc::MakeClientContext(call_, timeout_ms);
    rates_.context = rates_context;
  }
  if (disclosures_.is_needed) {
    disclosures_context = rpc::MakeClientContext(call_, timeout_ms);
    disclosures_.context = disclosures_context;
  }
  // From here on the other part's answer may come, and with the last one the end of the call.
  parts_running_ = (rates_.is_needed ? 1 : 0) + (disclosures_.is_needed ? 1 : 0);
  const bool needs_rates = rates_.is_needed;
  const bool needs_disclosures = disclosures_.is_needed;
  const std::shared_ptr<ReportCall> self = shared_from_this();
  if (needs_rates) {
    rpc::CallAsync(std::move(rates_context), "fx",
                   static_cast<AsyncFx&>(*surroundings_.backends.fx->async()),
                   &AsyncFx::BatchGetRates, rates_.request, rates_.response,
                   [self](const absl::Status& status) {
                     self->PartAnswered(status.ok() ? status : FxErrorInTerms(status, self->terms_),
                                        self->rates_.status, self->disclosures_.context);
                   });
  }
  if (needs_disclosures) {
    rpc::CallAsync(std::move(disclosures_context), "ingest",
                   static_cast<AsyncIngest&>(*surroundings_.backends.ingest->async()),
                   &AsyncIngest::BatchGetDisclosures, disclosures_.request, disclosures_.response,
                   [self](const absl::Status& status) {
                     self->PartAnswered(
                         status.ok() ? status : IngestErrorInTerms(status, self->terms_),
                         self->disclosures_.status, self->rates_.context);
                   });
  }
}

void ReportCall::PartAnswered(const absl::Status& status, absl::Status& own,
                              const std::weak_ptr<grpc::ClientContext>& other) {
  own = status;
  // Before this part counts as done: the context must be let go of while the call is there.
  if (!status.ok() && !LeavesPartMissing(status)) {
    if (const std::shared_ptr<grpc::ClientContext> context = other.lock()) context->TryCancel();
  }
  if (parts_running_.fetch_sub(1) == 1) OnWorker(&ReportCall::Compute);
}

absl::Status ReportCall::Compute() {
  RETURN_IF_ERROR(AcceptParts());
  ASSIGN_OR_RETURN(response_, MakeReport(request_, answers_, [this] { return call_.CheckLive(); }));
  finish_(absl::OkStatus());
  return absl::OkStatus();
}

absl::Status ReportCall::AcceptParts() {
  // What one part was refused for, rather than that the other was cancelled for it.
  const absl::Status* refusal = nullptr;
  for (const absl::Status* status : {&rates_.status, &disclosures_.status}) {
    const bool is_fatal = !status->ok() && !LeavesPartMissing(*status);
    if (is_fatal && (refusal == nullptr || refusal->code() == absl::StatusCode::kCancelled))
      refusal = status;
  }
  if (refusal != nullptr) return *refusal;
  answers_.stamp = answers_.cells.stamp();
  answers_.stamp.set_fx_sequence(rates_.response.stamp().fx_sequence());
  answers_.stamp.set_rules_version(kRulesVersion);
  *answers_.stamp.mutable_now() = NowOf(request_);
  if (rates_.is_needed && rates_.status.ok()) {
    RETURN_IF_ERROR(answers_.rates.Accept(request_, rates_.response));
  } else if (rates_.is_needed) {
    answers_.rates.Fail(std::string(FromAbsl(rates_.status.message())));
    answers_.missing.push_back(MissingPartOf("fx", "converted amounts", rates_.status));
  }
  if (!disclosures_.status.ok())
    answers_.missing.push_back(MissingPartOf("ingest", "names and sources", disclosures_.status));
  answers_.disclosures = std::move(disclosures_.response);
  return absl::OkStatus();
}

void ReportCall::OnWorker(absl::Status (ReportCall::*step)()) {
  rpc::Executor& executor = surroundings_.runtime.executor();
  const bool submitted = executor.TrySubmit([self = shared_from_this(), step] {
    absl::Status status = self->call_.CheckLive();
    if (status.ok()) {
      try {
        status = ((*self).*step)();
      } catch (const std::exception& exception) {
        status = rpc::UncaughtException(exception.what());
      }
    }
    // A step that went well has finished the call, or handed it on.
    if (!status.ok()) self->finish_(status);
  });
  if (!submitted) finish_(rpc::WorkersBusy(static_cast<int64_t>(executor.queue_limit())));
}

}  // namespace outlay::gateway
