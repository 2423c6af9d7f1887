// The rules of organizations and groups.
#ifndef OUTLAY_SERVICES_INGEST_CATALOGUE_VALIDATOR_H_
#define OUTLAY_SERVICES_INGEST_CATALOGUE_VALIDATOR_H_

#include <set>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/ingest/catalogue_view.h"
#include "services/ingest/organization.h"

namespace outlay::ingest {

inline constexpr size_t kNameBytesMax = 200;
inline constexpr size_t kNamesMax = 50;
inline constexpr size_t kAliasesMax = 200;
inline constexpr size_t kMembersMax = 10'000;

// The checked entries in their order, or every violation of all of them: paths are as in "organizations[3].cik".
// An empty fiscal_year_end is "12-31". First what each entry is by itself, INVALID_ARGUMENT:
//   REQUIRED, UNKNOWN_VALUE, MALFORMED_SLUG, MALFORMED_LANGUAGE, MALFORMED_TEXT, TOO_LONG, TOO_MANY, DUPLICATE_NAME,
//   DUPLICATE_ENTRY, MALFORMED_CIK, MALFORMED_TICKER, MALFORMED_COUNTRY, MALFORMED_FISCAL_CALENDAR
// then what they are with the catalogue and each other, FAILED_PRECONDITION:
//   UNKNOWN_PARENT, PARENT_CYCLE, DUPLICATE_CIK
absl::StatusOr<std::vector<OrganizationContent>> CheckOrganizations(
    const std::vector<OrganizationInput>& inputs, const CatalogueView& catalogue);

// The same for groups; FAILED_PRECONDITION: UNKNOWN_ORGANIZATION. The organizations of `arriving` are known too: they come with the groups.
absl::Status CheckGroups(const std::vector<GroupContent>& groups, const CatalogueView& catalogue,
                         const std::set<std::string_view>& arriving = {});

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_CATALOGUE_VALIDATOR_H_
