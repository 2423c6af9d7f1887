#include "gateway/report_calls_client.h"

#include <algorithm>
#include <latch>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "services/common/rpc/client_call.h"
#include "services/common/rpc/error_mapping.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::gateway {
namespace {

constexpr char kRulesVersion[] = "1";
constexpr int kDisclosuresMax = 10'000;  // of one call to ingest

// Each query has at most a cell an organization.
bool HasTooManyRows(const aggregation::v1::AggregateResponse& response) {
  return std::any_of(
      response.results().begin(), response.results().end(),
      [](const aggregation::v1::QueryResult& result) { return result.cells_size() > kRowsMax; });
}

// Cells of a later page join those of the same query.
void Append(const aggregation::v1::AggregateResponse& page,
            aggregation::v1::AggregateResponse& all) {
  if (all.results().empty()) {
    all = page;
    return;
  }
  for (const aggregation::v1::QueryResult& result : page.results()) {
    const auto same =
        std::find_if(all.mutable_results()->begin(), all.mutable_results()->end(),
                     [&](const auto& known) { return known.query_id() == result.query_id(); });
    aggregation::v1::QueryResult& target =
        same == all.mutable_results()->end() ? *all.add_results() : *same;
    target.set_query_id(result.query_id());
    target.mutable_cells()->MergeFrom(result.cells());
    target.mutable_absent()->MergeFrom(result.absent());
  }
  *all.mutable_warnings() = page.warnings();
}

// A wrong field of a query is told by its name in the report's request: the first query and that of the year before have the report's
// own fields, the last one is the reference's.
absl::Status InReportTerms(const absl::Status& error,
                           const aggregation::v1::AggregateRequest& request) {
  ErrorDetail detail = GetErrorDetail(error);
  std::string message(FromAbsl(error.message()));
  for (FieldViolation& violation : detail.violations) {
    for (int i = 0; i < request.queries_size(); ++i) {
      const std::string prefix = fmt::format("queries[{}].", i);
      if (violation.field.rfind(prefix, 0) != 0) continue;
      const bool reference = request.queries(i).query_id() == kReferenceQuery;
      const std::string renamed =
          (reference ? "query.reference." : "query.") + violation.field.substr(prefix.size());
      if (message.rfind(violation.field, 0) == 0)
        message = renamed + message.substr(violation.field.size());
      violation.field = renamed;
      break;
    }
  }
  return detail.violations.empty() ? error : MakeError(error.code(), message, std::move(detail));
}

absl::StatusOr<aggregation::v1::AggregateResponse> Aggregate(
    const rpc::CallContext& call, const Backends& backends,
    aggregation::v1::AggregateRequest request) {
  aggregation::v1::AggregateResponse all;
  do {
    aggregation::v1::AggregateResponse page;
    const std::shared_ptr<grpc::ClientContext> context = rpc::MakeClientContext(call);
    const grpc::Status status = backends.aggregation->Aggregate(context.get(), request, &page);
    if (!status.ok()) return InReportTerms(rpc::FromGrpcStatus(status, "aggregation"), request);
    Append(page, all);
    request.set_page_token(page.next_page_token());
    if (HasTooManyRows(all)) {
      return MakeError(
          absl::StatusCode::kOutOfRange,
          fmt::format("the report has more than {} rows; ask for fewer organizations", kRowsMax),
          {.reason = "TOO_MANY_ROWS", .metadata = {{"rows_max", std::to_string(kRowsMax)}}});
    }
  } while (!request.page_token().empty());
  return all;
}

// The disclosures behind the cells, the selected ones first so that a cap leaves out the least.
ingest::v1::BatchGetDisclosuresRequest DisclosuresRequest(
    const ReportRequest& request, const aggregation::v1::AggregateResponse& cells) {
  ingest::v1::BatchGetDisclosuresRequest batch;
  std::set<std::string> organizations;
  std::set<std::string> taken;
  const auto take = [&](bool selected) {
    for (const aggregation::v1::QueryResult& result : cells.results()) {
      for (const aggregation::v1::Cell& cell : result.cells()) {
        organizations.insert(cell.key().organization_id());
        for (const aggregation::v1::Contributor& contributor : cell.contributors()) {
          const bool is_selected = contributor.role() == aggregation::v1::CONTRIBUTOR_ROLE_SELECTED;
          if (is_selected != selected || batch.disclosure_ids_size() >= kDisclosuresMax) continue;
          if (taken.insert(contributor.disclosure_id()).second)
            batch.add_disclosure_ids(contributor.disclosure_id());
        }
      }
      for (const aggregation::v1::AbsentFigure& absent : result.absent())
        organizations.insert(absent.organization_id());
    }
  };
  take(true);
  take(false);
  batch.mutable_organization_ids()->Add(organizations.begin(), organizations.end());
  batch.set_include_claims(true);
  *batch.mutable_as_of() = request.as_of;
  // The same state that aggregation answered from.
  batch.mutable_as_of()->set_recorded_sequence(cells.stamp().ingest_sequence());
  batch.set_minimum_sequence(cells.stamp().ingest_sequence());
  return batch;
}

// A context that leaves time to answer without this part.
std::shared_ptr<grpc::ClientContext> PartContext(const rpc::CallContext& call,
                                                 int64_t part_timeout_ms) {
  std::shared_ptr<grpc::ClientContext> context = rpc::MakeClientContext(call);
  const auto latest = rpc::Clock::now() + std::chrono::milliseconds(part_timeout_ms);
  context->set_deadline(std::min(context->deadline(), latest));
  return context;
}

v1::MissingPart Missing(const char* service, const char* what, const absl::Status& error) {
  v1::MissingPart part;
  part.set_service(service);
  part.set_what(what);
  part.set_reason(GetErrorDetail(error).reason);
  part.set_message(std::string(FromAbsl(error.message())));
  return part;
}

}  // namespace

absl::StatusOr<ReportAnswers> CallServices(const rpc::CallContext& call, const Backends& backends,
                                           const ReportRequest& request, int64_t part_timeout_ms) {
  ReportAnswers answers;
  ASSIGN_OR_RETURN(answers.cells, Aggregate(call, backends, AggregateRequestFor(request)));
  ASSIGN_OR_RETURN(answers.rates, RatePlan::Make(request, answers.cells));

  const fx::v1::BatchGetRatesRequest rates_request = answers.rates.Request(request);
  const ingest::v1::BatchGetDisclosuresRequest disclosures_request =
      DisclosuresRequest(request, answers.cells);
  fx::v1::BatchGetRatesResponse rates;
  const bool needs_rates = !answers.rates.empty();
  const bool needs_disclosures = disclosures_request.organization_ids_size() > 0;
  grpc::Status rates_status;
  grpc::Status disclosures_status;
  const std::shared_ptr<grpc::ClientContext> rates_context = PartContext(call, part_timeout_ms);
  const std::shared_ptr<grpc::ClientContext> disclosures_context =
      PartContext(call, part_timeout_ms);
  std::latch answered((needs_rates ? 1 : 0) + (needs_disclosures ? 1 : 0));
  if (needs_rates) {
    backends.fx->async()->BatchGetRates(rates_context.get(), &rates_request, &rates,
                                        [&](grpc::Status status) {
                                          rates_status = std::move(status);
                                          answered.count_down();
                                        });
  }
  if (needs_disclosures) {
    backends.ingest->async()->BatchGetDisclosures(disclosures_context.get(), &disclosures_request,
                                                  &answers.disclosures, [&](grpc::Status status) {
                                                    disclosures_status = std::move(status);
                                                    answered.count_down();
                                                  });
  }
  answered.wait();

  answers.stamp = answers.cells.stamp();
  answers.stamp.set_fx_sequence(rates.stamp().fx_sequence());
  answers.stamp.set_rules_version(kRulesVersion);
  if (needs_rates && rates_status.ok()) {
    RETURN_IF_ERROR(answers.rates.Accept(request, rates));
  } else if (needs_rates) {
    const absl::Status error = rpc::FromGrpcStatus(rates_status, "fx");
    answers.rates.Fail(std::string(FromAbsl(error.message())));
    answers.missing.push_back(Missing("fx", "converted amounts", error));
  }
  if (!disclosures_status.ok()) {
    answers.missing.push_back(
        Missing("ingest", "names and sources", rpc::FromGrpcStatus(disclosures_status, "ingest")));
  }
  return answers;
}

}  // namespace outlay::gateway
