#include "gateway/report_errors.h"

#include <functional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "gateway/report_queries.h"
#include "services/common/status/error.h"
#include "services/common/status/text.h"

namespace outlay::gateway {
namespace {

using Renaming = std::function<std::string(const std::string& field)>;

absl::Status Renamed(const absl::Status& error, const Renaming& rename) {
  ErrorDetail detail = GetErrorDetail(error);
  if (detail.violations.empty()) return error;
  std::string message(FromAbsl(error.message()));
  for (FieldViolation& violation : detail.violations) {
    std::string renamed = rename(violation.field);
    if (!violation.field.empty() && message.rfind(violation.field, 0) == 0)
      message = renamed + message.substr(violation.field.size());
    violation.field = std::move(renamed);
  }
  return MakeError(error.code(), message, std::move(detail));
}

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

// "periods[0].label" without its index, "period.label"; `singular` takes the place of the list's name.
std::string OfOnlyEntry(std::string_view field, std::string_view list, std::string_view singular) {
  std::string_view rest = field.substr(list.size());
  if (!rest.empty() && rest.front() == '[')
    rest.remove_prefix(std::min(rest.find(']'), rest.size() - 1) + 1);
  return std::string(singular) + std::string(rest);
}

// A field of a query to aggregation. The queries of this year and the year before have the report's own fields, but one period.
std::string FieldOfQuery(std::string_view field, bool of_reference) {
  const std::string parent = of_reference ? "query.reference." : "query.";
  if (StartsWith(field, "periods")) return OfOnlyEntry(field, "periods", parent + "period");
  if (StartsWith(field, "rate_date_rule")) return "query.rate";
  if (of_reference && StartsWith(field, "organization_ids"))
    return OfOnlyEntry(field, "organization_ids", parent + "organization_id");
  if (of_reference && StartsWith(field, "measures"))
    return OfOnlyEntry(field, "measures", parent + "measure");
  if (StartsWith(field, "point_rule")) return "query." + std::string(field);
  return parent + std::string(field);
}

// A field that every read has; "" for others.
std::string FieldOfRead(const std::string& field, const ReportTerms& terms,
                        const char* recorded_field, const char* minimum_field) {
  if (field == "as_of.recorded_sequence")
    return terms.is_later_page ? "page_token" : recorded_field;
  if (StartsWith(field, "as_of")) return field;
  if (field == "minimum_sequence") return minimum_field;
  return "";
}

// An error without a field that says by its reason what it is about.
absl::Status WithField(const absl::Status& error) {
  const ErrorDetail detail = GetErrorDetail(error);
  if (!detail.violations.empty()) return error;
  if (detail.reason == "SEQUENCE_AHEAD") return AboutField("as_of.recorded_sequence", error);
  if (detail.reason == "BEHIND_MINIMUM") return AboutField("minimum_sequence", error);
  return error;
}

}  // namespace

absl::Status AggregationErrorInTerms(const absl::Status& error, const ReportTerms& terms) {
  return Renamed(WithField(error), [&](const std::string& field) {
    std::string renamed =
        FieldOfRead(field, terms, "as_of.recorded_sequence", "minimum.ingest_sequence");
    if (!renamed.empty()) return renamed;
    for (size_t i = 0; i < terms.query_ids.size(); ++i) {
      const std::string prefix = fmt::format("queries[{}].", i);
      if (!StartsWith(field, prefix)) continue;
      return FieldOfQuery(std::string_view(field).substr(prefix.size()),
                          terms.query_ids[i] == kReferenceQuery);
    }
    return field;
  });
}

absl::Status FxErrorInTerms(const absl::Status& error, const ReportTerms& terms) {
  return Renamed(WithField(error), [&](const std::string& field) {
    std::string renamed = FieldOfRead(field, terms, "fx_recorded_sequence", "minimum.fx_sequence");
    if (!renamed.empty()) return renamed;
    return StartsWith(field, "queries") ? std::string("query.rate") : field;
  });
}

absl::Status IngestErrorInTerms(const absl::Status& error, const ReportTerms& terms) {
  return Renamed(WithField(error), [&](const std::string& field) {
    std::string renamed =
        FieldOfRead(field, terms, "as_of.recorded_sequence", "minimum.ingest_sequence");
    return renamed.empty() ? field : renamed;
  });
}

absl::Status AboutField(const std::string& field, const absl::Status& error) {
  ErrorDetail detail = GetErrorDetail(error);
  const std::string description = MessageWithoutField(error);
  detail.violations = {{field, description}};
  return MakeError(error.code(), field + ": " + description, std::move(detail));
}

std::string MessageWithoutField(const absl::Status& error) {
  std::string message(FromAbsl(error.message()));
  for (const FieldViolation& violation : GetErrorDetail(error).violations) {
    const std::string prefix = violation.field + ": ";
    if (!violation.field.empty() && message.rfind(prefix, 0) == 0)
      return message.substr(prefix.size());
  }
  return message;
}

bool LeavesPartMissing(const absl::Status& error) {
  const bool is_absent = error.code() == absl::StatusCode::kUnavailable ||
                         error.code() == absl::StatusCode::kDeadlineExceeded;
  return is_absent && GetErrorDetail(error).reason != "BEHIND_MINIMUM";
}

}  // namespace outlay::gateway
