#include "gateway/report_parts_proto.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::gateway {
namespace {

constexpr int kDisclosuresMax = 10'000;  // of one call to ingest

// Each query has at most a cell an organization.
bool HasTooManyRows(const aggregation::v1::AggregateResponse& response) {
  return std::any_of(response.results().begin(), response.results().end(),
                     [](const aggregation::v1::QueryResult& result) {
                       return result.cells_size() + result.covered_size() > kRowsMax;
                     });
}

}  // namespace

absl::Status TakePage(aggregation::v1::AggregateResponse page,
                      aggregation::v1::AggregateResponse& all) {
  if (all.results().empty()) {
    all = std::move(page);
  } else {
    for (aggregation::v1::QueryResult& result : *page.mutable_results()) {
      const auto same =
          std::find_if(all.mutable_results()->begin(), all.mutable_results()->end(),
                       [&](const auto& known) { return known.query_id() == result.query_id(); });
      aggregation::v1::QueryResult& target =
          same == all.mutable_results()->end() ? *all.add_results() : *same;
      target.set_query_id(result.query_id());
      for (auto& cell : *result.mutable_cells()) *target.add_cells() = std::move(cell);
      for (auto& absent : *result.mutable_absent()) *target.add_absent() = std::move(absent);
      for (auto& covered : *result.mutable_covered()) *target.add_covered() = std::move(covered);
    }
    *all.mutable_warnings() = std::move(*page.mutable_warnings());
  }
  if (!HasTooManyRows(all)) return absl::OkStatus();
  return MakeError(
      absl::StatusCode::kOutOfRange,
      fmt::format(
          "the report has more than {} rows over all its pages; ask for fewer organizations",
          kRowsMax),
      {.reason = "TOO_MANY_ROWS", .metadata = {{"rows_max", std::to_string(kRowsMax)}}});
}

ingest::v1::BatchGetDisclosuresRequest DisclosuresRequest(
    const ReportRequest& request, const aggregation::v1::AggregateResponse& cells) {
  ingest::v1::BatchGetDisclosuresRequest batch;
  std::set<std::string> organizations;
  std::set<std::string> taken;
  const auto take_cell = [&](const aggregation::v1::Cell& cell, bool selected) {
    organizations.insert(cell.key().organization_id());
    for (const aggregation::v1::Contributor& contributor : cell.contributors()) {
      const bool is_selected = contributor.role() == aggregation::v1::CONTRIBUTOR_ROLE_SELECTED;
      if (is_selected != selected || batch.disclosure_ids_size() >= kDisclosuresMax) continue;
      if (taken.insert(contributor.disclosure_id()).second)
        batch.add_disclosure_ids(contributor.disclosure_id());
    }
  };
  const auto take = [&](bool selected) {
    for (const aggregation::v1::QueryResult& result : cells.results()) {
      for (const aggregation::v1::Cell& cell : result.cells()) take_cell(cell, selected);
      for (const aggregation::v1::CoveredCell& covered : result.covered()) {
        take_cell(covered.cell(), selected);
        organizations.insert(covered.counted_in_organization_id());
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

v1::MissingPart MissingPartOf(const char* service, const char* what, const absl::Status& error) {
  v1::MissingPart part;
  part.set_service(service);
  part.set_what(what);
  part.set_reason(GetErrorDetail(error).reason);
  part.set_message(std::string(FromAbsl(error.message())));
  return part;
}

}  // namespace outlay::gateway
