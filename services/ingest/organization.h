// The catalogue's entries as values: organizations and groups of them.
#ifndef OUTLAY_SERVICES_INGEST_ORGANIZATION_H_
#define OUTLAY_SERVICES_INGEST_ORGANIZATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "services/common/time/fiscal_calendar.h"

namespace outlay::ingest {

struct LocalizedName {
  std::string language;
  std::string name;

  friend bool operator==(const LocalizedName&, const LocalizedName&) = default;
};

// The numbers are those of the wire.
enum class OrganizationKind : int { kUnspecified = 0, kCompany = 1, kGovernment = 2 };

// What a client wrote, unchecked.
struct OrganizationInput {
  std::string organization_id;
  OrganizationKind kind = OrganizationKind::kUnspecified;
  std::vector<LocalizedName> names;
  std::vector<LocalizedName> aliases;
  std::string parent_id;
  std::string fiscal_year_end;
  std::string cik;
  std::string ticker;
  std::string country_code;
};

// A checked entry.
struct OrganizationContent {
  std::string organization_id;
  OrganizationKind kind = OrganizationKind::kUnspecified;
  std::vector<LocalizedName> names;
  std::vector<LocalizedName> aliases;
  std::string parent_id;
  time::FiscalCalendar fiscal_calendar;
  std::string cik;
  std::string ticker;
  std::string country_code;

  friend bool operator==(const OrganizationContent&, const OrganizationContent&) = default;
};

struct Organization {
  OrganizationContent content;
  uint32_t revision = 0;  // from 1
  uint64_t sequence = 0;  // of the change that made this revision
};

struct GroupContent {
  std::string group_id;
  std::vector<LocalizedName> names;
  std::vector<std::string> organization_ids;

  friend bool operator==(const GroupContent&, const GroupContent&) = default;
};

struct Group {
  GroupContent content;
  uint32_t revision = 0;
  uint64_t sequence = 0;
};

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_ORGANIZATION_H_
