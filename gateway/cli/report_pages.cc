#include "gateway/cli/report_pages.h"

#include <algorithm>
#include <set>
#include <string>

#include "services/common/status/error.h"

namespace outlay::cli {
namespace {

constexpr const char* kPartialCode = "PARTIAL";

template <typename Messages, typename Id>
void AddMissing(const Messages& page, Id id, Messages* all) {
  std::set<std::string> known;
  for (const auto& message : *all) known.insert(id(message));
  for (const auto& message : page) {
    if (known.insert(id(message)).second) *all->Add() = message;
  }
}

}  // namespace

bool IsPartial(const gateway::v1::Report& report) {
  return !report.missing().empty() ||
         std::any_of(report.warnings().begin(), report.warnings().end(),
                     [](const auto& warning) { return warning.code() == kPartialCode; });
}

void MergePage(const gateway::v1::Report& page, gateway::v1::Report* report) {
  const int first_rate = report->rates_size();
  for (const gateway::v1::ReportRow& row : page.rows()) {
    gateway::v1::ReportRow* const added = report->add_rows();
    *added = row;
    if (row.rate_index() >= 0) added->set_rate_index(first_rate + row.rate_index());
  }
  report->mutable_rates()->MergeFrom(page.rates());
  const auto by_source = [](const auto& source) { return source.source_id(); };
  const auto by_disclosure = [](const auto& disclosure) { return disclosure.disclosure_id(); };
  AddMissing(page.sources(), by_source, report->mutable_sources());
  AddMissing(page.disclosures(), by_disclosure, report->mutable_disclosures());
  AddMissing(page.claims(), by_disclosure, report->mutable_claims());
  const auto by_part = [](const auto& part) { return part.service() + part.what(); };
  AddMissing(page.missing(), by_part, report->mutable_missing());
  // A page has the warnings of its rates. How far a service is behind is another second on every page: said once.
  const auto by_text = [](const auto& warning) {
    return warning.code() == kPartialCode ? warning.code() : warning.code() + warning.message();
  };
  AddMissing(page.warnings(), by_text, report->mutable_warnings());
}

absl::StatusOr<gateway::v1::Report> GetWholeReport(const Client& client,
                                                   gateway::v1::GetReportRequest request) {
  gateway::v1::Report report;
  for (bool first = true;; first = false) {
    ASSIGN_OR_RETURN(
        gateway::v1::GetReportResponse response,
        Call(client, *client.gateway, &gateway::v1::GatewayService::Stub::GetReport, request));
    if (first) {
      report = std::move(*response.mutable_report());
    } else {
      MergePage(response.report(), &report);
    }
    if (response.next_page_token().empty()) return report;
    request.set_page_token(response.next_page_token());
  }
}

}  // namespace outlay::cli
