// Errors of the services behind a report, in the terms of the report's own request: a wrong field is named as the caller wrote it.
#ifndef OUTLAY_GATEWAY_REPORT_ERRORS_H_
#define OUTLAY_GATEWAY_REPORT_ERRORS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace outlay::gateway {

// What of the request can be at fault.
struct ReportTerms {
  std::vector<std::string> query_ids;  // of the queries to aggregation, in order
  bool is_later_page = false;          // both journals are read at the sequences of the page token
};

// Of aggregation's Aggregate, fx's BatchGetRates and ingest's BatchGetDisclosures.
absl::Status AggregationErrorInTerms(const absl::Status& error, const ReportTerms& terms);
absl::Status FxErrorInTerms(const absl::Status& error, const ReportTerms& terms);
absl::Status IngestErrorInTerms(const absl::Status& error, const ReportTerms& terms);

// The error about `field` alone, whatever fields it named before, and with nothing of their paths in its message.
absl::Status AboutField(const std::string& field, const absl::Status& error);

// The message without the path of the field that it begins with.
std::string MessageWithoutField(const absl::Status& error);

// Whether a report can be given without the service that said so: it is not there, or did not answer in time. Everything else concerns
// the request, or is an error to know of.
bool LeavesPartMissing(const absl::Status& error);

}  // namespace outlay::gateway

#endif  // OUTLAY_GATEWAY_REPORT_ERRORS_H_
