// Which concepts of a filing mean which measure, for which issuer, in which filings.
//
// The concept under which an issuer files a figure depends on the issuer and changes over time, so that neither "the first that has data"
// nor a sum of all is right. The catalogue (deploy/catalog/concepts.jsonl) has one entry a line:
//
//   {"organizationId": "meta", "measure": "capital_expenditure", "definition": "purchases_of_property_and_equipment",
//    "concepts": ["us-gaap:PaymentsToAcquirePropertyPlantAndEquipment"], "filedFrom": "2024-04-25", "filedUntil": "2025-01-30",
//    "restates": {"action": "DEFINITION_CHANGE", "periodsUntil": "2023-12-31", "why": "…"}}
//
// filedFrom and filedUntil bound the filings (their dates, both included); without one the entry holds from the beginning or until further notice.
// "concepts" with several is a composed definition: their sum; one that is taken off has "-" in front. All must stand in the same filing.
// Two entries of one definition with one concept each may hold on the same day, the day of a switch: a filing uses one of them.
// "restates" says of figures whose period ends by periodsUntil that the source states them anew, and how.
#ifndef OUTLAY_GATEWAY_CLI_CONCEPT_TIMELINE_H_
#define OUTLAY_GATEWAY_CLI_CONCEPT_TIMELINE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/common/time/date.h"

namespace outlay::cli {

// The catalogue's file of entries.
inline constexpr char kConceptsFile[] = "concepts.jsonl";

struct ConceptPart {
  std::string concept_name;  // "us-gaap:FinanceLeasePrincipalPayments"
  bool subtracted = false;

  friend bool operator==(const ConceptPart&, const ConceptPart&) = default;
};

struct Restatement {
  std::string action;        // RESTATED or DEFINITION_CHANGE
  time::Date periods_until;  // the last day of the last period that it concerns
};

struct TimelineEntry {
  std::string organization_id;
  std::string measure;
  std::string definition;  // empty: none
  std::vector<ConceptPart> parts;
  std::optional<time::Date> filed_from;
  std::optional<time::Date> filed_until;  // included
  std::optional<Restatement> restates;
  size_t line = 0;

  bool IsComposed() const { return parts.size() > 1; }
  bool HoldsOn(time::Date filed) const;
  bool Names(std::string_view concept_name) const;
};

class ConceptTimeline {
 public:
  // One line of the file. INVALID_ARGUMENT (CONCEPT_ENTRY): what is wrong with which field.
  static absl::StatusOr<TimelineEntry> ParseEntry(std::string_view line);

  // Refuses entries that would make one fact two figures or two facts one: INVALID_ARGUMENT (CONCEPT_ENTRY).
  absl::Status Add(TimelineEntry entry);

  // In the order of the file.
  std::vector<TimelineEntry> Of(std::string_view organization_id) const;

 private:
  std::vector<TimelineEntry> entries_;
};

// JSON lines; blank ones and those that begin with "#" are skipped. Errors as FileLines has them. INVALID_ARGUMENT (CONCEPT_ENTRY) with file and line.
absl::StatusOr<ConceptTimeline> ReadConceptTimeline(const std::string& path);

}  // namespace outlay::cli

#endif  // OUTLAY_GATEWAY_CLI_CONCEPT_TIMELINE_H_
